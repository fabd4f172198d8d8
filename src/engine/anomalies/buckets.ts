/**
 * Buckets of time, and the width of them that a log is dense enough for. Only buckets in which anybody
 * logs count: a log cut from two mornings has no quiet afternoon. They are those of the whole log, also
 * where a part of it is asked about: what is usual, the rest of it tells.
 */
import type { Micros } from '../../model.ts';
import { type Log, NO_SERVICE } from '../index/log.ts';

export const WIDTHS_S = [1, 10, 30, 60, 300];
const FEWEST_BUCKETS = 30;
/** Events a bucket and service that counting statistics need. */
const FEWEST_EVENTS = 5;

const SECOND = 1e6;

export interface Buckets {
  /** Microseconds. */
  width: Micros;
  /** Start of bucket 0. */
  start: Micros;
  /** The numbers of the buckets with entries, ascending. */
  active: number[];
}

export interface Timetable {
  /** Buckets of each width in WIDTHS_S, whether there is enough in them or not. */
  all: Buckets[];
  /** Those in which there is enough for statistics over services, the narrowest first. */
  dense: Buckets[];
  entries: number;
  services: number;
}

export function timetableOf(log: Log): Timetable {
  const counts = new Uint32Array(log.services.length);
  const seconds: number[] = [];
  let [start, last, nextSecond] = [0, -1, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    const service = log.service[entry];
    if (service !== NO_SERVICE) counts[service]++;
    const time = log.time[entry];
    if (!(time >= nextSecond)) continue;
    if (last < 0) start = time;
    last = Math.floor((time - start) / SECOND);
    seconds.push(last);
    nextSecond = start + (last + 1) * SECOND;
  }
  const logging = counts.filter((entries) => entries > 0).sort();
  const median = logging.length === 0 ? 0 : logging[(logging.length - 1) >> 1];
  const all = WIDTHS_S.map((width) => ({ width: width * SECOND, start, active: joined(seconds, width) }));
  const dense = all.filter(({ active }) => active.length >= FEWEST_BUCKETS && median / active.length >= FEWEST_EVENTS);
  return { all, dense, entries: log.order.length, services: logging.length };
}

function joined(seconds: readonly number[], width: number): number[] {
  const active: number[] = [];
  for (const second of seconds) {
    const bucket = Math.floor(second / width);
    if (bucket !== active[active.length - 1]) active.push(bucket);
  }
  return active;
}

export function bucketAt({ start, width }: Buckets, time: Micros): number {
  return Math.floor((time - start) / width);
}
