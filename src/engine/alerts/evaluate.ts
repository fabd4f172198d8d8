/** A measure at a moment, from the points its selectors found. Windows are (t − range, t] and never look ahead. */
import type { Micros } from '../../model.ts';
import type { Log } from '../index/log.ts';
import type { Measure } from './rule.ts';
import type { Points } from './select.ts';

/** The points of one series, ready to be asked window after window. */
export interface Series {
  times: Float64Array;
  values: Float64Array;
  /** The leading ids of the entries, or their own numbers below zero; empty where nobody counts each once. */
  ids: Float64Array;
}

export function seriesOf(log: Log, { entries, values }: Points, service: number | null, isDistinct: boolean): Series {
  const isOwn = (entry: number): boolean => service === null || log.service[entry] === service;
  const own = service === null ? entries : entries.filter(isOwn);
  const ownValues = service === null ? values : values.filter((_, index) => isOwn(entries[index]));
  return {
    times: Float64Array.from(own, (entry) => log.time[entry]),
    values: ownValues,
    ids: isDistinct ? Float64Array.from(own, (entry) => log.trace[entry] || -1 - entry) : NO_IDS,
  };
}

const NO_IDS = new Float64Array(0);

/** A ratio of a single request says nothing. */
const LEAST_COUNTED = 2;

/** Null where there is nothing to measure, as a query in Prometheus then has no result. */
export function evaluate(measure: Measure, seriesFor: (of: Measure) => Series, at: Micros): number | null {
  switch (measure.kind) {
    case 'number':
      return measure.value;
    case 'binary': {
      const left = evaluate(measure.left, seriesFor, at);
      const right = evaluate(measure.right, seriesFor, at);
      if (left === null || right === null) return null;
      if (measure.op === '/' && isTooFew(measure.right, right)) return null;
      return combined(measure.op, left, right);
    }
    default:
      return inWindow(measure, seriesFor(measure), at);
  }
}

function isTooFew(divisor: Measure, amount: number): boolean {
  if (divisor.kind !== 'count') return amount === 0;
  return (divisor.perSecond ? (amount * divisor.rangeMs) / 1000 : amount) < LEAST_COUNTED - 1e-9;
}

function combined(op: '+' | '-' | '*' | '/', left: number, right: number): number {
  if (op === '+') return left + right;
  if (op === '-') return left - right;
  return op === '*' ? left * right : left / right;
}

function inWindow(measure: Exclude<Measure, { kind: 'number' | 'binary' }>, series: Series, at: Micros): number | null {
  const from = firstAfter(series.times, at - measure.rangeMs * 1000);
  const to = firstAfter(series.times, at);
  switch (measure.kind) {
    case 'count': {
      const count = measure.distinct ? new Set(series.ids.subarray(from, to)).size : to - from;
      return measure.perSecond ? count / (measure.rangeMs / 1000) : count;
    }
    case 'absent':
      return to === from ? 1 : null;
    case 'quantile':
      return to === from ? null : quantile(series.values.slice(from, to), measure.q);
    default:
      return to === from ? null : over(measure.over, series.values.subarray(from, to));
  }
}

function over(how: 'last' | 'max' | 'min' | 'avg' | 'sum', values: Float64Array): number {
  if (how === 'last') return values[values.length - 1];
  if (how === 'max') return values.reduce((a, b) => Math.max(a, b));
  if (how === 'min') return values.reduce((a, b) => Math.min(a, b));
  const sum = values.reduce((a, b) => a + b, 0);
  return how === 'sum' ? sum : sum / values.length;
}

/** Between the two nearest ranks, as `quantile_over_time` does. */
export function quantile(values: Float64Array, q: number): number {
  values.sort();
  const rank = Math.min(1, Math.max(0, q)) * (values.length - 1);
  const low = Math.floor(rank);
  const high = Math.min(values.length - 1, low + 1);
  return values[low] + (values[high] - values[low]) * (rank - low);
}

/** The first index whose time is later. */
function firstAfter(times: Float64Array, time: Micros): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
