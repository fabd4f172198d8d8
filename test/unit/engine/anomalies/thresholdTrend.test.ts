/** Gauges on their way to their limit. */
import { deepEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { firstTrend } from '../../../../src/engine/anomalies/trend.ts';
import { Random } from '../../../bench/random.ts';
import { type Line, micros, story } from '../story.ts';

/** A point a minute. */
const trend = (shares: readonly number[]) =>
  firstTrend(shares.map((share, at) => ({ time: at * 60e6, share, entry: at })));

const ramp = (from: number, step: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + at * step);

describe('a trend', () => {
  it('is known from five points on, and says how long is left', () => {
    const found = trend(ramp(0.3, 0.05, 20));
    deepEqual([found?.from, found?.at, found?.reached], [0, 4, true]);
    ok(Math.abs((found?.left ?? 0) - 10 * 60e6) < 1e6, String(found?.left));
  });

  it('is one where the log ends before the limit', () => {
    deepEqual(trend(ramp(0.3, 0.05, 6))?.reached, false);
  });

  it('is none that takes longer than half an hour', () => {
    deepEqual(trend(ramp(0.1, 0.012, 30)), null);
  });

  it('is none that turns', () => {
    deepEqual(trend([...ramp(0.3, 0.05, 8), ...ramp(0.6, -0.05, 8)]), null);
  });

  it('is none that comes and goes as ever', () => {
    const teeth = Array.from({ length: 12 }, () => ramp(0.3, 0.04, 12)).flat();
    deepEqual(trend(teeth), null);
  });

  it('is none in noise', () => {
    const random = new Random(3);
    for (let run = 0; run < 50; run++)
      deepEqual(trend(Array.from({ length: 200 }, () => 0.2 + random.below(1000) / 4000)), null);
  });

  it('lies within the points, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 2, noNaN: true })), (shares) => {
        const found = trend(shares);
        return found === null || (found.from <= found.at && found.at < shares.length && found.left >= 0);
      }),
    );
  });
});

describe('threshold-trend', () => {
  const pool = (share: (at: number) => number, name?: string): Line[] =>
    Array.from({ length: 40 }, (_, at): Line => {
      const fields = { pool_active: Math.round(share(at) * 50), pool_max: 50, ...(name ? { db_host: name } : {}) };
      return [at * 60, 'shop', 'INFO', 'Pool', fields];
    });
  const told = async (lines: Line[]): Promise<unknown[]> => {
    const { findings } = await findAnomalies(story(lines));
    return findings.filter(({ rule }) => rule === 'threshold-trend').map(({ severity, time }) => [severity, time]);
  };

  it('warns of a pool before it is full', async () => {
    const [[severity, time]] = (await told(pool((at) => Math.min(1, 0.2 + Math.max(0, at - 15) * 0.05)))) as [
      string,
      number,
    ][];
    deepEqual(severity, 'warning');
    ok(time > micros(17 * 60) && time < micros(25 * 60), String(time));
  });

  it('is quiet about an even one', async () => {
    const random = new Random(5);
    deepEqual(await told(pool(() => 0.3 + random.below(100) / 500)), []);
  });

  it('keeps two pools apart', async () => {
    deepEqual(await told([...pool(() => 0.2, 'orders-db'), ...pool(() => 0.5, 'stock-db')]), []);
  });

  it('says so where no gauge has five points', async () => {
    const { notRun } = await findAnomalies(story(pool(() => 0.2).slice(0, 3)));
    ok(notRun.some(({ rule, reason }) => rule === 'threshold-trend' && reason.key === 'not-run.few-points'));
  });
});
