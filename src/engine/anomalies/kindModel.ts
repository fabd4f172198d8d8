/** What like journeys have in common: which steps they pass, and how long after their begin. */
import type { Journeys, Kind } from './journeys.ts';
import type { Survey } from './survey.ts';

/** So many journeys are enough to tell how long a step takes. */
const MOST_LAGS = 512;
/** A journey of more kinds of steps is looked at no further than these. */
const MOST_STEPS = 64;
/** From so many healthy journeys on, only they say what is usual. */
export const LIKE_JOURNEYS = 20;

export interface KindModel {
  kind: Kind;
  /** Whether only journeys without an error say what is usual. */
  isHealthy: boolean;
  /** How many journeys say what is usual. */
  base: number;
  /** The steps met, in order of first appearance. */
  steps: readonly number[];
  /** By place in `steps`: how many journeys pass it, of those that say what is usual and of all. */
  passed: Uint32Array;
  passedOfAll: Uint32Array;
  /** Of the journey that lasted longest, failed ones among them. Microseconds. */
  longest: number;
}

/** The first time that a journey passes each of its steps. Holds until the next is asked for. */
export interface Passage {
  /** By place in the model's steps: the entry, or -1. */
  first: Int32Array;
  /** The places passed, in order of time. */
  passed: number[];
  entries: Uint32Array;
}

export class KindReader {
  readonly journeys: Journeys;
  /** By step: its place among the steps of the kind at hand, or -1. */
  readonly #place: Int32Array;
  readonly #first = new Int32Array(MOST_STEPS);

  constructor(journeys: Journeys) {
    this.journeys = journeys;
    this.#place = new Int32Array(journeys.steps.all.length).fill(-1);
  }

  /**
   * `use` may ask for passages of the kind while it runs. `fewest` healthy journeys are enough to tell by themselves
   * what is usual.
   */
  withModel<T>(kind: Kind, use: (model: KindModel) => T, fewest = LIKE_JOURNEYS): T {
    const steps: number[] = [];
    const { journeys } = this;
    const { of } = journeys.steps;
    const isHealthy = kind.failed.reduce((sum, failed) => sum + 1 - failed, 0) >= fewest;
    const passed = new Uint32Array(MOST_STEPS);
    const passedOfAll = new Uint32Array(MOST_STEPS);
    let longest = 0;
    const last = new Int32Array(MOST_STEPS).fill(-1);
    const { time } = journeys.log;
    let base = 0;
    for (const [number, id] of kind.journeys.entries()) {
      const counts = !isHealthy || kind.failed[number] === 0;
      if (counts) base++;
      const entries = journeys.entriesOf(id);
      longest = Math.max(longest, time[entries[entries.length - 1]] - time[entries[0]]);
      for (let at = 0; at < entries.length; at++) {
        const step = of[entries[at]];
        let place = this.#place[step];
        if (place < 0) {
          if (steps.length === MOST_STEPS) continue;
          place = steps.push(step) - 1;
          this.#place[step] = place;
        }
        if (last[place] === number) continue;
        last[place] = number;
        passedOfAll[place]++;
        if (counts) passed[place]++;
      }
    }
    try {
      return use({ kind, isHealthy, base, steps, passed, passedOfAll, longest });
    } finally {
      for (const step of steps) this.#place[step] = -1;
    }
  }

  /** Of a journey of the kind whose model is in use. */
  passage(model: KindModel, id: number): Passage {
    const first = this.#first.subarray(0, model.steps.length).fill(-1);
    const passed: number[] = [];
    const entries = this.journeys.entriesOf(id);
    for (let at = 0; at < entries.length; at++) {
      const place = this.#place[this.journeys.steps.of[entries[at]]];
      if (place < 0 || first[place] >= 0) continue;
      first[place] = entries[at];
      passed.push(place);
    }
    return { first, passed, entries };
  }

  /** Microseconds from the begin of a journey, or from one of its steps, to each step: of usual journeys, ascending; all of them where few. */
  lags(model: KindModel, from = -1): number[][] {
    const { kind, isHealthy, base, steps } = model;
    const { time } = this.journeys.log;
    const stride = Math.max(1, Math.ceil(base / MOST_LAGS));
    const lags = steps.map((): number[] => []);
    let seen = 0;
    for (const [number, id] of kind.journeys.entries()) {
      if (isHealthy && kind.failed[number] === 1) continue;
      if (seen++ % stride !== 0) continue;
      const { first, passed, entries } = this.passage(model, id);
      const begin = from < 0 ? entries[0] : first[from];
      if (begin < 0) continue;
      for (const place of passed) lags[place].push(time[first[place]] - time[begin]);
    }
    for (const ofStep of lags) ofStep.sort((a, b) => a - b);
    return lags;
  }
}

/** Of values in ascending order; NaN of none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted.length === 0 ? Number.NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** So many like events may show a habit; they then fill so many tenths of all, and peak at so many times their mean. */
const HABIT_EVENTS = 20;
const HABIT_TENTHS = 9;
const HABIT_PEAK = 3;

/** Whether what happens at these places (of `count`, ascending) goes on all the time: how the system is, not how it fails. */
export function isSteady(places: readonly number[], count: number): boolean {
  if (places.length < HABIT_EVENTS) return false;
  const tenths = new Array<number>(10).fill(0);
  for (const place of places) tenths[Math.floor((10 * place) / count)]++;
  return (
    tenths.filter((events) => events > 0).length >= HABIT_TENTHS &&
    Math.max(...tenths) * 10 <= HABIT_PEAK * places.length
  );
}

/** So many times the usual longest time is enough to wait for a step; and a second, for clocks and buffers. */
const PATIENCE = 3;
const SLACK_US = 1_000_000;
/** No more than this share of the log is waited for a journey that lasts as long as one once did. */
const LONGEST_WAIT = 0.25;

/** When a step that is due `usual` after a time (at the 99th percentile) is late. */
export function lateFrom(time: number, usual: number): number {
  return time + PATIENCE * usual + SLACK_US;
}

/** Until when a journey may go on: one that fails may take many times as long as one that does not. */
export function mayGoOnUntil({ from, to }: Survey, { longest }: KindModel, begin: number): number {
  const most = LONGEST_WAIT * ((to ?? 0) - (from ?? 0));
  return begin + Math.min(longest, most) + SLACK_US;
}
