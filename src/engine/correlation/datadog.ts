/**
 * Datadog's tracers write the low 64 bits of a trace's 128, in decimal; the W3C's headers, all of them, in
 * hexadecimal. Where a log holds both, they are one id.
 *
 * Only an id that stands under a key of Datadog's is joined, and only with the one id of 128 bits that ends so:
 * ids whose low halves merely meet stay apart, and so does one that could be either of two. Refused: comparing
 * all ids by their low halves, because an application may count in them; joining while a file is read, because
 * what comes later would decide, and two workers would disagree.
 */
import type { PairColumns } from '../index/columns.ts';
import type { IdTable } from '../index/idTable.ts';
import { isDatadogKey, normaliseId } from './normalise.ts';

/** Of each id of 64 bits under a key of Datadog's, the id it is the low half of; null where there is none such. */
export function datadogJoins(
  table: IdTable,
  keys: readonly string[],
  { pairId, pairKey }: PairColumns,
): ReadonlyMap<number, number> | null {
  const ofDatadog = Uint8Array.from(keys, (key) => (isDatadogKey(key) ? 1 : 0));
  if (!ofDatadog.includes(1)) return null;
  const halves = new Map<string, number>();
  const seen = new Uint8Array(table.count + 1);
  for (let pair = 0; pair < pairId.length; pair++) {
    const id = pairId[pair];
    if (ofDatadog[pairKey[pair]] === 0 || seen[id] === 1) continue;
    seen[id] = 1;
    const text = normaliseId(table.text(id));
    if (text !== null && /^[0-9a-f]{16}$/.test(text)) halves.set(text, id);
  }
  const joins = new Map<number, number>();
  const either = new Set<number>();
  for (let id = 1; halves.size > 0 && id <= table.count; id++) {
    const half = halves.get(wholeOf(table.text(id)).slice(16));
    if (half === undefined) continue;
    if (joins.has(half)) either.add(half);
    joins.set(half, id);
  }
  for (const half of either) joins.delete(half);
  return joins.size > 0 ? joins : null;
}

/** The 32 digits of an id of 128 bits; nothing of any other. Most ids are written so: they need no closer look. */
function wholeOf(text: string): string {
  const whole = /^[0-9a-f]{32}$/i.test(text) ? text.toLowerCase() : text.length > 28 ? normaliseId(text) : null;
  return whole !== null && /^[0-9a-f]{32}$/.test(whole) ? whole : '';
}

/** The pairs with joined ids as one; an entry that holds both has it once. */
export function joinPairs(
  idCount: Uint8Array,
  { pairId, pairKey }: PairColumns,
  joins: ReadonlyMap<number, number>,
): { idCount: Uint8Array; pairs: PairColumns } {
  const joined: PairColumns = { pairId: new Uint32Array(pairId.length), pairKey: new Uint16Array(pairId.length) };
  const counts = new Uint8Array(idCount.length);
  let from = 0;
  let to = 0;
  for (let entry = 0; entry < idCount.length; entry++) {
    const first = to;
    for (const end = from + idCount[entry]; from < end; from++) {
      const id = joins.get(pairId[from]) ?? pairId[from];
      if (joined.pairId.subarray(first, to).includes(id)) continue;
      joined.pairId[to] = id;
      joined.pairKey[to++] = pairKey[from];
    }
    counts[entry] = to - first;
  }
  return { idCount: counts, pairs: joined };
}
