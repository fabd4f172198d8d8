/** Entry numbers in order of time over all files: the stretches that are in order already are merged. */

import { release } from '../../base/release.ts';

/**
 * `time` by entry, NaN where there is none (the entry then follows the one above it); `firstEntry` of each
 * file and the number of entries at the end. Ties go by file, then by line, which is by entry number.
 */
export function timeOrder(time: Float64Array, firstEntry: readonly number[]): Uint32Array {
  const count = firstEntry.at(-1) ?? 0;
  const order = new Uint32Array(count);
  for (let entry = 0; entry < count; entry++) order[entry] = entry;
  const keys = timesOfAll(time, firstEntry);
  const runs: number[] = [];
  for (let f = 0; f + 1 < firstEntry.length; f++) addRuns(order, keys, firstEntry[f], firstEntry[f + 1], runs);
  runs.push(count);
  const merged = mergeRuns(order, Uint32Array.from(runs), keys);
  if (keys !== time) release(keys);
  return merged;
}

/** The times themselves where every entry has one; else those of the entries above fill the gaps, file by file. */
function timesOfAll(time: Float64Array, firstEntry: readonly number[]): Float64Array {
  let first = 0;
  while (first < time.length && !Number.isNaN(time[first])) first++;
  if (first === time.length) return time;
  const keys = time.slice();
  for (let f = 0; f + 1 < firstEntry.length; f++) {
    let last = Number.NEGATIVE_INFINITY;
    for (let entry = firstEntry[f]; entry < firstEntry[f + 1]; entry++) {
      if (Number.isNaN(keys[entry])) keys[entry] = last;
      last = keys[entry];
    }
  }
  return keys;
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
  if (to !== from) release(to);
  return from;
}

/** The left stretch goes first in a tie. Stretches mostly follow one another, and overlap but a little. */
function mergeTwo(
  from: Uint32Array,
  start: number,
  middle: number,
  end: number,
  to: Uint32Array,
  keys: Float64Array,
): void {
  const firstRight = keys[from[middle]];
  const lastLeft = keys[from[middle - 1]];
  let left = start;
  if (keys[from[start]] <= firstRight) {
    left = firstPast(from, start, middle, keys, firstRight);
    to.set(from.subarray(start, left), start);
  }
  const rightEnd = firstNotBelow(from, middle, end, keys, lastLeft);
  let right = middle;
  let at = left;
  for (; left < middle && right < rightEnd; at++) {
    if (keys[from[left]] <= keys[from[right]]) to[at] = from[left++];
    else to[at] = from[right++];
  }
  if (left < middle) {
    to.set(from.subarray(left, middle), at);
    at += middle - left;
  }
  to.set(from.subarray(right, end), at);
}

/** The first place in the stretch with a key above `key`; `to` where there is none. */
function firstPast(order: Uint32Array, from: number, to: number, keys: Float64Array, key: number): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (keys[order[middle]] <= key) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The first place in the stretch with a key of at least `key`; `to` where there is none. */
function firstNotBelow(order: Uint32Array, from: number, to: number, keys: Float64Array, key: number): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (keys[order[middle]] < key) from = middle + 1;
    else to = middle;
  }
  return from;
}
