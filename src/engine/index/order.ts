/** Entry numbers in order of time over all files: the stretches that are in order already are merged. */

/**
 * `time` by entry, NaN where there is none (the entry then follows the one above it); `firstEntry` of each
 * file and the number of entries at the end. Ties go by file, then by line, which is by entry number.
 */
export function timeOrder(time: Float64Array, firstEntry: readonly number[]): Uint32Array {
  const count = firstEntry.at(-1) ?? 0;
  const keys = new Float64Array(count);
  const order = new Uint32Array(count);
  for (let entry = 0; entry < count; entry++) order[entry] = entry;
  const runs: number[] = [];
  for (let f = 0; f + 1 < firstEntry.length; f++) {
    const end = firstEntry[f + 1];
    let last = Number.NEGATIVE_INFINITY;
    for (let entry = firstEntry[f]; entry < end; entry++) {
      const key = Number.isNaN(time[entry]) ? last : time[entry];
      keys[entry] = key;
      last = key;
    }
    addRuns(order, keys, firstEntry[f], end, runs);
  }
  runs.push(count);
  return mergeRuns(order, Uint32Array.from(runs), keys);
}

/** Notes where the stretches of one file begin; those that run backwards, as in files with the newest first, are turned. */
function addRuns(order: Uint32Array, keys: Float64Array, from: number, to: number, runs: number[]): void {
  for (let start = from; start < to; ) {
    let end = start + 1;
    // Equal times keep their order, so only a strict descent may be turned.
    if (end < to && keys[end] < keys[start]) {
      for (end++; end < to && keys[end] < keys[end - 1]; ) end++;
      order.subarray(start, end).reverse();
    } else while (end < to && keys[end] >= keys[end - 1]) end++;
    runs.push(start);
    start = end;
  }
}

/** Merges neighbours until one is left, which keeps ties in order of number. `starts` has the end as its last. */
function mergeRuns(order: Uint32Array, starts: Uint32Array, keys: Float64Array): Uint32Array {
  let from = order;
  let runs = starts.length - 1;
  let to = runs > 1 ? new Uint32Array(order.length) : order;
  while (runs > 1) {
    let kept = 0;
    for (let run = 0; run < runs; run += 2) {
      const start = starts[run];
      if (run + 1 < runs) mergeTwo(from, start, starts[run + 1], starts[run + 2], to, keys);
      else to.set(from.subarray(start, starts[run + 1]), start);
      starts[kept++] = start;
    }
    starts[kept] = order.length;
    runs = kept;
    [from, to] = [to, from];
  }
  return from;
}

/** The left stretch goes first in a tie. */
function mergeTwo(
  from: Uint32Array,
  start: number,
  middle: number,
  end: number,
  to: Uint32Array,
  keys: Float64Array,
): void {
  let left = start;
  let right = middle;
  for (let at = start; at < end; at++) {
    if (right === end || (left < middle && keys[from[left]] <= keys[from[right]])) to[at] = from[left++];
    else to[at] = from[right++];
  }
}
