/** Ranges of time on the screen: fit, zoom and pan, within what the log has. Pure. */
import type { Micros } from '../../src/model.ts';
import type { TimelineModel } from '../../src/protocol.ts';

export interface Range {
  from: Micros;
  to: Micros;
}

/** Nothing in a log is finer than a microsecond. */
const LEAST_SPAN = 100;
/** Around a single time, so that there is an axis to stand on. */
const SECOND = 1_000_000;
const MARGIN = 0.02;
/** How far beyond the ends one may pan, in shares of the view. */
const BEYOND = 0.5;

/** All of the model with a margin. */
export function fitRange({ from, to }: Range): Range {
  const margin = to > from ? (to - from) * MARGIN : SECOND / 2;
  return { from: from - margin, to: to + margin };
}

/**
 * What to look at first: where onsets and flags are, where that is the smaller part of a long log;
 * else everything.
 */
export function firstRange(model: TimelineModel): Range {
  const times = [...model.rows.flatMap(({ onset }) => onset ?? []), ...model.flags.map(({ time }) => time)];
  if (model.scope.kind === 'trace' || times.length === 0) return fitRange(model);
  const [from, to] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
  const margin = Math.max((to - from) * 0.2, SECOND);
  return (to - from + 2 * margin) * 2 < model.to - model.from
    ? { from: from - margin, to: to + margin }
    : fitRange(model);
}

/** Zooms by a factor (below 1 comes nearer) around a time that stays where it is. */
export function zoomRange({ from, to }: Range, around: Micros, factor: number, whole: Range): Range {
  const widest = fitRange(whole);
  const span = Math.max(LEAST_SPAN, Math.min((to - from) * factor, widest.to - widest.from));
  const share = to > from ? (around - from) / (to - from) : 0.5;
  return withinRange({ from: around - share * span, to: around + (1 - share) * span }, whole);
}

export function panRange({ from, to }: Range, by: Micros, whole: Range): Range {
  return withinRange({ from: from + by, to: to + by }, whole);
}

/** Keeps the span and moves the range back where it has left the log too far behind. */
export function withinRange({ from, to }: Range, whole: Range): Range {
  const widest = fitRange(whole);
  const beyond = (to - from) * BEYOND;
  const by = Math.max(widest.from - beyond - from, 0) + Math.min(widest.to + beyond - to, 0);
  return { from: from + by, to: to + by };
}

/** Between two times in either order, never narrower than can be shown. */
export function rangeBetween(a: Micros, b: Micros): Range {
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  return { from, to: Math.max(to, from + LEAST_SPAN) };
}

/** Moves a range so that a time is in it, in the middle where it was out of sight. */
export function rangeWith(range: Range, time: Micros, whole: Range): Range {
  if (time >= range.from && time <= range.to) return range;
  return panRange(range, time - (range.from + range.to) / 2, whole);
}
