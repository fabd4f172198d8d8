/**
 * The traces of a log as a list: what each is like is counted once, from columns, and any page in any order is
 * taken from those counts. In a log without traces it lists what else entries share: orders, requests, users.
 */
import { LEVELS } from '../../model.ts';
import type { TraceOrder, TracePage, TraceQuery, TraceRow } from '../../overview.ts';
import { type Log, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import { isRecordedSpan } from '../timeline/recordedSpan.ts';
import { best } from './best.ts';

const ERROR = LEVELS.indexOf('error');
/** An answer must stay small enough to be sent at once. */
const MOST_ROWS = 1000;

/** Parallel columns, one row a trace. */
interface TraceColumns {
  id: Uint32Array;
  /** Microseconds; NaN where no entry has a time. */
  from: Float64Array;
  duration: Float64Array;
  /** Index in LEVELS, plus 1; 0 where no entry has a level. */
  worst: Uint8Array;
  errors: Uint32Array;
  services: Uint16Array;
  /** NaN where there is no error, or none with a time. */
  firstError: Float64Array;
}

export interface TraceList {
  /** The ids of those that come first in an order. */
  first(order: TraceOrder, count: number): number[];
  page(query: TraceQuery, from: number, count: number): TracePage;
}

const lists = new WeakMap<Log, TraceList>();

/** Made when first asked for, and gone with its log. */
export function traceListOf(log: Log): TraceList {
  const list = lists.get(log) ?? traceList(log);
  lists.set(log, list);
  return list;
}

export function traceList(log: Log): TraceList {
  const columns = traceColumns(log, listedIds(log));
  let filtered: { text: string; isIn: Uint8Array; total: number } | undefined;
  return {
    first: (order, count) =>
      best(columns.id.length, count, () => true, beforeIn(columns, order)).map((n) => columns.id[n]),
    page({ order, text }, from, count) {
      const wanted = text.trim().toLowerCase();
      if (filtered?.text !== wanted) filtered = { text: wanted, ...matching(log, columns, wanted) };
      const { isIn, total } = filtered;
      const end = Math.min(from + Math.min(count, MOST_ROWS), total);
      const first = best(columns.id.length, end, (n) => isIn[n] === 1, beforeIn(columns, order));
      return { total, traces: first.slice(from).map((n) => rowOf(log, columns, n)) };
    },
  };
}

function listedIds(log: Log): Uint32Array {
  const { ids } = log;
  let anyTrace = false;
  for (let id = 1; id <= ids.count && !anyTrace; id++) anyTrace = ids.isTrace(id);
  const listed = new Uint32Array(ids.count);
  let count = 0;
  for (let id = 1; id <= ids.count; id++) {
    const isListed = anyTrace ? ids.isTrace(id) : ids.entries(id).length > 1;
    if (isListed) listed[count++] = id;
  }
  return listed.slice(0, count);
}

function traceColumns(log: Log, id: Uint32Array): TraceColumns {
  const count = id.length;
  const columns: TraceColumns = {
    id,
    from: new Float64Array(count).fill(Number.NaN),
    duration: new Float64Array(count).fill(Number.NaN),
    worst: new Uint8Array(count),
    errors: new Uint32Array(count),
    services: new Uint16Array(count),
    firstError: new Float64Array(count).fill(Number.NaN),
  };
  const { time, level, service } = log;
  const hasSpans = log.files.some((file) => file.spans !== null);
  /** Of each service, the last trace (counted from 1) it was met in. */
  const metIn = new Uint32Array(NO_SERVICE + 1);
  for (let n = 0; n < count; n++) {
    const entries = log.ids.entries(id[n]);
    let firstError = -1;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i];
      const of = service[entry];
      if (of !== NO_SERVICE && metIn[of] !== n + 1) {
        metIn[of] = n + 1;
        columns.services[n]++;
      }
      const severity = level[entry];
      if (severity === NO_LEVEL) continue;
      if (severity >= columns.worst[n]) columns.worst[n] = severity + 1;
      if (severity < ERROR) continue;
      columns.errors[n]++;
      if (firstError < 0) firstError = entry;
    }
    if (firstError >= 0) columns.firstError[n] = time[firstError];
    columns.from[n] = timeOfFirst(time, entries);
    columns.duration[n] = (hasSpans ? endOf(log, entries) : timeOfLast(time, entries)) - columns.from[n];
  }
  return columns;
}

/** Entries are in order of time, so that few times need be looked at; some entries have none. */
function timeOfFirst(time: Float64Array, entries: Uint32Array): number {
  for (let i = 0; i < entries.length; i++) if (!Number.isNaN(time[entries[i]])) return time[entries[i]];
  return Number.NaN;
}

function timeOfLast(time: Float64Array, entries: Uint32Array): number {
  for (let i = entries.length - 1; i >= 0; i--) if (!Number.isNaN(time[entries[i]])) return time[entries[i]];
  return Number.NaN;
}

/** A span is logged by its start, and the trace lasts until the last of them ends. */
function endOf(log: Log, entries: Uint32Array): number {
  let end = timeOfLast(log.time, entries);
  for (const entry of entries) {
    const to = log.time[entry] + log.durationMs[entry] * 1000;
    if (to > end && isRecordedSpan(log, entry)) end = to;
  }
  return end;
}

/** The traces whose id, one of whose services or messages holds the text; all of them where there is none. */
function matching(log: Log, { id }: TraceColumns, text: string): { isIn: Uint8Array; total: number } {
  if (text === '') return { isIn: new Uint8Array(id.length).fill(1), total: id.length };
  const holds = (name: string) => (name.toLowerCase().includes(text) ? 1 : 0);
  const services = Uint8Array.from(log.services, holds);
  const templates = Uint8Array.from(log.templates, (template) => holds(template.text));
  const isIn = new Uint8Array(id.length);
  let total = 0;
  for (let n = 0; n < id.length; n++) {
    if (!anyOf(log, id[n], services, templates) && holds(log.ids.text(id[n])) === 0) continue;
    isIn[n] = 1;
    total++;
  }
  return { isIn, total };
}

function anyOf(log: Log, id: number, services: Uint8Array, templates: Uint8Array): boolean {
  for (const entry of log.ids.entries(id)) {
    if (services[log.service[entry]] === 1 || templates[log.template[entry]] === 1) return true;
  }
  return false;
}

/** What is not known comes last; what is alike in order of time, then of first appearance. */
function beforeIn(columns: TraceColumns, order: TraceOrder): (a: number, b: number) => boolean {
  const { from, duration, worst, errors, services, firstError } = columns;
  const byTime = (a: number, b: number) => ascending(from[a], from[b]) || a - b;
  const compare: Record<TraceOrder, (a: number, b: number) => number> = {
    worst: (a, b) => worst[b] - worst[a] || services[b] - services[a] || errors[b] - errors[a] || byTime(a, b),
    firstError: (a, b) => ascending(firstError[a], firstError[b]) || byTime(a, b),
    duration: (a, b) => ascending(-duration[a], -duration[b]) || byTime(a, b),
    time: byTime,
  };
  return (a, b) => compare[order](a, b) < 0;
}

function ascending(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}

function rowOf(log: Log, columns: TraceColumns, n: number): TraceRow {
  const id = columns.id[n];
  const entries = log.ids.entries(id);
  const services = new Set<number>();
  let firstError = -1;
  for (const entry of entries) {
    if (firstError < 0 && log.level[entry] !== NO_LEVEL && log.level[entry] >= ERROR) firstError = entry;
    if (log.service[entry] !== NO_SERVICE) services.add(log.service[entry]);
    if (services.size >= columns.services[n] && (firstError >= 0 || columns.errors[n] === 0)) break;
  }
  const from = columns.from[n];
  const duration = columns.duration[n];
  return {
    id: log.ids.text(id),
    key: log.ids.key(id),
    entries: entries.length,
    errors: columns.errors[n],
    services: [...services].map((service) => log.services[service]),
    from: Number.isNaN(from) ? null : from,
    durationMs: Number.isNaN(duration) ? null : duration / 1000,
    worstLevel: columns.worst[n] === 0 ? null : LEVELS[columns.worst[n] - 1],
    first: log.row(entries[0]),
    firstError: firstError < 0 ? null : log.row(firstError),
  };
}
