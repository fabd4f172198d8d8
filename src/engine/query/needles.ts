/**
 * What must stand in an entry's bytes for a query to hold, so that an entry need not be taken apart to be ruled out.
 * Only letters and digits that no writer escapes are looked for; an entry with escaped characters is never ruled out.
 */
import type { Test } from './syntax.ts';

/** An entry holds one of these, or the query is not for it; null where that cannot be told. */
export type Needles = readonly string[] | null;

const PIECES = /[a-z0-9_]+/g;
/** A shorter piece is nearly everywhere. */
const SHORTEST = 2;
/** With more alternatives than this, the looking takes longer than the reading. */
const MOST = 8;

export function needlesOf(test: Test): Needles {
  if (test.kind === 'text') return needlesOfText(test.value);
  if (test.kind !== 'words' || test.words.length === 0) return null;
  const each = test.words.map(needlesOfText);
  return test.all ? bestOf(each) : eitherOf(each);
}

/** With a point, as a log may write otherwise: `1785578400.123` as `1.785578400123e+09`. */
const FRACTION = /^[-+]?\d*\.\d*$/;

/** A pattern holds what stands between its wildcards. */
function needlesOfText(value: string): Needles {
  if (FRACTION.test(value)) return null;
  const pieces = value.match(PIECES) ?? [];
  const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '');
  return longest.length < SHORTEST ? null : [longest];
}

/** Of what must all hold, what rules out most: longer words in fewer alternatives. */
export function bestOf(all: readonly Needles[]): Needles {
  const weight = (needles: Needles): number =>
    needles === null ? 0 : Math.min(...needles.map(({ length }) => length)) / needles.length;
  return all.reduce((best, needles) => (weight(needles) > weight(best) ? needles : best), null);
}

export function eitherOf(all: readonly Needles[]): Needles {
  const found: string[] = [];
  for (const needles of all) {
    if (needles === null) return null;
    found.push(...needles);
  }
  return found.length === 0 || found.length > MOST ? null : [...new Set(found)];
}
