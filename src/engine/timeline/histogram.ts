/** Entries by level over the whole range: the strip above the rows. */
import { LEVELS, type Micros } from '../../model.ts';
import type { TimelineHistogram } from '../../protocol.ts';
import type { Log } from '../index/log.ts';
import { evenStep } from './steps.ts';

const MOST_BUCKETS = 180;
/** Counts a bucket: the levels, and entries without one. */
export const HISTOGRAM_LEVELS = LEVELS.length + 1;

/** Counted from the entries themselves: marks know only the worst level of many. */
export function histogram(log: Log, entries: Uint32Array, range: { from: Micros; to: Micros }): TimelineHistogram {
  const bucket = evenStep((range.to - range.from) / MOST_BUCKETS);
  const from = Math.floor(range.from / bucket) * bucket;
  const buckets = Math.floor((range.to - from) / bucket) + 1;
  const counts = new Uint32Array(buckets * HISTOGRAM_LEVELS);
  for (const entry of entries) {
    const at = Math.floor((log.time[entry] - from) / bucket);
    counts[at * HISTOGRAM_LEVELS + Math.min(log.level[entry], LEVELS.length)]++;
  }
  return { from, bucket, counts };
}
