/** Who called whom in a trace: what spans record, and for services without spans what log lines imply. */
import type { Entry, EntryRow, Hop } from '../../model.ts';
import { type ServiceNames, serviceNames } from '../incident/serviceNames.ts';
import { type Log, NO_ID, NO_SERVICE } from '../index/log.ts';
import { isRecordedSpan } from '../timeline/recordedSpan.ts';
import { type Call, callsIn, type Told } from './calls.ts';
import { idKeyRank, SPAN_RANK } from './idKeys.ts';
import { joinsOf } from './joins.ts';
import { type SpanTree, spanTree } from './spanTree.ts';

/** A journey of more entries than this nobody follows call by call. */
const MOST_ENTRIES = 5000;

/** The hops of an id's trace, the entries that are joined to it among them. */
export async function hopsOf(log: Log, id: number): Promise<Hop[]> {
  if (id === NO_ID) return [];
  const recorded = log.ids.entries(id);
  if (recorded.length > MOST_ENTRIES) return [];
  const joined = joinsOf(log, id).joined.map(({ entry }) => entry);
  const entries = await log.read([...recorded, ...joined]);
  return hopsIn(log, entries, spanTree(entries.slice(0, recorded.length)));
}

/** Those of a trace whose entries were read already. */
export function hopsIn(log: Log, entries: readonly Entry[], tree: SpanTree): Hop[] {
  const spans = spanHops(log, tree);
  if (entries.length > MOST_ENTRIES) return spans;
  // What is recorded wins: a service whose callers are recorded needs no guess, nor does a pair the other way round.
  const known = new Set(spans.map(({ callee }) => callee));
  const pairs = new Set(spans.flatMap(({ caller, callee }) => [`${caller}\n${callee}`, `${callee}\n${caller}`]));
  const told = toldOf(log, entries);
  const inferred = callsIn(told, namesOf(log))
    .map((call) => hopOf(log, call, told))
    .filter(({ caller, callee, how }) => !pairs.has(`${caller}\n${callee}`) && !(how === 'order' && known.has(callee)));
  return [...spans, ...inferred].sort((a, b) => timeOf(a) - timeOf(b));
}

function timeOf({ from, to }: Hop): number {
  return from?.timestamp ?? to?.timestamp ?? 0;
}

export function namesOf(log: Log): ServiceNames {
  return serviceNames(log.services, new Set(log.services.keys()));
}

/** Entries of a trace that may tell of calls, in order of time: spans tell theirs themselves. */
export function toldOf(log: Log, entries: readonly Entry[]): Told[] {
  const told: Told[] = [];
  for (const entry of entries) {
    const number = entry.entry;
    const [service, time] = [log.service[number], log.time[number]];
    if (service === NO_SERVICE || Number.isNaN(time) || isRecordedSpan(log, number)) continue;
    const span = entry.ids.find(({ key }) => isSpanKey(key))?.normalised ?? '';
    told.push({ entry, service, time, durationMs: log.durationMs[number], span });
  }
  return told.sort((a, b) => a.time - b.time || a.entry.entry - b.entry.entry);
}

/** A parent's id is no name of the piece of work that a line belongs to. */
function isSpanKey(key: string): boolean {
  return idKeyRank(key) === SPAN_RANK && !/parent|ps$/i.test(key);
}

function spanHops(log: Log, { spans, parent, entries }: SpanTree): Hop[] {
  return spans.flatMap(({ service, start }, i): Hop[] => {
    const outer = spans[parent[i]];
    if (!outer || outer.service === null || service === null || service === outer.service) return [];
    const lagMs = start === null || outer.start === null ? null : (start - outer.start) / 1000;
    const [from, to] = [log.row(entries[parent[i]]), log.row(entries[i])];
    return [{ caller: outer.service, callee: service, joined: 'recorded', how: 'span', from, to, lagMs }];
  });
}

function hopOf(log: Log, { caller, callee, name, how, from, to, begin }: Call, told: readonly Told[]): Hop {
  const row = (at: number): EntryRow | null => (at < 0 ? null : log.row(told[at].entry.entry));
  return {
    caller: log.services[caller],
    callee: callee === null ? name : log.services[callee],
    joined: 'inferred',
    how,
    from: row(from),
    to: row(to),
    lagMs: to < 0 || Number.isNaN(begin) ? null : (told[to].time - begin) / 1000,
  };
}
