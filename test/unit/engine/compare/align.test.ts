import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { align } from '../../../../src/engine/compare/align.ts';

/** As the textbook defines it. */
function longestCommon(left: number[], right: number[]): number {
  if (left.length === 0 || right.length === 0) return 0;
  const [l, ...ls] = left;
  const [r, ...rs] = right;
  return l === r ? 1 + longestCommon(ls, rs) : Math.max(longestCommon(ls, right), longestCommon(left, rs));
}

describe('two aligned sequences', () => {
  it('hold everything of both once and in order, and as much side by side as there can be', () => {
    const sequence = fc.array(fc.nat(3), { maxLength: 7 });
    fc.assert(
      fc.property(sequence, sequence, (left, right) => {
        const pairs = align(left, right);
        deepEqual(
          pairs.flatMap(([l]) => (l < 0 ? [] : [l])),
          [...left.keys()],
        );
        deepEqual(
          pairs.flatMap(([, r]) => (r < 0 ? [] : [r])),
          [...right.keys()],
        );
        const both = pairs.filter(([l, r]) => l >= 0 && r >= 0);
        for (const [l, r] of both) equal(left[l], right[r]);
        equal(both.length, longestCommon(left, right));
      }),
    );
  });

  it('tell what is missing before what is extra', () => {
    deepEqual(align([1, 2, 3], [1, 9, 3]), [
      [0, 0],
      [1, -1],
      [-1, 1],
      [2, 2],
    ]);
  });
});
