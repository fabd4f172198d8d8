/** What ids stand for, as far as it matters to those who ask what an incident did: who met it, and what came of it. */
import { ENTITY_RANK, idKeyRank, REQUEST_RANK, words } from '../correlation/idKeys.ts';
import { type Log, NO_ID } from '../index/log.ts';

/** Persons and their accounts, the clearest word first. */
const PERSONS = [
  'user',
  'customer',
  'member',
  'account',
  'client',
  'buyer',
  'shopper',
  'guest',
  'patient',
  'passenger',
];
/** What is done for somebody and then is done, the most telling word first. */
const DEEDS =
  'order payment purchase booking reservation transaction txn checkout invoice shipment delivery transfer refund subscription claim cart basket ticket job task'.split(
    ' ',
  );
/** Who or where, rather than what: a session is no user, a tenant has many. */
const NEITHER = /session|tenant|device|visitor|employee|span|parent|store|shop|warehouse|region|zone|merchant|seller/;

/** An id of one of these kinds is not asked about: it is a trace, a place, or a word that only looks like a key. */
export type Role = 'person' | 'deed' | 'thing' | 'unnamed' | 'other';

/** `order_id`, `data.orderId`, `Order` → `order`; empty for a bare `id`. */
export function kindOf(key: string): string {
  const all = words(key).filter((word) => !/^(?:id|ids|uuid|guid|no|number)$/.test(word));
  return (all.at(-1) ?? '').replace(/id$/, '');
}

export interface Named {
  role: Role;
  kind: string;
}

/** Keys are few and ids are many. */
export function roleReader(): (key: string) => Named {
  const known = new Map<string, Named>();
  return (key) => {
    let named = known.get(key);
    if (!named) {
      named = { role: roleOf(key), kind: kindOf(key) };
      known.set(key, named);
    }
    return named;
  };
}

export function roleOf(key: string): Role {
  const rank = idKeyRank(key);
  if (rank >= REQUEST_RANK) return 'other';
  const kind = kindOf(key);
  if (kind === '') return 'unnamed';
  if (NEITHER.test(words(key).join(' '))) return 'other';
  if (PERSONS.includes(kind)) return 'person';
  if (DEEDS.includes(kind)) return 'deed';
  // In a message any word may stand before an id; only a key of its own says that the word names it.
  return rank === ENTITY_RANK ? 'thing' : 'other';
}

/** Of two kinds of deeds, or of persons, the more telling first; what is in no list comes last. */
export function kindOrder(kind: string): number {
  const at = [...DEEDS, ...PERSONS].indexOf(kind);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

/** So many ids of a kind show whether it is done within a trace or two, as an order is and a product is not. */
const MOST_TRIED = 200;
const MOST_TRACES = 2;
const NEARLY_ALL = 0.8;
/** Where there are no traces: within this part of the log. */
const SHORT_LIFE = 0.2;

export function isDoneSoon(log: Log, ids: readonly number[], extent: number): boolean {
  const step = Math.max(1, Math.floor(ids.length / MOST_TRIED));
  let [tried, soon] = [0, 0];
  for (let i = 0; i < ids.length; i += step) {
    tried++;
    if (isSoon(log, log.ids.entries(ids[i]), extent)) soon++;
  }
  return soon >= NEARLY_ALL * tried;
}

function isSoon(log: Log, entries: Uint32Array, extent: number): boolean {
  const traces = new Set<number>();
  for (let i = 0; i < entries.length && traces.size <= MOST_TRACES; i++) {
    if (log.trace[entries[i]] !== NO_ID) traces.add(log.trace[entries[i]]);
  }
  if (traces.size > 0) return traces.size <= MOST_TRACES;
  const life = log.time[entries[entries.length - 1]] - log.time[entries[0]];
  return !(life > SHORT_LIFE * extent);
}
