/**
 * A visit is one service's part in handling one request: the spans from where the request came in to where it went
 * on to others, and the lines that the service wrote meanwhile. In a log without spans it is all that a service wrote
 * in one trace. Visits of one kind are alike in service and in how they begin.
 */
import { type Log, NO_ID, NO_PARENT, NO_SERVICE, NO_SPAN } from '../index/log.ts';
import { sampleOf } from './sample.ts';

type Chosen = (entry: number) => boolean;

/** So many entries of an id are looked at for the span that wrote a line. */
const MOST_LOOKED_AT = 12;

export interface Visits {
  count: number;
  /** By entry; -1 for one that belongs to no visit. */
  of: Int32Array;
  /** By visit: its first entry. */
  first: Int32Array;
  /** By visit: the visit that called it; -1 where none is known. */
  caller: Int32Array;
  /** By visit: number of its kind, told by how it begins. */
  kind: Int32Array;
  /**
   * By visit: number of a narrower kind, told by what comes next too, for names of spans may be one template with
   * others; -1 where that tells no more.
   */
  narrower: Int32Array;
  /** By kind: the service. */
  services: number[];
  /** The entries of a visit, in no order. */
  entries(visit: number): Int32Array;
}

export function visitsOf(log: Log): Visits {
  const of = new Int32Array(log.count).fill(-1);
  const first: number[] = [];
  const isLookedAt = sampleOf(log);
  visitsOfSpans(log, isLookedAt, of, first);
  visitsOfLines(log, isLookedAt, of, first);
  const caller = new Int32Array(first.length).fill(-1);
  for (const [visit, entry] of first.entries()) {
    const parent = log.spanParent?.[entry] ?? NO_SPAN;
    if (parent >= 0) caller[visit] = of[parent];
  }
  const services: number[] = [];
  const kind = numbered(first, services, log, (entry) => log.template[entry]);
  const entries = grouped(of, first.length);
  const seconds = first.map((entry, visit) => secondOf(log, entry, entries(visit)));
  const both = numbered(first, services, log, (_, visit) => kind[visit] * log.templates.length + seconds[visit]);
  const visits = { count: first.length, of, first: Int32Array.from(first), caller, services, entries, kind };
  return { ...visits, narrower: dividing(kind, both) };
}

/** Numbers the kinds of visits: those of one service and one key are of one kind. */
function numbered(
  first: readonly number[],
  services: number[],
  { service }: Log,
  keyOf: (entry: number, visit: number) => number,
): Int32Array {
  const kinds = new Map<number, number>();
  return Int32Array.from(first, (entry, visit) => {
    const key = keyOf(entry, visit) * 2 ** 16 + service[entry];
    let number = kinds.get(key);
    if (number === undefined) {
      number = services.push(service[entry]) - 1;
      kinds.set(key, number);
    }
    return number;
  });
}

/** The template of the earliest entry behind the first; that of the first where it is alone. */
function secondOf({ time, template }: Log, first: number, entries: Int32Array): number {
  let second = -1;
  for (const entry of entries) {
    if (entry !== first && (second < 0 || time[entry] < time[second])) second = entry;
  }
  return template[second < 0 ? first : second];
}

/** The narrower kinds of those that have several. */
function dividing(kind: Int32Array, narrower: Int32Array): Int32Array {
  const only = new Map<number, number>();
  for (let visit = 0; visit < kind.length; visit++) {
    const known = only.get(kind[visit]);
    if (known === undefined) only.set(kind[visit], narrower[visit]);
    else if (known !== narrower[visit]) only.set(kind[visit], -1);
  }
  return narrower.map((number, visit) => (only.get(kind[visit]) === -1 ? number : -1));
}

/** Follows each span up to where its service was entered. */
function visitsOfSpans(log: Log, isLookedAt: Chosen, of: Int32Array, first: number[]): void {
  const { spanParent, service, count } = log;
  if (spanParent === null) return;
  const path: number[] = [];
  for (let entry = 0; entry < count; entry++) {
    if (spanParent[entry] === NO_SPAN || service[entry] === NO_SERVICE || !isLookedAt(entry)) continue;
    let at = entry;
    while (of[at] < 0) {
      path.push(at);
      const parent = spanParent[at];
      if (parent === NO_PARENT || service[parent] !== service[at]) break;
      at = parent;
    }
    const visit = of[at] >= 0 ? of[at] : first.push(at) - 1;
    for (const inside of path) of[inside] = visit;
    path.length = 0;
  }
}

/** A line belongs to the visit whose span it names; else to the only one of its service in its trace. */
function visitsOfLines(log: Log, isLookedAt: Chosen, of: Int32Array, first: number[]): void {
  const { spanParent, service, trace } = log;
  const byTrace = visitsByTrace(log, first);
  for (const entry of log.order) {
    if (of[entry] >= 0 || trace[entry] === NO_ID || service[entry] === NO_SERVICE) continue;
    if (Number.isNaN(log.time[entry]) || !isLookedAt(entry)) continue;
    const key = trace[entry] * 65536 + service[entry];
    const known = byTrace.get(key);
    if (known === undefined) {
      of[entry] = first.push(entry) - 1;
      byTrace.set(key, of[entry]);
    } else if (known >= 0) of[entry] = known;
    else if (spanParent !== null) of[entry] = visitOfSpanNamed(log, entry, of);
  }
}

/** -1 where a service is visited several times in a trace. */
function visitsByTrace({ trace, service }: Log, first: readonly number[]): Map<number, number> {
  const byTrace = new Map<number, number>();
  for (const [visit, entry] of first.entries()) {
    if (trace[entry] === NO_ID) continue;
    const key = trace[entry] * 65536 + service[entry];
    byTrace.set(key, byTrace.has(key) ? -1 : visit);
  }
  return byTrace;
}

/** Its children hold a span's id too, but those of the same service are part of the same visit. */
function visitOfSpanNamed(log: Log, entry: number, of: Int32Array): number {
  const { ids, trace, service, spanParent } = log;
  for (const id of ids.of(entry)) {
    if (id === trace[entry]) continue;
    const holders = ids.entries(id);
    for (let at = 0; at < holders.length && at < MOST_LOOKED_AT; at++) {
      const span = holders[at];
      if (spanParent !== null && spanParent[span] !== NO_SPAN && service[span] === service[entry]) return of[span];
    }
  }
  return -1;
}

function grouped(of: Int32Array, groups: number): (group: number) => Int32Array {
  const start = new Int32Array(groups + 1);
  for (const group of of) if (group >= 0) start[group + 1]++;
  for (let group = 0; group < groups; group++) start[group + 1] += start[group];
  const members = new Int32Array(start[groups]);
  const next = start.slice(0, groups);
  for (let member = 0; member < of.length; member++) if (of[member] >= 0) members[next[of[member]]++] = member;
  return (group) => members.subarray(start[group], start[group + 1]);
}
