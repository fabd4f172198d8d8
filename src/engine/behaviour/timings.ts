/**
 * How long things take: of each kind of span the time in which none of its children was at work, and of a call from
 * one service to another what it took longer than the callee says. Where no spans are recorded, what lines say.
 */
import { LONGEST_WORK } from '../anomalies/durations.ts';
import { type Log, NO_SERVICE, NO_SPAN } from '../index/log.ts';
import type { Periods } from './periods.ts';
import { sampleOf, scrambled } from './sample.ts';

/** A series keeps at most twice as many values of a period. */
const KEPT = 512;

/** One kind of work, or of call, in order of duration. */
export interface Series {
  /** `work` of the service itself; `call` is the way to a service and back. */
  what: 'work' | 'call';
  service: number;
  /** Of a call, who made it; else the service. */
  caller: number;
  /** Milliseconds, ascending; at the same places the entry and its period. */
  ms: Float64Array;
  entry: Int32Array;
  period: Uint8Array;
  /** By period, how many values there are. */
  counts: number[];
}

/** The values of one period: a sample that halves when it grows too big. */
interface Sample {
  ms: number[];
  entries: number[];
  mask: number;
}

/** By period. */
type Samples = Sample[];

/** The samples of all operations, by service and template, and those of calls by caller as well. */
class Collection {
  readonly #periods: Periods;
  readonly #work = new Map<number, Samples>();
  readonly #calls = new Map<number, Map<number, Samples>>();

  constructor(periods: Periods) {
    this.#periods = periods;
  }

  addWork(service: number, template: number, entry: number, ms: number): void {
    this.#addTo(this.#work, operationOf(service, template), entry, ms);
  }

  addCall(service: number, template: number, caller: number, entry: number, ms: number): void {
    let calls = this.#calls.get(caller);
    if (!calls) {
      calls = new Map();
      this.#calls.set(caller, calls);
    }
    this.#addTo(calls, operationOf(service, template), entry, ms);
  }

  #addTo(operations: Map<number, Samples>, operation: number, entry: number, ms: number): void {
    const period = this.#periods.of[entry];
    if (period < 0) return;
    let samples = operations.get(operation);
    if (!samples) {
      samples = Array.from({ length: this.#periods.count }, () => ({ ms: [], entries: [], mask: 0 }));
      operations.set(operation, samples);
    }
    addTo(samples[period], entry, ms);
  }

  series(): Series[] {
    const series: Series[] = [];
    for (const [operation, samples] of this.#work) {
      const service = serviceOf(operation);
      series.push({ what: 'work', service, caller: service, ...inOrder(samples) });
    }
    for (const [caller, calls] of this.#calls) {
      for (const [operation, samples] of calls) {
        series.push({ what: 'call', service: serviceOf(operation), caller, ...inOrder(samples) });
      }
    }
    return series;
  }
}

export function timingsOf(log: Log, periods: Periods): Series[] {
  const collection = new Collection(periods);
  const { spanParent, service, template, durationMs } = log;
  const isLookedAt = sampleOf(log);
  if (spanParent) addSpans(log, spanParent, isLookedAt, collection);
  for (let entry = 0; entry < log.count; entry++) {
    if (spanParent && spanParent[entry] !== NO_SPAN) continue;
    if (!isDuration(durationMs[entry]) || service[entry] === NO_SERVICE || !isLookedAt(entry)) continue;
    collection.addWork(service[entry], template[entry], entry, durationMs[entry]);
  }
  return collection.series();
}

function isDuration(ms: number): boolean {
  return ms >= 0 && ms <= LONGEST_WORK;
}

function addSpans(log: Log, parents: Int32Array, isLookedAt: (entry: number) => boolean, collection: Collection): void {
  const { time, durationMs, service, template } = log;
  const { first, next } = childrenInOrder(log, parents);
  for (let entry = 0; entry < log.count; entry++) {
    if (parents[entry] === NO_SPAN || service[entry] === NO_SERVICE || !isLookedAt(entry)) continue;
    const duration = durationMs[entry];
    if (!isDuration(duration) || Number.isNaN(time[entry])) continue;
    const child = first[entry];
    const isOnlyChild = child >= 0 && next[child] < 0;
    if (isOnlyChild && service[child] !== service[entry] && service[child] !== NO_SERVICE) {
      // Clocks of two hosts differ, but lengths can be compared all the same.
      const gap = Math.max(0, duration - (isDuration(durationMs[child]) ? durationMs[child] : duration));
      collection.addCall(service[child], template[child], service[entry], entry, gap);
    } else {
      collection.addWork(service[entry], template[entry], entry, selfTime(log, entry, first, next));
    }
  }
}

/** Milliseconds in which none of the children was at work. */
function selfTime({ time, durationMs }: Log, entry: number, first: Int32Array, next: Int32Array): number {
  const end = time[entry] + durationMs[entry] * 1000;
  let [idle, covered] = [durationMs[entry] * 1000, time[entry]];
  for (let child = first[entry]; child >= 0; child = next[child]) {
    const from = Math.max(time[child], covered);
    const to = Math.min(time[child] + durationMs[child] * 1000, end);
    if (!(to > from)) continue;
    idle -= to - from;
    covered = to;
  }
  return Math.max(0, idle) / 1000;
}

/** Of each span its children in order of time, as lists linked through their next. */
function childrenInOrder({ count, order }: Log, parents: Int32Array): { first: Int32Array; next: Int32Array } {
  const [first, next] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
  for (let at = order.length - 1; at >= 0; at--) {
    const entry = order[at];
    const parent = parents[entry];
    if (parent < 0) continue;
    next[entry] = first[parent];
    first[parent] = entry;
  }
  return { first, next };
}

const SERVICES = 2 ** 16;

function operationOf(service: number, template: number): number {
  return template * SERVICES + service;
}

function serviceOf(operation: number): number {
  return operation % SERVICES;
}

function addTo(sample: Sample, entry: number, ms: number): void {
  if ((scrambled(entry) & sample.mask) !== 0) return;
  sample.ms.push(ms);
  sample.entries.push(entry);
  if (sample.ms.length < 2 * KEPT) return;
  sample.mask = sample.mask * 2 + 1;
  const stays = sample.entries.map((kept) => (scrambled(kept) & sample.mask) === 0);
  sample.ms = sample.ms.filter((_, index) => stays[index]);
  sample.entries = sample.entries.filter((_, index) => stays[index]);
}

function inOrder(samples: Samples): Pick<Series, 'ms' | 'entry' | 'period' | 'counts'> {
  const all = samples.flatMap(({ ms, entries }, period) =>
    entries.map((entry, index) => ({ entry, period, ms: ms[index] })),
  );
  all.sort((a, b) => a.ms - b.ms || a.entry - b.entry);
  return {
    ms: Float64Array.from(all, ({ ms }) => ms),
    entry: Int32Array.from(all, ({ entry }) => entry),
    period: Uint8Array.from(all, ({ period }) => period),
    counts: samples.map(({ ms }) => ms.length),
  };
}
