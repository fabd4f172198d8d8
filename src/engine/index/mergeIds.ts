/** From the pairs of entry and id: the entries of each id in order of time, its key, and the leading id of each entry. */
import { release } from '../../base/release.ts';
import { datadogJoins, joinPairs } from '../correlation/datadog.ts';
import { REQUEST_RANK } from '../correlation/idKeys.ts';
import { hexOfDecimal, normaliseId } from '../correlation/normalise.ts';
import type { IdRank } from '../correlation/ownIdKeys.ts';
import type { PairColumns } from './columns.ts';
import type { IdTable } from './idTable.ts';
import { type Ids, NO_ID } from './log.ts';

/** The entries in order of time, and what tells their files. */
export interface EntryOrder {
  order: Uint32Array;
  file: Uint16Array;
  firstEntry: readonly number[];
}

export function mergeIds(
  table: IdTable,
  keys: readonly string[],
  written: Uint8Array,
  pairs: PairColumns,
  inTime: EntryOrder,
  idRank: IdRank,
): { ids: Ids; trace: Uint32Array } {
  const joins = datadogJoins(table, keys, pairs);
  // The log's own pairs stay as they are: what is appended to it may yet tell that two ids are not one.
  const joined = joins ? joinPairs(written, pairs, joins) : { idCount: written, pairs };
  const { idCount } = joined;
  const { pairId, pairKey } = joined.pairs;
  const ranks = Int8Array.from(keys, idRank);
  const trace = new Uint32Array(idCount.length);
  const leads = new Uint8Array(table.count + 1);
  const keyOf = new Uint16Array(table.count + 1);
  const known = new Uint8Array(table.count + 1);
  const start = new Uint32Array(table.count + 2);
  /** Where the pairs of some entries begin; those of the others are counted from there. */
  const firstPair = new Uint32Array(Math.floor(idCount.length / FINDER_STEP) + 1);
  let pair = 0;
  for (let entry = 0; entry < idCount.length; entry++) {
    if (entry % FINDER_STEP === 0) firstPair[entry / FINDER_STEP] = pair;
    let best = REQUEST_RANK - 1;
    let leading = NO_ID;
    for (const end = pair + idCount[entry]; pair < end; pair++) {
      const id = pairId[pair];
      const key = pairKey[pair];
      const rank = ranks[key];
      start[id + 1]++;
      if (known[id] === 0 || rank > ranks[keyOf[id]]) {
        known[id] = 1;
        keyOf[id] = key;
      }
      if (rank > best) {
        best = rank;
        leading = id;
      }
    }
    trace[entry] = leading;
    leads[leading] = 1;
  }
  for (let id = 1; id <= table.count; id++) start[id + 1] += start[id];
  const pairsOf = pairFinder(firstPair, idCount);
  const entries = entriesById(start, pairsOf, idCount, pairId, inTime);
  release(known);
  const of = (entry: number): number[] => Array.from(pairId.subarray(pairsOf(entry), pairsOf(entry + 1)));
  return { ids: { ...idsOf(table, joins, keys, keyOf, leads, start, entries), of }, trace };
}

const FINDER_STEP = 32;

/** Tells where an entry's pairs begin. */
function pairFinder(firstPair: Uint32Array, idCount: Uint8Array): (entry: number) => number {
  return (entry) => {
    const from = Math.floor(entry / FINDER_STEP);
    let pair = firstPair[from];
    for (let before = from * FINDER_STEP; before < entry; before++) pair += idCount[before];
    return pair;
  };
}

/** Going through the entries in order of time leaves every id's entries in that order. */
function entriesById(
  start: Uint32Array,
  pairsOf: (entry: number) => number,
  idCount: Uint8Array,
  pairId: Uint32Array,
  { order, file, firstEntry }: EntryOrder,
): Uint32Array {
  const entries = new Uint32Array(pairId.length);
  const next = start.slice();
  // Of a file, the next entry in time is mostly the one behind the last: it, and where its pairs begin.
  const expected = Uint32Array.from(firstEntry);
  const expectedPair = expected.map(pairsOf);
  for (let i = 0; i < order.length; i++) {
    const entry = order[i];
    const f = file[entry];
    let pair = entry === expected[f] ? expectedPair[f] : pairsOf(entry);
    for (const end = pair + idCount[entry]; pair < end; pair++) entries[next[pairId[pair]]++] = entry;
    expected[f] = entry + 1;
    expectedPair[f] = pair;
  }
  release(next);
  return entries;
}

function idsOf(
  table: IdTable,
  joins: ReadonlyMap<number, number> | null,
  keys: readonly string[],
  keyOf: Uint16Array,
  leads: Uint8Array,
  start: Uint32Array,
  entries: Uint32Array,
): Omit<Ids, 'of'> {
  const find = (text: string): number => {
    let id = table.find(normaliseId(text) ?? '');
    // A decimal number that is no id itself may be one of Datadog's.
    if (id === NO_ID) id = table.find(hexOfDecimal(text.trim()) ?? '');
    return joins?.get(id) ?? id;
  };
  return {
    count: table.count,
    find,
    holding: (text, most) => [...new Set(table.holding(text, most).map((id) => joins?.get(id) ?? id))],
    text: (id) => table.text(id),
    key: (id) => keys[keyOf[id]],
    isTrace: (id) => id !== NO_ID && leads[id] === 1,
    entries: (id) => entries.subarray(start[id], start[id + 1]),
  };
}
