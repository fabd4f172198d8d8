/**
 * What is usual, and how far something is from it. Medians and their deviations, never means: one late
 * onset spoils a mean. The time before is the reference, with what was anomalous in it left out.
 */

import { THRESHOLDS, type Thresholds } from './thresholds.ts';

/** Fewer buckets tell nothing of what is usual. */
export const FEWEST_BASELINE = 10;
/** Old buckets say little about now, and fewer of them are faster. */
export const MOST_BASELINE = 60;

/** A median absolute deviation times this estimates a standard deviation. */
const MAD_TO_SIGMA = 1.4826;
/** The standard error of a median is that of a mean times this. */
const MEDIAN_ERROR = 1.2533;

const LEAST_COUNT_Z = 3.5;

/** What each bucket adds to or takes from the sum that tells when a change began, and where it tells. */
const CUSUM_SLACK = 0.5;
/** One far deviation is an outlier and no beginning: it must not outweigh the quiet buckets behind it. */
const MOST_DEVIATION = 3;

export function median(values: ArrayLike<number>): number {
  return medianOfSorted(Float64Array.from(values).sort());
}

export function medianOfSorted(sorted: ArrayLike<number>): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Nearest rank; `share` from 0 to 1. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** The standard deviation that the values around `middle` suggest, outliers aside. */
export function sigmaAround(values: ArrayLike<number>, middle: number): number {
  return MAD_TO_SIGMA * median(Float64Array.from(values, (value) => Math.abs(value - middle)));
}

/** The places of the last buckets before `at` that are not left out, the nearest first. */
export function preceding(at: number, isLeftOut: (at: number) => boolean): number[] {
  const places: number[] = [];
  for (let before = at - 1; before >= 0 && places.length < MOST_BASELINE; before--) {
    if (!isLeftOut(before)) places.push(before);
  }
  return places;
}

/**
 * The usual count where `count` is far above it; null where it is not, or nothing usual is known. Counts
 * are compared after a square-root transform, which makes their spread independent of their size.
 */
export function usualBelow(
  count: number,
  baseline: readonly number[],
  least: Thresholds['error-burst'] = THRESHOLDS['error-burst'],
): number | null {
  if (baseline.length < FEWEST_BASELINE || count < least.count) return null;
  const usual = median(baseline);
  const z = countZ(count, usual, usual > 0 ? sigmaAround(baseline, usual) ** 2 / usual : 1);
  return z > LEAST_COUNT_Z && count >= least.times * usual ? usual : null;
}

/** How many deviations a count is above the expected; `dispersion` is variance by mean, at least 1. */
export function countZ(count: number, expected: number, dispersion: number): number {
  return (2 * (Math.sqrt(count + 0.375) - Math.sqrt(expected + 0.375))) / Math.sqrt(Math.max(1, dispersion));
}

/** The standard error of the median of `count` values that spread by `sigma`. */
export function medianError(sigma: number, count: number): number {
  return (MEDIAN_ERROR * sigma) / Math.sqrt(count);
}

/**
 * Where the change began that shows at `at`: the first bucket after the cumulative sum of deviations was
 * last 0. A sum hears a slow beginning that no single bucket tells.
 */
export function onsetBefore(deviations: readonly number[], at: number): number {
  let [sum, onset] = [0, at];
  for (let bucket = 0; bucket <= at; bucket++) {
    if (sum === 0) onset = bucket;
    sum = Math.max(0, sum + Math.min(MOST_DEVIATION, deviations[bucket]) - CUSUM_SLACK);
  }
  return sum > 0 ? onset : at;
}

/** How likely it is that of `count` at least `hits` are such, where a `share` of all is. */
export function chanceOfAtLeast(hits: number, count: number, share: number): number {
  if (hits <= 0 || share >= 1) return 1;
  if (share <= 0 || hits > count) return 0;
  const [yes, no] = [Math.log(share), Math.log1p(-share)];
  let ways = 0;
  for (let one = 1; one <= hits; one++) ways += Math.log((count - hits + one) / one);
  let sum = 0;
  for (let some = hits; some <= count; some++) {
    const term = Math.exp(ways + some * yes + (count - some) * no);
    sum += term;
    if (term < sum * 1e-12 && some > count * share) break;
    ways += Math.log((count - some) / (some + 1));
  }
  return Math.min(1, sum);
}
