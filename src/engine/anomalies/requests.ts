/**
 * What each service was asked to do: its part in a trace is one request, however many lines that leaves. Where
 * a service has no traces, each of its entries stands for itself.
 */
import { type Log, NO_ID, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import { ERROR } from './survey.ts';

export interface Requests {
  service: number;
  traced: boolean;
  /** Microseconds at which each began, ascending. */
  begins: Float64Array;
  /** The first entry at ERROR or above of each that failed; -1 of the others. */
  failures: Int32Array;
  failed: number;
}

/** From this share of entries with a trace on, the traces are the requests. */
const TRACED_SHARE = 0.5;

interface Gathered {
  entries: number;
  tracedEntries: number;
  begins: number[];
  failures: number[];
}

export function requestsOf(log: Log, signal?: AbortSignal): Requests[] {
  const gathered = new Map<number, Gathered>();
  const of = (service: number): Gathered => {
    let known = gathered.get(service);
    if (!known) {
      known = { entries: 0, tracedEntries: 0, begins: [], failures: [] };
      gathered.set(service, known);
    }
    return known;
  };
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    const service = log.service[entry];
    if (service === NO_SERVICE || Number.isNaN(log.time[entry])) continue;
    const sum = of(service);
    sum.entries++;
    if (log.trace[entry] !== NO_ID) sum.tracedEntries++;
  }
  signal?.throwIfAborted();
  byTrace(log, of, signal);
  const untraced = new Set(
    [...gathered].filter(([, sum]) => sum.tracedEntries < TRACED_SHARE * sum.entries).map(([service]) => service),
  );
  for (const service of untraced) Object.assign(of(service), { begins: [], failures: [] });
  if (untraced.size > 0) byEntry(log, of, untraced);
  return [...gathered]
    .map(([service, { begins, failures }]) => inTime(service, !untraced.has(service), begins, failures))
    .sort((one, other) => one.service - other.service);
}

function byTrace(log: Log, of: (service: number) => Gathered, signal?: AbortSignal): void {
  const at = new Map<number, number>();
  for (let id = 1; id <= log.ids.count; id++) {
    if ((id & 0xfff) === 0) signal?.throwIfAborted();
    if (!log.ids.isTrace(id)) continue;
    at.clear();
    for (const entry of log.ids.entries(id)) {
      const service = log.service[entry];
      if (log.trace[entry] !== id || service === NO_SERVICE || Number.isNaN(log.time[entry])) continue;
      const sum = of(service);
      let place = at.get(service);
      if (place === undefined) {
        place = sum.begins.push(log.time[entry]) - 1;
        sum.failures.push(-1);
        at.set(service, place);
      }
      if (sum.failures[place] < 0 && isFailure(log, entry)) sum.failures[place] = entry;
    }
  }
}

function byEntry(log: Log, of: (service: number) => Gathered, services: ReadonlySet<number>): void {
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    const service = log.service[entry];
    if (!services.has(service) || Number.isNaN(log.time[entry])) continue;
    const { begins, failures } = of(service);
    begins.push(log.time[entry]);
    failures.push(isFailure(log, entry) ? entry : -1);
  }
}

function isFailure(log: Log, entry: number): boolean {
  const level = log.level[entry];
  return level >= ERROR && level !== NO_LEVEL;
}

function inTime(service: number, traced: boolean, begins: readonly number[], failures: readonly number[]): Requests {
  const order = Uint32Array.from(begins.keys());
  if (begins.some((begin, at) => at > 0 && begin < begins[at - 1]))
    order.sort((a, b) => begins[a] - begins[b] || a - b);
  const sorted = Int32Array.from(order, (at) => failures[at]);
  return {
    service,
    traced,
    begins: Float64Array.from(order, (at) => begins[at]),
    failures: sorted,
    failed: sorted.reduce((sum, entry) => sum + (entry < 0 ? 0 : 1), 0),
  };
}
