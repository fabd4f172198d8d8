/** The first cause must not hang on a single file or on a handful of lines. */
import { equal } from 'node:assert/strict';
import { type Files, firstCause, report, sampleFiles } from './sample.ts';

/** Without the line that names it, the database goes by the name its observer gives it, or by its service's. */
const DATABASE = /^(inventory-db-primary|inventory-service\/database)$/;

function withoutLines(files: Files, drop: (number: number) => boolean): Files {
  let number = 0;
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      text
        .split('\n')
        .filter((line) => line === '' || !drop(number++))
        .join('\n'),
    ]),
  );
}

async function check(files: Files): Promise<void> {
  const name = firstCause(await report(files));
  equal(DATABASE.test(name ?? ''), true, `first is ${name}`);
}

describe('the first cause of the sample', () => {
  for (const dropped of Object.keys(sampleFiles())) {
    it(`stays without ${dropped}`, async () => {
      const { [dropped]: _, ...files } = sampleFiles();
      await check(files);
    });
  }

  for (let start = 0; start < 72; start++) {
    it(`stays without lines ${start + 1} to ${start + 5} of all`, () =>
      check(withoutLines(sampleFiles(), (number) => number >= start && number < start + 5)));
  }

  for (let phase = 0; phase < 14; phase++) {
    it(`stays without five lines far apart, from ${phase + 1}`, () =>
      check(withoutLines(sampleFiles(), (number) => number % 14 === phase)));
  }
});
