import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { shareShift } from '../../../../src/engine/behaviour/shares.ts';

describe('the shift of a share', () => {
  const share = fc
    .integer({ min: 1, max: 5000 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

  it('has the sign of the difference, and none where there is none', () => {
    fc.assert(
      fc.property(share, share, ([hits, n], [usual, usualN]) => {
        const shift = shareShift(hits, n, usual, usualN);
        const difference = hits / n - usual / usualN;
        ok(Math.abs(difference) < 1e-12 ? Math.abs(shift) < 1e-6 : Math.sign(shift) === Math.sign(difference));
      }),
    );
  });

  it('is the same the other way round', () => {
    fc.assert(
      fc.property(share, share, ([hits, n], [usual, usualN]) => {
        ok(Math.abs(shareShift(hits, n, usual, usualN) + shareShift(usual, usualN, hits, n)) < 1e-9);
      }),
    );
  });

  it('of the same difference is more, the more there are', () => {
    ok(shareShift(60, 100, 40, 100) > 2 * shareShift(6, 10, 4, 10));
  });

  it('is none where there is nothing to compare', () => equal(shareShift(0, 0, 5, 10), 0));
});
