/** Services that stop logging while the others go on. */
import { deepEqual, equal } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import type { Finding } from '../../../../src/engine/anomalies/study.ts';
import type { Log } from '../../../../src/engine/index/log.ts';
import { memoryLog } from '../memoryLog.ts';
import { type Line, micros, story } from '../story.ts';

/** Both log each second, alpha only where `speaks`; beta only where `goesOn`. */
function log(
  seconds: number,
  speaks: (second: number) => boolean,
  goesOn: (second: number) => boolean = () => true,
): Line[] {
  const lines: Line[] = [];
  for (let second = 0; second < seconds; second++) {
    if (speaks(second)) lines.push([second, 'alpha', 'INFO', 'served'], [second + 0.001, 'alpha', 'INFO', 'done']);
    if (goesOn(second)) lines.push([second + 0.5, 'beta', 'INFO', 'served']);
  }
  return lines;
}

/** All lines in one file, in order of time. */
function inOneFile(lines: readonly Line[]): Log {
  const inTime = [...lines].sort((one, other) => one[0] - other[0]);
  const texts = inTime.map(([second, service, level, message]) =>
    JSON.stringify({ timestamp: new Date(micros(second) / 1000).toISOString(), service, level, message }),
  );
  return memoryLog({ 'all.jsonl': texts.join('\n') });
}

async function silences(lines: Line[] | Log): Promise<Finding[]> {
  const { findings } = await findAnomalies(Array.isArray(lines) ? story(lines) : lines);
  return findings.filter(({ rule }) => rule === 'silence');
}

const outside = (from: number, to: number) => (second: number) => second < from || second >= to;

describe('silence', () => {
  it('tells a gap, from the last line before to the next behind it', async () => {
    const [found, ...more] = await silences(log(300, outside(200, 260)));
    deepEqual(more, []);
    deepEqual(
      [found.severity, found.time, found.entry.service, found.shown?.[0].entry.timestamp],
      ['information', micros(199.001), 'alpha', micros(260)],
    );
    equal(found.message.args.gapMs, 60_999);
  });

  const quiet: [title: string, lines: Line[]][] = [
    ['a gap of a few seconds', log(300, outside(200, 208))],
    ['a gap in which everybody is silent', log(300, outside(200, 260), outside(200, 260))],
    ['a gap after few lines', log(300, outside(15, 75))],
    ['a service that now and then says nothing', log(1200, (second) => second % 100 < 60)],
    ['a service that seldom logs', log(1200, (second) => second % 40 === 0)],
    ['a job that runs for some seconds', log(600, (second) => second < 40 || second > 560)],
    ['the end of a file of its own', log(300, (second) => second < 200)],
  ];
  for (const [title, lines] of quiet) {
    it(`is quiet about ${title}`, async () => deepEqual(await silences(lines), []));
  }

  it('tells a service that falls silent for good in a file that goes on', async () => {
    const [found, ...more] = await silences(inOneFile(log(300, (second) => second < 200)));
    deepEqual(more, []);
    deepEqual([found.message.key, found.time], ['silence.end', micros(199.001)]);
  });

  it('is one where a line or two stand within', async () => {
    const found = await silences(log(400, (second) => outside(200, 300)(second) || second === 250));
    deepEqual(
      found.map(({ time, until }) => [time, until]),
      [[micros(199.001), micros(300)]],
    );
  });

  /** Each service logs six lines a second; alpha as many as `lines` says, beta as many as `others`. */
  const busy = (lines: (second: number) => number, others: (second: number) => number = () => 6): Line[] =>
    Array.from({ length: 400 }, (_, second) => [
      ...Array.from({ length: lines(second) }, (_, at): Line => [second + at / 10, 'alpha', 'INFO', 'served']),
      ...Array.from({ length: others(second) }, (_, at): Line => [second + at / 10, 'beta', 'INFO', 'served']),
    ]).flat();
  const within = (second: number) => second >= 200 && second < 300;

  it('warns of a service that says a tenth of what it did', async () => {
    const found = await silences(busy((second) => (within(second) ? (second % 2 === 0 ? 1 : 0) : 6)));
    deepEqual(
      found.map(({ severity, time, message }) => [severity, time, message.key]),
      [['warning', micros(200), 'silence.thin']],
    );
  });

  it('is quiet where all say less, or another says more', async () => {
    const less = (second: number) => (within(second) ? 1 : 6);
    deepEqual(await silences(busy(less, less)), []);
    deepEqual(
      await silences(
        busy(
          () => 6,
          (second) => (within(second) ? 60 : 6),
        ),
      ),
      [],
    );
  });

  it('says so where nobody logs long enough', async () => {
    const { notRun } = await findAnomalies(story(log(10, () => true)));
    deepEqual(
      notRun.filter(({ rule }) => rule === 'silence').map(({ reason }) => reason.args.seconds),
      [10],
    );
  });
});
