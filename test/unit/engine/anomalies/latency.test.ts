/** Operations that slow down, and single calls that take too long. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import type { Finding } from '../../../../src/engine/anomalies/study.ts';
import { Random } from '../../../bench/random.ts';
import { type Line, micros, story } from '../story.ts';

/** Ten calls a second that take 20 to 60 ms, times what `factor` says of the second and the call. */
function calls(seconds: number, factor: (second: number, call: number) => number, seed = 1): Line[] {
  const random = new Random(seed);
  const lines: Line[] = [];
  for (let second = 0; second < seconds; second++) {
    for (let call = 0; call < 10; call++) {
      const took = random.between(20, 60) * factor(second, call);
      lines.push([second + call / 10, 'shop', 'INFO', 'Page served', { duration_ms: Math.round(took) }]);
    }
    lines.push([second + 0.5, 'clock', 'INFO', 'Tick']);
  }
  return lines;
}

async function told(rule: string, lines: Line[], from?: number, to?: number): Promise<Finding[]> {
  const range = from === undefined || to === undefined ? undefined : { from: micros(from), to: micros(to) };
  const { findings } = await findAnomalies(story(lines), range);
  return findings.filter((finding) => finding.rule === rule);
}

describe('latency-shift', () => {
  const from = (start: number, end: number, by: number) => (second: number) =>
    second >= start && second < end ? by : 1;

  it('is quiet about an even operation', async () => {
    for (const seed of [1, 2, 3])
      deepEqual(
        await told(
          'latency-shift',
          calls(300, () => 1, seed),
        ),
        [],
      );
  });

  it('warns of one three times as slow, since its first slow call', async () => {
    const [found, ...more] = await told('latency-shift', calls(300, from(200, 300, 3)));
    deepEqual(more, []);
    equal(found.severity, 'warning');
    ok(Math.abs((found.time ?? 0) - micros(200)) < 1e6, String(found.time));
    const { usual, p50, count } = found.message.args as Record<string, number>;
    ok(usual > 30 && usual < 50 && p50 > 90 && p50 < 150, `${usual} ${p50}`);
    ok(count > 900 && count <= 1000, String(count));
  });

  it('shows the slowest call beside the first slow one', async () => {
    const [found] = await told(
      'latency-shift',
      calls(300, (second, call) => (second < 200 ? 1 : second === 250 && call === 5 ? 90 : 3)),
    );
    equal(found.shown?.[0].entry.timestamp, micros(250.5));
  });

  it('only tells of a hiccup', async () => {
    deepEqual(
      (await told('latency-shift', calls(300, from(200, 202, 8)))).map(({ severity }) => severity),
      ['information'],
    );
  });

  it('is quiet about what is now quick and now slow', async () => {
    const random = new Random(7);
    deepEqual(
      await told(
        'latency-shift',
        calls(1200, () => (random.chance(0.4) ? 50 : 1)),
      ),
      [],
    );
  });

  it('is quiet below half as long again', async () => {
    deepEqual(await told('latency-shift', calls(300, from(200, 300, 1.3))), []);
  });

  it('judges a range by what is usual outside of it', async () => {
    const lines = calls(300, from(200, 300, 3));
    equal((await told('latency-shift', lines, 220, 260)).length, 1);
    deepEqual(await told('latency-shift', lines, 20, 180), []);
  });

  it('says so where too few calls tell how long they took', async () => {
    const { notRun } = await findAnomalies(story(calls(5, () => 1)));
    ok(notRun.some(({ rule, reason }) => rule === 'latency-shift' && reason.key === 'not-run.few-durations'));
  });
});

describe('latency-outlier', () => {
  it('tells a call that took far longer than its like', async () => {
    const found = await told(
      'latency-outlier',
      calls(60, (second, call) => (second === 40 && call === 3 ? 50 : 1)),
    );
    deepEqual(
      found.map(({ severity, time }) => [severity, time]),
      [['information', micros(40.3)]],
    );
  });

  it('is quiet about less than a tenth of a second more', async () => {
    deepEqual(
      await told(
        'latency-outlier',
        calls(60, (second, call) => (second === 40 && call === 3 ? 2.2 : 1)),
      ),
      [],
    );
  });

  it('takes a long tail for usual', async () => {
    const found = await told(
      'latency-outlier',
      calls(300, (_, call) => (call === 3 ? 50 : 1)),
    );
    deepEqual([...new Set(found.map(({ severity }) => severity))], ['hint']);
    equal(
      found.reduce((sum, { count }) => sum + count, 0),
      300,
    );
  });

  it('leaves a slow stretch to latency-shift', async () => {
    deepEqual(
      await told(
        'latency-outlier',
        calls(300, (second) => (second >= 200 ? 9 : 1)),
      ),
      [],
    );
  });

  it('needs twenty calls', async () => {
    deepEqual(
      await told(
        'latency-outlier',
        calls(1, (_, call) => (call === 3 ? 50 : 1)),
      ),
      [],
    );
  });
});
