/** Entry numbers in order of time over all files: each file put in order, then merged. */

/**
 * `time` by entry, NaN where there is none (the entry then follows the one above it); `firstEntry` of each
 * file and the number of entries at the end. Ties go by file, then by line, which is by entry number.
 */
export function timeOrder(time: Float64Array, firstEntry: readonly number[]): Uint32Array {
  const count = firstEntry.at(-1) ?? 0;
  const keys = new Float64Array(count);
  const runs: Uint32Array[] = [];
  for (let f = 0; f + 1 < firstEntry.length; f++) {
    const [start, end] = [firstEntry[f], firstEntry[f + 1]];
    let last = Number.NEGATIVE_INFINITY;
    let sorted = true;
    for (let entry = start; entry < end; entry++) {
      const key = Number.isNaN(time[entry]) ? last : time[entry];
      if (key < last) sorted = false;
      keys[entry] = key;
      last = key;
    }
    const run = new Uint32Array(end - start);
    for (let i = 0; i < run.length; i++) run[i] = start + i;
    if (!sorted) run.sort((a, b) => keys[a] - keys[b] || a - b);
    runs.push(run);
  }
  return mergeRuns(runs, keys, count);
}

/** Merges sorted runs pairwise, which keeps both the comparisons and the memory few. */
function mergeRuns(runs: Uint32Array[], keys: Float64Array, count: number): Uint32Array {
  while (runs.length > 1) {
    const merged: Uint32Array[] = [];
    for (let i = 0; i < runs.length; i += 2) {
      merged.push(i + 1 < runs.length ? mergeTwo(runs[i], runs[i + 1], keys) : runs[i]);
    }
    runs = merged;
  }
  return runs[0] ?? new Uint32Array(count);
}

/** `left` holds the smaller entry numbers, so it goes first in a tie. */
function mergeTwo(left: Uint32Array, right: Uint32Array, keys: Float64Array): Uint32Array {
  const merged = new Uint32Array(left.length + right.length);
  let l = 0;
  let r = 0;
  for (let at = 0; at < merged.length; at++) {
    const takeLeft = r === right.length || (l < left.length && keys[left[l]] <= keys[right[r]]);
    merged[at] = takeLeft ? left[l++] : right[r++];
  }
  return merged;
}
