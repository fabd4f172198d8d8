import assert from 'node:assert/strict';
import { wilson } from '../../eval/wilson.ts';

describe("Wilson's interval", () => {
  const cases: [hits: number, n: number, low: string, high: string][] = [
    [7, 9, '0.453', '0.937'],
    [0, 10, '0.000', '0.278'],
    [10, 10, '0.722', '1.000'],
    [50, 100, '0.404', '0.596'],
  ];
  for (const [hits, n, low, high] of cases) {
    it(`of ${hits} in ${n}`, () => {
      const interval = wilson(hits, n);
      assert.deepEqual([interval.low.toFixed(3), interval.high.toFixed(3)], [low, high]);
    });
  }

  it('of nothing says nothing', () => assert.deepEqual(wilson(0, 0), { low: 0, high: 1 }));
});
