/**
 * How far the clocks of two services are apart. What is sent before it is received, and answered before the answer is
 * known, bounds it from both sides; the bounds of many calls are joined as clocks on a network are (Marzullo's
 * algorithm): by what most of them agree on. Nothing here comes from the order of times, which clocks forge.
 */
import type { ClockOffset, Entry, EntryRow } from '../../model.ts';
import type { ServiceNames } from '../incident/serviceNames.ts';
import { type Log, NO_SERVICE } from '../index/log.ts';
import { type Call, callsIn, type Told } from './calls.ts';
import { namesOf, toldOf } from './hops.ts';
import { type SpanTree, spanTree } from './spanTree.ts';

/** So many traces are looked at, evenly over the log, and entries of them. */
const MOST_TRACES = 400;
const MOST_ENTRIES = 4000;
const LONGEST_TRACE = 300;
/** With fewer calls, or less agreement, nothing is said. */
const FEWEST_CALLS = 5;
const AGREEING = 0.8;
/** The work of such a span is done when it likes: nobody waits for it. */
const ASYNCHRONOUS = /producer|consumer/i;
const GAVE_UP = /time[ -]?d?[ -]?out|gave up|cancel/i;

/** What one call says of the clock of `callee` against that of `caller`, in microseconds; infinite where nothing. */
interface Bounds {
  caller: number;
  callee: number;
  low: number;
  high: number;
  lines: [number, number];
  /** What the times of the two may be off, because a clock writes no finer. */
  steps: [number, number];
}

/** Of each pair of services with enough calls between them, those with the most calls first. */
export async function clockOffsets(log: Log, signal?: AbortSignal): Promise<ClockOffset[]> {
  const names = namesOf(log);
  const pairs = new Map<string, Bounds[]>();
  const traces = sampledTraces(log).map((id) => log.ids.entries(id));
  const read = await log.read(traces.flatMap((entries) => [...entries]));
  let next = 0;
  for (const { length } of traces) {
    signal?.throwIfAborted();
    for (const bounds of boundsIn(log, read.slice(next, next + length), names)) {
      const key = `${bounds.caller} ${bounds.callee}`;
      pairs.set(key, [...(pairs.get(key) ?? []), bounds]);
    }
    next += length;
  }
  return [...pairs.values()]
    .filter(({ length }) => length >= FEWEST_CALLS)
    .map((all) => offsetOf(log, all))
    .sort((a, b) => b.calls - a.calls || (`${a.reference}\n${a.service}` < `${b.reference}\n${b.service}` ? -1 : 1));
}

function sampledTraces(log: Log): number[] {
  const { ids, service } = log;
  const shared: number[] = [];
  for (let id = 1; id <= ids.count; id++) {
    if (!ids.isTrace(id)) continue;
    const entries = ids.entries(id);
    if (entries.length < 2 || entries.length > LONGEST_TRACE) continue;
    const first = service[entries[0]];
    if (first !== NO_SERVICE && entries.some((entry) => service[entry] !== first)) shared.push(id);
  }
  const step = Math.max(1, shared.length / MOST_TRACES);
  const chosen: number[] = [];
  let room = MOST_ENTRIES;
  for (let at = 0; at < shared.length && room > 0; at += step) {
    const id = shared[Math.floor(at)];
    room -= ids.entries(id).length;
    chosen.push(id);
  }
  return chosen;
}

/** One way round for each pair of services: the lower number is the caller's place. */
function boundsIn(log: Log, entries: readonly Entry[], names: ServiceNames): Bounds[] {
  const told = toldOf(log, entries);
  const calls = callsIn(told, names);
  const found = [
    ...spanBounds(log, entries, spanTree(entries)),
    ...calls.flatMap((call) => callBounds(call, calls, told)),
  ];
  return found.map((bounds) => {
    const { caller, callee, low, high } = bounds;
    if (caller < callee) return bounds;
    const steps: Bounds['steps'] = [bounds.steps[1], bounds.steps[0]];
    return { ...bounds, caller: callee, callee: caller, low: -high, high: -low, steps };
  });
}

/** A span of another service lies within its parent, unless nobody waits for it. */
function spanBounds(log: Log, entries: readonly Entry[], tree: SpanTree): Bounds[] {
  const kinds = new Map(entries.map(({ entry, fields }) => [entry, fields.find(({ key }) => key === 'kind')?.value]));
  return tree.spans.flatMap((inner, i): Bounds[] => {
    const outer = tree.spans[tree.parent[i]];
    if (!outer || inner.start === null || outer.start === null) return [];
    const [to, from] = [tree.entries[i], tree.entries[tree.parent[i]]];
    const [callee, caller] = [log.service[to], log.service[from]];
    if (callee === caller || callee === NO_SERVICE || caller === NO_SERVICE) return [];
    if (inner.durationMs <= 0 || outer.durationMs <= 0) return [];
    if ([to, from].some((entry) => ASYNCHRONOUS.test(String(kinds.get(entry))))) return [];
    const end = ({ start, durationMs }: typeof inner): number => (start ?? 0) + durationMs * 1000;
    const [low, high] = [end(inner) - end(outer), inner.start - outer.start];
    return [{ caller, callee, low, high, lines: [from, to], steps: [stepOf(outer.start), stepOf(inner.start)] }];
  });
}

/**
 * Only of a call that names the callee, and where no other call is for it: else its lines may belong to another, and
 * only times could tell.
 */
function callBounds(call: Call, calls: readonly Call[], told: readonly Told[]): Bounds[] {
  const { caller, callee, how, from, answer } = call;
  if (how === 'order' || callee === null || from < 0) return [];
  if (calls.some((other) => other !== call && other.callee === callee)) return [];
  const own = told.filter(({ service }) => service === callee);
  const [first, last] = [own[0], own[own.length - 1]];
  if (!first || !last) return [];
  const sent = told[from];
  const ended = answer < 0 || GAVE_UP.test(told[answer].entry.message) ? null : told[answer];
  const high = call.isSent ? first.time - sent.time : Number.POSITIVE_INFINITY;
  const low = ended === null ? Number.NEGATIVE_INFINITY : last.time - ended.time;
  const steps: Bounds['steps'] = [stepOf(sent.time), stepOf(first.time)];
  return [{ caller, callee, low, high, lines: [sent.entry.entry, first.entry.entry], steps }];
}

/** Microseconds. A clock that writes finer meets a whole second now and then, so the finest of many counts. */
function stepOf(time: number): number {
  if (time % 1_000_000 === 0) return 1_000_000;
  return time % 1000 === 0 ? 1000 : 1;
}

function offsetOf(log: Log, all: readonly Bounds[]): ClockOffset {
  const finest = (side: 0 | 1): number => all.reduce((least, { steps }) => Math.min(least, steps[side]), 1_000_000);
  const slack = Math.max(finest(0), finest(1));
  const { low, high, agreeing } = agreedOn(all.map((each) => ({ low: each.low - slack, high: each.high + slack })));
  const isAgreed = agreeing >= AGREEING * all.length;
  const example = all.find((bounds) => bounds.low <= low + slack && bounds.high >= high - slack) ?? all[0];
  const rows: [EntryRow, EntryRow] = [log.row(example.lines[0]), log.row(example.lines[1])];
  const finite = (bound: number): number | null => (isAgreed && Number.isFinite(bound) ? bound / 1000 : null);
  return {
    reference: log.services[all[0].caller],
    service: log.services[all[0].callee],
    lowMs: finite(low),
    highMs: finite(high),
    calls: all.length,
    agreeing,
    example: rows,
  };
}

/** Where most of the intervals meet; of several such places, from the first to the last. */
export function agreedOn(all: readonly { low: number; high: number }[]): {
  low: number;
  high: number;
  agreeing: number;
} {
  const edges = all
    .filter(({ low, high }) => low <= high)
    .flatMap(({ low, high }) => [
      { at: low, step: 1 },
      { at: high, step: -1 },
    ])
    .sort((a, b) => (a.at === b.at ? b.step - a.step : a.at - b.at));
  let [open, most] = [0, 0];
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [i, { at, step }] of edges.entries()) {
    open += step;
    if (step < 0 || open < most) continue;
    if (open > most) low = at;
    most = open;
    high = edges.slice(i + 1).find((edge) => edge.step < 0)?.at ?? at;
  }
  return { low, high, agreeing: most };
}
