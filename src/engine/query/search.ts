/** Goes through a log for a query, a stretch at a time, so that whoever asks may stop between two. */
import type { Entry } from '../../model.ts';
import type { SearchHit } from '../../protocol.ts';
import { type Log, NO_SERVICE } from '../index/log.ts';
import type { BoundQuery } from './bind.ts';
import { NO, YES } from './verdict.ts';

/** Somebody waits for what the first stretch finds; the farther a search has come, the longer its stretches are. */
export interface Growing {
  first: number;
  most: number;
}

export interface SearchLimits {
  /** Entries whose columns are looked at. */
  entries: number;
  /** Entries whose text is read. */
  read: Growing;
  /** Entries whose bytes are looked through for a word, before any of them is read. */
  scan: Growing;
}

export const LIMITS: SearchLimits = {
  entries: 1 << 19,
  read: { first: 1 << 8, most: 1 << 12 },
  scan: { first: 1 << 11, most: 1 << 16 },
};

export interface Stretch {
  hits: SearchHit[];
  /** All that match, in order of time. */
  entries: Uint32Array;
  /** How many of each service; null for entries without one. */
  services: { name: string | null; entries: number }[];
  /** Where to go on in the log's order; null at its end. */
  next: number | null;
}

interface Gathered {
  /** In order of time. */
  candidates: number[];
  /** Those of them whose text must be read. */
  unread: number[];
  /** Where to go on. */
  at: number;
}

/** Columns first; then the bytes of what they leave open, which rule out most where a rare word is looked for. */
async function gather(log: Log, query: BoundQuery, from: number, limits: SearchLimits): Promise<Gathered> {
  const candidates: number[] = [];
  /** Places among the candidates, and in the log's order. */
  const open: { candidate: number; place: number }[] = [];
  const mostRead = grown(limits.read, from);
  const most = query.needles === null ? mostRead : grown(limits.scan, from);
  let at = from;
  const end = Math.min(log.order.length, from + limits.entries);
  for (; at < end && open.length < most; at++) {
    const entry = log.order[at];
    const verdict = query.verdict(entry);
    if (verdict === NO) continue;
    if (verdict !== YES) open.push({ candidate: candidates.length, place: at });
    candidates.push(entry);
  }
  const entries = open.map(({ candidate }) => candidates[candidate]);
  if (query.needles === null) return { candidates, unread: entries, at };
  const holding = new Set(await log.holding(entries, query.needles));
  const ruledOut = new Set(entries.filter((entry) => !holding.has(entry)));
  const left = open.filter(({ candidate }) => holding.has(candidates[candidate]));
  // More hold the word than are read at once: the stretch ends before the next of them.
  const next = left[mostRead];
  const kept = next === undefined ? candidates : candidates.slice(0, next.candidate);
  return {
    candidates: kept.filter((entry) => !ruledOut.has(entry)),
    unread: left.slice(0, mostRead).map(({ candidate }) => candidates[candidate]),
    at: next === undefined ? at : next.place,
  };
}

function grown({ first, most }: Growing, from: number): number {
  return Math.min(most, Math.max(first, from));
}

/** Text is read back for what columns leave open, and for the first `most` that match. */
export async function searchStretch(
  log: Log,
  query: BoundQuery,
  from: number,
  most: number,
  limits: SearchLimits = LIMITS,
): Promise<Stretch> {
  const { candidates, unread, at } = await gather(log, query, from, limits);
  const texts = new Map<number, Entry>();
  for (const entry of await log.read(unread)) if (query.matches(entry)) texts.set(entry.entry, entry);
  const open = new Set(unread);
  const entries = Uint32Array.from(candidates.filter((entry) => !open.has(entry) || texts.has(entry)));
  const shown = entries.subarray(0, most);
  for (const entry of await log.read(shown.filter((each) => !texts.has(each)))) texts.set(entry.entry, entry);
  return {
    hits: Array.from(shown, (entry) => hitOf(texts.get(entry))).filter((hit) => hit !== null),
    entries,
    services: countServices(log, entries),
    next: at < log.order.length ? at : null,
  };
}

function hitOf(entry: Entry | undefined): SearchHit | null {
  if (!entry) return null;
  const { ids: _, fields: __, ...hit } = entry;
  return hit;
}

function countServices(log: Log, entries: Uint32Array): Stretch['services'] {
  const counts = new Map<number, number>();
  for (const entry of entries) counts.set(log.service[entry], (counts.get(log.service[entry]) ?? 0) + 1);
  return [...counts].map(([service, count]) => ({
    name: service === NO_SERVICE ? null : log.services[service],
    entries: count,
  }));
}
