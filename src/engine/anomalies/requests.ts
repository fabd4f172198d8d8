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
  /** The entry with which each began. */
  entries: Uint32Array;
  /** The first entry at ERROR or above of each that failed; -1 of the others. */
  failures: Int32Array;
  failed: number;
}

/** From this share of entries with a trace on, the traces are the requests. */
const TRACED_SHARE = 0.5;

/** What an entry is in its service's part of a trace: not the first, the first, or (with the failed entry's number) the first of a part that failed. */
const LATER = -2;
const BEGIN = -1;

interface Gathered {
  entries: number;
  traced: number;
  begins: number[];
  firsts: number[];
  failures: number[];
}

export function requestsOf(log: Log, signal?: AbortSignal): Requests[] {
  const gathered = new Map<number, Gathered>();
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    const service = log.service[entry];
    if (!isTimed(log, entry)) continue;
    let sum = gathered.get(service);
    if (!sum) {
      sum = { entries: 0, traced: 0, begins: [], firsts: [], failures: [] };
      gathered.set(service, sum);
    }
    sum.entries++;
    if (log.trace[entry] !== NO_ID) sum.traced++;
  }
  const parts = partsOfTraces(log, signal);
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    const sum = isTimed(log, entry) ? gathered.get(log.service[entry]) : undefined;
    if (!sum) continue;
    const isTraced = sum.traced >= TRACED_SHARE * sum.entries;
    if (isTraced && parts[entry] === LATER) continue;
    sum.begins.push(log.time[entry]);
    sum.firsts.push(entry);
    sum.failures.push(isTraced ? parts[entry] : isFailure(log, entry) ? entry : BEGIN);
  }
  return [...gathered]
    .map(([service, { entries, traced, begins, firsts, failures }]) => ({
      service,
      traced: traced >= TRACED_SHARE * entries,
      begins: new Float64Array(begins),
      entries: new Uint32Array(firsts),
      failures: new Int32Array(failures),
      failed: failures.reduce((sum, entry) => sum + (entry < 0 ? 0 : 1), 0),
    }))
    .sort((one, other) => one.service - other.service);
}

function isTimed(log: Log, entry: number): boolean {
  return log.service[entry] !== NO_SERVICE && !Number.isNaN(log.time[entry]);
}

/** Of each entry, what it is in its service's part of its trace. */
function partsOfTraces(log: Log, signal?: AbortSignal): Int32Array {
  const parts = new Int32Array(log.count).fill(LATER);
  const first = new Map<number, number>();
  for (let id = 1; id <= log.ids.count; id++) {
    if ((id & 0xfff) === 0) signal?.throwIfAborted();
    if (!log.ids.isTrace(id)) continue;
    first.clear();
    for (const entry of log.ids.entries(id)) {
      if (log.trace[entry] !== id || !isTimed(log, entry)) continue;
      const service = log.service[entry];
      let begin = first.get(service);
      if (begin === undefined) {
        begin = entry;
        first.set(service, begin);
        parts[begin] = BEGIN;
      }
      if (parts[begin] === BEGIN && isFailure(log, entry)) parts[begin] = entry;
    }
  }
  return parts;
}

function isFailure(log: Log, entry: number): boolean {
  const level = log.level[entry];
  return level >= ERROR && level !== NO_LEVEL;
}
