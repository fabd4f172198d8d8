/**
 * Stretches of time in which an operation was slower than before: the median of a bucket's durations
 * against the medians of the buckets before it. Of each operation the narrowest buckets that tell it are
 * used; wider ones tell smaller shifts, later.
 */
import type { Log } from '../index/log.ts';
import {
  chanceOfAtLeast,
  FEWEST_BASELINE,
  median,
  medianError,
  onsetBefore,
  preceding,
  sigmaAround,
} from './baseline.ts';
import type { Timetable } from './buckets.ts';
import type { Operation } from './durations.ts';
import { FEWEST_CALLS, type LatencySlot, LEAST_SIGMA, latencySlots, logDuration } from './latencySlots.ts';
import type { Thresholds } from './thresholds.ts';

type Least = Thresholds['latency-shift'];

const LEAST_Z = 5;
/** So far apart, in buckets with enough calls, two slow ones are still of one stretch. */
const MOST_APART = 2;
/** The share of an operation's calls that must be in buckets with enough of them. */
const DENSE_SHARE = 0.5;
/** How many false flags a log may have by chance, all its buckets together. */
const FALSE_FLAGS = 0.05;

/** A stretch of slow buckets. */
export interface LatencyShift {
  operation: Operation;
  /** Where it began: the first slow call, which may lie before the first bucket that tells it. */
  onset: number;
  /** The buckets: where their calls stand among the operation's entries, first and behind the last. */
  slots: { from: number; to: number }[];
  /** The median before, in milliseconds. */
  usualMs: number;
  /** How far its first bucket deviates. */
  z: number;
}

export interface LatencyShifts {
  found: LatencyShift[];
  /** How many buckets had enough calls, and enough buckets before them. */
  tests: number;
}

/** Of the whole log. */
export function latencyShifts(
  log: Log,
  operations: readonly Operation[],
  timetable: Timetable,
  least: Least,
): LatencyShifts {
  const found = new Map<Operation, LatencyShift[]>();
  let all = 0;
  for (const buckets of timetable.all) {
    const testable = operations
      .filter((operation) => !found.has(operation) && operation.entries.length > FEWEST_BASELINE * FEWEST_CALLS)
      .map((operation) => ({ operation, slots: latencySlots(log, operation, buckets) }))
      .filter(({ operation, slots }) => slots.length > FEWEST_BASELINE && isDense(operation, slots));
    const tests = testable.reduce((sum, { slots }) => sum + slots.length - FEWEST_BASELINE, 0);
    all += tests;
    for (const { operation, slots } of testable) {
      const shifts = shiftsOf(log, operation, slots, least, FALSE_FLAGS / tests);
      if (shifts.length > 0) found.set(operation, shifts);
    }
  }
  return { found: operations.flatMap((operation) => found.get(operation) ?? []), tests: all };
}

/** Buckets that only now and then hold enough calls see a change late. */
function isDense({ entries }: Operation, slots: readonly LatencySlot[]): boolean {
  return slots.reduce((sum, { from, to }) => sum + to - from, 0) >= DENSE_SHARE * entries.length;
}

function shiftsOf(
  log: Log,
  operation: Operation,
  slots: readonly LatencySlot[],
  least: Least,
  chance: number,
): LatencyShift[] {
  // No median before can be lower: what is not far above it is not far above any.
  const lowest = slots.reduce((found, { middle }) => Math.min(found, middle), Number.POSITIVE_INFINITY);
  const slow = new Set<number>();
  const shifts: LatencyShift[] = [];
  let open: { shift: LatencyShift; last: number; border: number } | null = null;
  for (let at = FEWEST_BASELINE; at < slots.length; at++) {
    if (slots[at].middle - lowest < Math.log(least.times)) continue;
    // What has begun goes on until it is nearer to what was usual, however few the calls.
    if (open && at - open.last <= MOST_APART && slots[at].middle >= open.border) {
      open.shift.slots.push(slots[at]);
      open.last = at;
      slow.add(at);
      continue;
    }
    const before = preceding(at, (place) => slow.has(place)).map((place) => slots[place]);
    const usual = before.length < FEWEST_BASELINE ? null : usualOf(before);
    if (usual === null || !isSlower(slots[at], usual, before, least, chance)) continue;
    const deviations = slots.slice(0, at + 1).map((slot, place) => (slow.has(place) ? 0 : deviation(slot, usual)));
    const border = (usual.middle + slots[at].middle) / 2;
    const onset = firstSlow(log, operation, slots[onsetBefore(deviations, at)].from, slots[at], border);
    const z = deviation(slots[at], usual);
    const shift = { operation, onset, slots: [slots[at]], usualMs: Math.exp(usual.middle), z };
    open = { shift, last: at, border };
    shifts.push(shift);
    slow.add(at);
  }
  return shifts;
}

interface Usual {
  middle: number;
  /** Of single calls. */
  sigma: number;
  /** Of the medians of buckets among each other, which share their load. */
  between: number;
}

function usualOf(before: readonly LatencySlot[]): Usual {
  const middles = before.map(({ middle }) => middle);
  const middle = median(middles);
  const sigma = Math.max(LEAST_SIGMA, median(before.map((slot) => slot.sigma)));
  return { middle, sigma, between: sigmaAround(middles, middle) };
}

function deviation({ middle, sample }: LatencySlot, usual: Usual): number {
  return (middle - usual.middle) / Math.max(medianError(usual.sigma, sample.length), usual.between);
}

/**
 * Where an operation is now quick and now slow, its median jumps with the luck of a few calls: so many of
 * them must not be expected to be so slow.
 */
function isSlower(
  slot: LatencySlot,
  usual: Usual,
  before: readonly LatencySlot[],
  least: Least,
  chance: number,
): boolean {
  if (slot.middle - usual.middle < Math.log(least.times)) return false;
  if (Math.exp(slot.middle) - Math.exp(usual.middle) < least.ms || deviation(slot, usual) <= LEAST_Z) return false;
  let [as, of] = [1, 1];
  for (const { sample } of before) {
    as += atLeast(sample, slot.middle);
    of += sample.length;
  }
  return chanceOfAtLeast(atLeast(slot.sample, slot.middle), slot.sample.length, as / of) < chance;
}

function atLeast(sorted: Float64Array, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < least) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}

/**
 * The first call from the bucket of the onset on from which most are nearer to the new median than to the
 * old: a bucket is a coarse answer, and a single slow call before is none.
 */
function firstSlow(log: Log, { entries }: Operation, from: number, slot: LatencySlot, border: number): number {
  let [lead, first] = [0, slot.from];
  for (let at = from; at < slot.to; at++) {
    const isSlow = logDuration(log, entries[at]) >= border;
    if (lead === 0 && isSlow) first = at;
    lead = Math.max(0, lead + (isSlow ? 1 : -1));
  }
  return first;
}
