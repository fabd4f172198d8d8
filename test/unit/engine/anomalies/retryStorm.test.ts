/** Attempts for each request. */
import { deepEqual } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { inTrace, type Line, story } from '../story.ts';

/** Twelve requests a second with one call each; `again` says how often it is repeated. */
function calls(
  seconds: number,
  again: (second: number, request: number) => number,
  says: string | null,
  traced = true,
): Line[] {
  const lines: Line[] = [];
  for (let second = 0; second < seconds; second++) {
    for (let request = 0; request < 12; request++) {
      const fields = { ...(traced ? inTrace(`${second}-${request}`) : {}), duration_ms: 10 };
      const at = second + request / 20;
      lines.push([at, 'shop', 'INFO', 'Stock asked', fields]);
      for (let attempt = 1; attempt <= again(second, request); attempt++) {
        lines.push([at + attempt / 1000, 'shop', says ? 'WARN' : 'INFO', says ?? 'Stock asked', fields]);
      }
    }
  }
  return lines;
}

async function storms(lines: Line[]): Promise<string[]> {
  const { findings } = await findAnomalies(story(lines));
  return findings
    .filter(({ rule }) => rule === 'retry-storm')
    .map(({ severity, count, message: { args } }) => `${severity} ${count} ${args.attempts} usual ${args.usual}`);
}

const from = (start: number, end: number, times: number) => (second: number) =>
  second >= start && second < end ? times : 0;

describe('retry-storm', () => {
  const cases: [title: string, lines: Line[], found: string[]][] = [
    ['warns of lines that speak of it', calls(60, from(40, 45, 1), 'Retrying call to stock'), ['warning 60 2 usual 1']],
    ['warns of an operation repeated in its trace', calls(60, from(40, 45, 2), null), ['warning 120 3 usual 1']],
    [
      'warns without traces',
      calls(60, from(40, 45, 1), 'Attempt 2 of 3 to ask stock', false),
      ['warning 60 2 usual 1'],
    ],
    ['tells one bucket', calls(60, from(40, 41, 1), 'Retrying call to stock'), ['information 12 2 usual 1']],
    [
      'is quiet about half of half',
      calls(60, (second, request) => (second > 40 && request % 4 === 0 ? 1 : 0), 'Retrying'),
      [],
    ],
    ['is quiet about what is always repeated', calls(60, () => 3, null), []],
    ['is quiet about settings', calls(60, from(40, 45, 1), 'max retries set to 3'), []],
  ];
  for (const [title, lines, found] of cases) it(title, async () => deepEqual(await storms(lines), found));
});
