/**
 * The time of a log in periods, to hold one against the others. A range that is asked about is a period of its own;
 * what lies outside is split where nobody logs. Without a range all of it is split into parts of like size.
 */
import type { Micros, TimeRange } from '../../model.ts';
import type { Log } from '../index/log.ts';

/** Without entries for so long, what comes behind is another stretch. */
const LEAST_PAUSE: Micros = 60e6;
/** Outside of a range, the longest stretches count; more of them would only cost time. */
const MOST_STRETCHES = 8;
/** Without a range the log is cut into about so many parts. */
const PARTS = 10;
/** A part with fewer entries than this has no statistics. */
const LEAST_PART = 50;

export interface Periods {
  count: number;
  /** By entry; -1 for one without a time or outside of every period. */
  of: Int16Array;
  /** The period of the range that was asked about; null where none was. */
  asked: number | null;
  start: Micros[];
  end: Micros[];
}

interface Stretch {
  /** Positions in the order of time. */
  from: number;
  to: number;
}

export function periodsOf(log: Log, range: TimeRange | undefined): Periods {
  const low = range?.from ?? Number.NEGATIVE_INFINITY;
  const high = range?.to ?? Number.POSITIVE_INFINITY;
  const timed = timedOrder(log);
  const begin = firstAtOrAfter(log, timed, low);
  const end = firstAfter(log, timed, high);
  const isAsked = begin > 0 || end < timed.length;
  const outside = [...stretches(log, timed, 0, begin), ...stretches(log, timed, end, timed.length)];
  const inside = stretches(log, timed, begin, end);
  const chosen = isAsked
    ? [{ from: begin, to: end }, ...longest(outside, MOST_STRETCHES)]
    : parts(inside, Math.max(LEAST_PART, Math.ceil(timed.length / PARTS)));
  const of = new Int16Array(log.count).fill(-1);
  for (const [period, { from, to }] of chosen.entries()) {
    for (let at = from; at < to; at++) of[timed[at]] = period;
  }
  return {
    count: chosen.length,
    of,
    asked: isAsked ? 0 : null,
    start: chosen.map(({ from }) => log.time[timed[from]]),
    end: chosen.map(({ to }) => log.time[timed[to - 1]]),
  };
}

/** Entries that have a time, in its order. A span counts where it begins. */
function timedOrder(log: Log): Uint32Array {
  const timed = new Uint32Array(log.order.length);
  let count = 0;
  for (const entry of log.order) if (!Number.isNaN(log.time[entry])) timed[count++] = entry;
  return timed.subarray(0, count);
}

function firstAtOrAfter(log: Log, timed: Uint32Array, time: number): number {
  let [low, high] = [0, timed.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (log.time[timed[middle]] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAfter(log: Log, timed: Uint32Array, time: number): number {
  let [low, high] = [0, timed.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (log.time[timed[middle]] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function stretches(log: Log, timed: Uint32Array, begin: number, end: number): Stretch[] {
  const found: Stretch[] = [];
  let from = begin;
  for (let at = begin + 1; at <= end; at++) {
    if (at < end && log.time[timed[at]] - log.time[timed[at - 1]] < LEAST_PAUSE) continue;
    found.push({ from, to: at });
    from = at;
  }
  return found;
}

function longest(all: readonly Stretch[], most: number): Stretch[] {
  const kept = new Set([...all].sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from).slice(0, most));
  return all.filter((stretch) => kept.has(stretch));
}

function parts(all: readonly Stretch[], size: number): Stretch[] {
  return all.flatMap(({ from, to }) => {
    const count = Math.max(1, Math.round((to - from) / size));
    return Array.from({ length: count }, (_, part) => ({
      from: from + Math.floor(((to - from) * part) / count),
      to: from + Math.floor(((to - from) * (part + 1)) / count),
    }));
  });
}
