/** The durations of one operation by bucket of time, as natural logarithms: work slows down by factors. */
import type { Log } from '../index/log.ts';
import { medianOfSorted, sigmaAround } from './baseline.ts';
import { type Buckets, bucketAt } from './buckets.ts';
import type { Operation } from './durations.ts';

/** Fewer calls in a bucket tell nothing of it. */
export const FEWEST_CALLS = 5;
/** Work that always takes the same still varies by so much, as a logarithm. */
export const LEAST_SIGMA = 0.05;
/** So many calls of a bucket tell as much as all of them. */
const MOST_SAMPLED = 64;
/** Milliseconds; below, a logarithm would make much of a clock's last digit. */
const LEAST_DURATION = 0.1;

export interface LatencySlot {
  /** Where its calls stand among the operation's entries: first, and behind the last. */
  from: number;
  to: number;
  /** Median, and the spread around it. */
  middle: number;
  sigma: number;
  /** At most a few of its calls, evenly taken, ascending. */
  sample: Float64Array;
}

/** Only buckets with enough calls, in order of time. */
export function latencySlots(log: Log, { entries }: Operation, buckets: Buckets): LatencySlot[] {
  const slots: LatencySlot[] = [];
  for (let from = 0, to = 0; from < entries.length; from = to) {
    const bucket = bucketAt(buckets, log.time[entries[from]]);
    while (to < entries.length && bucketAt(buckets, log.time[entries[to]]) === bucket) to++;
    if (to - from < FEWEST_CALLS) continue;
    const step = Math.ceil((to - from) / MOST_SAMPLED);
    const sample = new Float64Array(Math.ceil((to - from) / step));
    for (let at = 0; at < sample.length; at++) sample[at] = logDuration(log, entries[from + at * step]);
    sample.sort();
    const middle = medianOfSorted(sample);
    slots.push({ from, to, middle, sigma: sigmaAround(sample, middle), sample });
  }
  return slots;
}

export function logDuration(log: Log, entry: number): number {
  return Math.log(Math.max(LEAST_DURATION, log.durationMs[entry]));
}
