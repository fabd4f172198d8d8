import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { best } from '../../../../src/engine/overview/best.ts';

describe('the best of many', () => {
  it('are those that sorting all of them puts first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), fc.nat(30), fc.nat(3), (values, wanted, step) => {
        const isBefore = (a: number, b: number) => (values[a] - values[b] || a - b) < 0;
        const isIn = (n: number) => n % (step + 1) === 0;
        const all = [...values.keys()].filter(isIn).sort((a, b) => values[a] - values[b] || a - b);
        deepEqual(best(values.length, wanted, isIn, isBefore), all.slice(0, wanted));
      }),
    );
  });
});
