/** Keys that users say hold ids, or hold none, beside what the conventions of the field say. */
import type { CorrelationKeys } from '../../protocol.ts';
import { CORRELATION_RANK, idKeyRank, NOT_AN_ID } from './idKeys.ts';

/** The rank of a (dotted) key as an id key: NOT_AN_ID, or below it, for the others. */
export type IdRank = (key: string) => number;

/** Of a key that holds no id whatever it looks like. */
export const NEVER_AN_ID = NOT_AN_ID - 1;

/** A key is meant by its last parts, whatever its case: `order_no` also means `body.Order_No`. */
export function idRankOf(own?: CorrelationKeys): IdRank {
  if (!own) return idKeyRank;
  const include = own.include.map((key) => key.toLowerCase());
  const exclude = own.exclude.map((key) => key.toLowerCase());
  return (key) => {
    const name = key.toLowerCase();
    if (exclude.some((one) => isMeant(one, name))) return NEVER_AN_ID;
    // What is already known to be more, a trace, stays so.
    return include.some((one) => isMeant(one, name)) ? Math.max(CORRELATION_RANK, idKeyRank(key)) : idKeyRank(key);
  };
}

function isMeant(wanted: string, key: string): boolean {
  return key === wanted || key.endsWith(`.${wanted}`);
}
