/**
 * The width of a time bucket that a log is dense enough for. Only buckets in which anybody logs count:
 * a log cut from two mornings has no quiet afternoon.
 */
import type { Survey } from './survey.ts';

const WIDTHS_S = [1, 10, 30, 60, 300];
const FEWEST_BUCKETS = 30;
/** Events a bucket and service that counting statistics need. */
const FEWEST_EVENTS = 5;

export interface Buckets {
  /** Microseconds. */
  width: number;
  /** Start of bucket 0. */
  start: number;
  /** The numbers of the buckets with entries, ascending. */
  active: number[];
}

/** The narrowest; null where no width gives enough buckets with enough events. */
export function bucketsOf(survey: Survey): Buckets | null {
  return bucketings(survey)[0] ?? null;
}

/** All widths that give enough buckets with enough events, the narrowest first. */
export function bucketings(survey: Survey): Buckets[] {
  const { from: start, services } = survey;
  const entries = [...services.values()].map((service) => service.entries).sort((a, b) => a - b);
  if (start === null || entries.length === 0) return [];
  const median = entries[Math.floor((entries.length - 1) / 2)];
  return WIDTHS_S.map((seconds) => seconds * 1e6)
    .map((width) => ({ width, start, active: activeBuckets(survey, start, width) }))
    .filter(({ active }) => active.length >= FEWEST_BUCKETS && median / active.length >= FEWEST_EVENTS);
}

function activeBuckets({ log, includes }: Survey, start: number, width: number): number[] {
  const active: number[] = [];
  let last = -1;
  for (const entry of log.order) {
    if (Number.isNaN(log.time[entry]) || !includes(entry)) continue;
    const bucket = Math.floor((log.time[entry] - start) / width);
    if (bucket <= last) continue;
    active.push(bucket);
    last = bucket;
  }
  return active;
}
