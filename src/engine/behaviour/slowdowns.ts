/**
 * Who takes longer than usual. Of each kind of work, what is usual tells a length that is rarely exceeded; counted is
 * how often it is exceeded now, over all kinds of work of a service. A fault often slows only some calls, which a
 * median does not show.
 */
import type { Log } from '../index/log.ts';
import { shareShift } from './shares.ts';
import type { Series } from './timings.ts';

/** Without so many values nothing is usual. */
const LEAST_USUAL = 5;
/** Slow is more than so many times what nine of ten take … */
const LEAST_GROWTH = 1.5;
/** … and at least so many milliseconds more than the median: less hurts nobody. */
const LEAST_MORE = 5;
const FEWEST_SLOW = 3;

export interface Tally {
  n: number;
  slow: number;
  usualN: number;
  usualSlow: number;
  /** Milliseconds beyond what is rarely exceeded, summed. */
  excess: number;
  usualExcess: number;
  /** Where it began to be slow; -1 where nothing is. */
  first: number;
  /** The slowest, how long it took, and the median of its kind. */
  worst: number;
  ms: number;
  usualMs: number;
}

/** Of the work of a service, or of the calls from one service to another. */
export interface Slowdown {
  what: Series['what'];
  /** Of calls, the one that is called. */
  service: number;
  /** Of calls, who makes them; else the service. */
  caller: number;
  tally: Tally;
}

/** Which periods are meant. */
export type Chosen = (period: number) => boolean;

/** By period, 1 for one that is meant. */
type Flags = Uint8Array;

export function slowdownsIn(log: Log, series: readonly Series[], isNow: Chosen, isUsual: Chosen): Slowdown[] {
  const found = new Map<string, Slowdown>();
  const periods = series[0]?.counts.length ?? 0;
  const [now, usual] = [isNow, isUsual].map((chosen) => Uint8Array.from({ length: periods }, (_, at) => +chosen(at)));
  for (const one of series) {
    const { what, service, caller } = one;
    const usualN = countIn(one, usual);
    if (usualN < LEAST_USUAL) continue;
    const median = usualQuantile(one, usual, usualN, 0.5);
    const limit = Math.max(LEAST_GROWTH * usualQuantile(one, usual, usualN, 0.9), median + LEAST_MORE);
    const key = `${what} ${service} ${caller}`;
    const { tally } = found.get(key) ?? { tally: noTally() };
    found.set(key, { what, service, caller, tally });
    tally.n += countIn(one, now);
    tally.usualN += usualN;
    countSlow(tally, log, one, limit, median, now, usual);
  }
  return [...found.values()];
}

function countIn({ counts }: Series, chosen: Flags): number {
  let sum = 0;
  for (let period = 0; period < counts.length; period++) if (chosen[period] === 1) sum += counts[period];
  return sum;
}

/** By nearest rank. */
function usualQuantile({ ms, period }: Series, usual: Flags, n: number, share: number): number {
  let left = Math.ceil(share * n);
  for (let at = 0; at < ms.length; at++) if (usual[period[at]] === 1 && --left <= 0) return ms[at];
  return ms[ms.length - 1];
}

function countSlow(
  tally: Tally,
  { time }: Log,
  { ms, entry, period }: Series,
  limit: number,
  median: number,
  now: Flags,
  usual: Flags,
): void {
  for (let at = ms.length - 1; at >= 0 && ms[at] > limit; at--) {
    if (usual[period[at]] === 1) {
      tally.usualSlow++;
      tally.usualExcess += ms[at] - limit;
    }
    if (now[period[at]] === 0) continue;
    tally.slow++;
    tally.excess += ms[at] - limit;
    if (tally.first < 0 || time[entry[at]] < time[tally.first]) tally.first = entry[at];
    if (ms[at] - median <= tally.ms - tally.usualMs) continue;
    tally.worst = entry[at];
    tally.ms = ms[at];
    tally.usualMs = median;
  }
}

function noTally(): Tally {
  const none = { n: 0, slow: 0, usualN: 0, usualSlow: 0, excess: 0, usualExcess: 0 };
  return { ...none, first: -1, worst: -1, ms: 0, usualMs: 0 };
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = noTally();
  for (const tally of tallies) {
    sum.n += tally.n;
    sum.slow += tally.slow;
    sum.usualN += tally.usualN;
    sum.usualSlow += tally.usualSlow;
    sum.excess += tally.excess;
    sum.usualExcess += tally.usualExcess;
    if (tally.slow === 0) continue;
    if (sum.first < 0 || tally.first < sum.first) sum.first = tally.first;
    if (tally.ms - tally.usualMs > sum.ms - sum.usualMs) {
      sum.worst = tally.worst;
      sum.ms = tally.ms;
      sum.usualMs = tally.usualMs;
    }
  }
  return sum;
}

/** By how many standard deviations more is slow than usual. */
export function slownessOf({ n, slow, usualN, usualSlow }: Tally): number {
  return slow < FEWEST_SLOW ? 0 : Math.max(0, shareShift(slow, n, usualSlow, usualN));
}

/** Milliseconds by which, on average, now more than usually is beyond what is rarely exceeded. */
export function excessOf({ n, excess, usualN, usualExcess }: Tally): number {
  return Math.max(0, excess / Math.max(1, n) - usualExcess / Math.max(1, usualN));
}
