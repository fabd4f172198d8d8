/** Two sequences side by side: what both have, in order, and what only one of them has. */

/** Places in the one and in the other; -1 where it has no such thing. */
export type Pair = [left: number, right: number];

/**
 * The longest that both have in common, in order (Hunt and McIlroy's longest common subsequence by dynamic programming).
 * Where they differ, what is only on the left comes before what is only on the right.
 */
export function align(left: readonly number[], right: readonly number[]): Pair[] {
  let begin = 0;
  while (begin < left.length && begin < right.length && left[begin] === right[begin]) begin++;
  const common = commonLengths(left, right, begin);
  const width = right.length - begin + 1;
  const pairs: Pair[] = Array.from({ length: begin }, (_, i): Pair => [i, i]);
  let [l, r] = [begin, begin];
  while (l < left.length || r < right.length) {
    const at = (l - begin) * width + r - begin;
    if (l < left.length && r < right.length && left[l] === right[r]) pairs.push([l++, r++]);
    else if (l < left.length && (r === right.length || common[at + width] >= common[at + 1])) pairs.push([l++, -1]);
    else pairs.push([-1, r++]);
  }
  return pairs;
}

/** How long the common part of left[l…] and right[r…] is, at (l - begin) * width + r - begin. */
function commonLengths(left: readonly number[], right: readonly number[], begin: number): Uint16Array {
  const height = left.length - begin + 1;
  const width = right.length - begin + 1;
  const common = new Uint16Array(height * width);
  for (let l = height - 2; l >= 0; l--) {
    for (let r = width - 2; r >= 0; r--) {
      const at = l * width + r;
      const isSame = left[begin + l] === right[begin + r];
      common[at] = isSame ? common[at + width + 1] + 1 : Math.max(common[at + width], common[at + 1]);
    }
  }
  return common;
}
