/** Whether a gauge climbs towards its limit: the median of all slopes between its points, after Theil and Sen. */
import { median } from './baseline.ts';
import { THRESHOLDS, type Thresholds } from './thresholds.ts';

export interface Point {
  /** Microseconds. */
  time: number;
  /** The share of the limit that is used. */
  share: number;
  entry: number;
}

export interface Trend {
  /** Places among the points: the first of the climb, and the one at which it shows. */
  from: number;
  at: number;
  /** Microseconds from then on until the limit, as it climbs. */
  left: number;
  /** The limit was reached, or the last point still climbs. */
  reached: boolean;
}

const FEWEST_POINTS = 5;
const MOST_POINTS = 20;
/** A climb is at least this share of the limit, and so many times what the points scatter. */
const LEAST_RISE = 0.15;
const RISE_BY_SCATTER = 4;
/** How many deviations the number of rising pairs must be above chance, where there are more than a few points. */
const LEAST_Z = 3.1;
const FEW = 8;
/** Reached, or as good as. */
const FULL = 0.9;

/**
 * The first climb that came true: it reached the limit in the time told, or was on its way when the log ended. What
 * climbs and falls as ever, as memory does between two collections, did not come higher than it was before.
 */
export function firstTrend(
  points: readonly Point[],
  { minutes }: Thresholds['threshold-trend'] = THRESHOLDS['threshold-trend'],
): Trend | null {
  /** Microseconds ahead that a trend is followed, and that it is looked back. */
  const ahead = minutes * 60e6;
  for (let at = FEWEST_POINTS - 1; at < points.length; at++) {
    if (points[at].share >= 1) return null;
    let from = Math.max(0, at + 1 - MOST_POINTS);
    while (points[at].time - points[from].time > ahead) from++;
    for (const start of [Math.max(from, at + 1 - FEW), from]) {
      const left = climb(points.slice(start, at + 1), ahead);
      if (left === null || !isHigher(points, start, at)) continue;
      const reached = points.slice(at + 1).some(({ time, share }) => share >= FULL && time - points[at].time <= ahead);
      if (reached || isOnItsWay(points, at, ahead)) return { from: start, at, left, reached };
    }
  }
  return null;
}

/** Microseconds until the limit; null where the points do not surely climb to it within the time. */
function climb(points: readonly Point[], ahead: number): number | null {
  if (points.length < FEWEST_POINTS) return null;
  const slopes: number[] = [];
  let rising = 0;
  for (let one = 0; one < points.length; one++) {
    for (let other = one + 1; other < points.length; other++) {
      const [more, span] = [points[other].share - points[one].share, points[other].time - points[one].time];
      rising += Math.sign(more);
      if (span > 0) slopes.push(more / span);
    }
  }
  if (slopes.length === 0 || !isSure(rising, points.length)) return null;
  const slope = median(slopes);
  const last = points[points.length - 1];
  const rise = slope * (last.time - points[0].time);
  const level = median(points.map(({ time, share }) => share - slope * (time - last.time)));
  const scatter = median(points.map(({ time, share }) => Math.abs(share - slope * (time - last.time) - level)));
  if (rise < Math.max(LEAST_RISE, RISE_BY_SCATTER * scatter)) return null;
  const left = Math.max(0, 1 - level) / slope;
  return left <= ahead ? left : null;
}

/** Few points must rise one and all; of more, the pairs that rise must outnumber those that fall, after Kendall. */
function isSure(rising: number, count: number): boolean {
  if (count < FEW) return rising === (count * (count - 1)) / 2;
  return rising / Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18) >= LEAST_Z;
}

function isHigher(points: readonly Point[], from: number, at: number): boolean {
  return points.slice(0, from).every(({ share }) => share < points[at].share);
}

function isOnItsWay(points: readonly Point[], at: number, ahead: number): boolean {
  const last = points[points.length - 1];
  return last.time - points[at].time <= ahead && points.slice(at + 1).every(({ share }) => share >= points[at].share);
}
