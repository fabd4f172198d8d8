/**
 * What happened, in numbers: entries, traces, orders and users, and how many of each met a failure. Counted from
 * columns; only of what failed are lines read, for what it was worth.
 */
import { letOthers } from '../../base/letOthers.ts';
import type { EntityImpact, Impact } from '../../explanation.ts';
import type { TimeRange } from '../../model.ts';
import { ERROR, FATAL } from '../anomalies/survey.ts';
import { type Log, NO_ID, NO_LEVEL } from '../index/log.ts';
import { isDoneSoon, kindOf, kindOrder, type Named, roleOf, roleReader } from './kinds.ts';
import { readWorth } from './worth.ts';

/** Of more kinds than these a summary tells nothing. */
const MOST_KINDS = 4;
/** So many kinds are read from the log, to find these. */
const MOST_TRIED = 12;

const SEEN = 1;
const FAILED = 2;

/** Ids of one kind that have entries in the range. */
interface Group extends Named {
  ids: number[];
  failed: number[];
}

/** What of a log is meant. */
export interface Extent {
  range: TimeRange;
  includes(entry: number): boolean;
}

/** Both ends belong to it; an entry without time is in no range but the whole. */
export function extentOf({ from, to }: TimeRange, log: Log): Extent {
  const [low, high] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
  const isWhole = from === null && to === null;
  return { range: { from, to }, includes: (entry) => isWhole || (log.time[entry] >= low && log.time[entry] <= high) };
}

export async function impactOf(log: Log, { range, includes }: Extent, signal?: AbortSignal): Promise<Impact> {
  const isFailing = (entry: number): boolean => log.level[entry] >= ERROR && log.level[entry] !== NO_LEVEL;
  const state = new Uint8Array(log.ids.count + 1);
  let [entries, errors, fatals] = [0, 0, 0];
  for (let entry = 0; entry < log.count; entry++) {
    if ((entry & 0xfffff) === 0) signal?.throwIfAborted();
    if (!includes(entry)) continue;
    const fails = isFailing(entry);
    entries++;
    if (fails) errors++;
    if (log.level[entry] === FATAL) fatals++;
    if (log.trace[entry] !== NO_ID) state[log.trace[entry]] |= fails ? SEEN | FAILED : SEEN;
  }
  await letOthers(signal);
  const traces = tracesIn(log, state);
  // An order placed just before the range, in a trace that goes on into it, is met by what happens there.
  const touches = (entry: number): boolean => includes(entry) || (state[log.trace[entry]] & SEEN) !== 0;
  const fails = (entry: number): boolean =>
    (includes(entry) && isFailing(entry)) || (state[log.trace[entry]] & FAILED) !== 0;
  const groups = groupsOf(log, touches, fails);
  await letOthers(signal);
  return {
    range,
    entries,
    errors,
    fatals,
    traces,
    entities: await entitiesIn(log, groups, includes, signal),
    users: usersIn(log, groups, touches),
  };
}

function tracesIn(log: Log, state: Uint8Array): Impact['traces'] {
  const named = roleReader();
  let [total, failed, hasTraces] = [0, 0, false];
  for (let id = 1; id < state.length; id++) {
    // Where entries have no trace, what leads them may be an order.
    if (!log.ids.isTrace(id) || named(log.ids.key(id)).role !== 'other') continue;
    hasTraces = true;
    if (state[id] === 0) continue;
    total++;
    if ((state[id] & FAILED) !== 0) failed++;
  }
  return hasTraces ? { total, failed } : null;
}

function groupsOf(log: Log, touches: (entry: number) => boolean, fails: (entry: number) => boolean): Group[] {
  const named = roleReader();
  const groups = new Map<string, Group>();
  for (let id = 1; id <= log.ids.count; id++) {
    const { role, kind } = named(log.ids.key(id));
    if (role === 'other') continue;
    const entries = log.ids.entries(id);
    let [isSeen, isFailed] = [false, false];
    for (let i = 0; i < entries.length && !isFailed; i++) {
      if (!touches(entries[i])) continue;
      isSeen = true;
      isFailed = fails(entries[i]);
    }
    if (!isSeen) continue;
    let group = groups.get(kind);
    if (!group) {
      group = { kind, role, ids: [], failed: [] };
      groups.set(kind, group);
    }
    group.ids.push(id);
    if (isFailed) group.failed.push(id);
  }
  return [...groups.values()];
}

async function entitiesIn(
  log: Log,
  groups: readonly Group[],
  includes: (entry: number) => boolean,
  signal?: AbortSignal,
): Promise<EntityImpact[]> {
  const extent = log.count === 0 ? 0 : log.time[log.order[log.count - 1]] - log.time[log.order[0]];
  const named = await withNames(log, groups);
  const wanted = named
    .filter(({ role, ids }) => role === 'deed' || (role === 'thing' && isDoneSoon(log, ids, extent)))
    .sort(byWeight)
    .slice(0, MOST_TRIED);
  const told: EntityImpact[] = [];
  for (const { kind, ids, failed } of wanted) {
    signal?.throwIfAborted();
    told.push({ kind, total: ids.length, failed: failed.length, ...(await readWorth(log, failed, includes)) });
  }
  // What is worth something comes first: who pays asks for that.
  return told.sort((a, b) => Number(b.amounts.length > 0) - Number(a.amounts.length > 0)).slice(0, MOST_KINDS);
}

function byWeight(one: Group, other: Group): number {
  return (
    Number(other.failed.length > 0) - Number(one.failed.length > 0) ||
    kindOrder(one.kind) - kindOrder(other.kind) ||
    other.failed.length - one.failed.length ||
    other.ids.length - one.ids.length
  );
}

/** Ids that first stand under a bare `ID` are of the kind that other lines call them. */
async function withNames(log: Log, groups: readonly Group[]): Promise<Group[]> {
  const unnamed = groups.find(({ role }) => role === 'unnamed');
  if (!unnamed) return [...groups];
  const rest = groups.filter((group) => group !== unnamed);
  const name = await nameOf(log, unnamed.failed[0] ?? unnamed.ids[0]);
  if (name === null) return rest;
  const same = rest.find(({ kind }) => kind === kindOf(name));
  if (!same) return [...rest, { ...unnamed, kind: kindOf(name), role: roleOf(name) }];
  const both = {
    ...same,
    ids: [...same.ids, ...unnamed.ids],
    failed: [...same.failed, ...unnamed.failed],
  };
  return [...rest.filter((group) => group !== same), both];
}

const MOST_NAMING = 8;

async function nameOf(log: Log, id: number): Promise<string | null> {
  const entries = await log.read(log.ids.entries(id).slice(0, MOST_NAMING));
  const keys = entries.flatMap(({ ids }) =>
    ids.flatMap((each) => (log.ids.find(each.normalised) === id ? each.key : [])),
  );
  return keys.find((key) => kindOf(key) !== '' && roleOf(key) !== 'other') ?? null;
}

/** Of the words for persons that a log has, that of the most who met a failure: of `user` and `account` one is enough. */
function usersIn(log: Log, groups: readonly Group[], touches: (entry: number) => boolean): Impact['users'] {
  const persons = groups.filter(({ role }) => role === 'person');
  if (persons.length === 0) return null;
  const failedDeeds = new Set(groups.filter(({ role }) => role === 'deed').flatMap(({ failed }) => failed));
  const counted = persons.map(({ kind, ids, failed }) => {
    const known = new Set(failed);
    const affected = ids.filter((id) => known.has(id) || holdsOne(log, id, touches, failedDeeds)).length;
    return { kind, total: ids.length, affected };
  });
  counted.sort((a, b) => b.affected - a.affected || kindOrder(a.kind) - kindOrder(b.kind) || b.total - a.total);
  return counted[0];
}

/** Without a trace, what leads from a user to the failure of an order is the line that names both. */
function holdsOne(log: Log, id: number, touches: (entry: number) => boolean, deeds: ReadonlySet<number>): boolean {
  if (deeds.size === 0) return false;
  return log.ids
    .entries(id)
    .some((entry) => log.trace[entry] === NO_ID && touches(entry) && log.ids.of(entry).some((each) => deeds.has(each)));
}
