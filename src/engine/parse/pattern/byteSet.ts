/**
 * Sets of bytes as tables of 257 entries: one a byte, and one for the end of the text, so that "what may
 * come next" is asked of a table alone.
 */

export const END_OF_TEXT = 256;
export const SET_SIZE = 257;

export type ByteSet = Uint8Array;

export function emptySet(): ByteSet {
  return new Uint8Array(SET_SIZE);
}

export function setOf(...bytes: number[]): ByteSet {
  const set = emptySet();
  for (const byte of bytes) set[byte] = 1;
  return set;
}

export function range(from: number, to: number): ByteSet {
  return emptySet().fill(1, from, to + 1);
}

export function union(...sets: readonly ByteSet[]): ByteSet {
  const all = emptySet();
  for (const set of sets) for (let i = 0; i < SET_SIZE; i++) all[i] |= set[i];
  return all;
}

/** All bytes that are not in the set; the end of the text is no byte. */
export function complement(set: ByteSet): ByteSet {
  const rest = emptySet();
  for (let i = 0; i < END_OF_TEXT; i++) rest[i] = set[i] === 0 ? 1 : 0;
  return rest;
}

/** Whether no byte is in both; the end of the text does not count. */
export function disjoint(a: ByteSet, b: ByteSet): boolean {
  for (let i = 0; i < END_OF_TEXT; i++) if (a[i] !== 0 && b[i] !== 0) return false;
  return true;
}

/** The only byte of a set; -1 where there are more or none. */
export function singleOf(set: ByteSet): number {
  const first = set.indexOf(1);
  return first >= 0 && first < END_OF_TEXT && set.indexOf(1, first + 1) < 0 ? first : -1;
}

export function isAnyByte(set: ByteSet): boolean {
  return set.indexOf(0) === END_OF_TEXT;
}

/** With the other case of every ASCII letter in it. */
export function foldCase(set: ByteSet): ByteSet {
  const folded = set.slice();
  for (let c = 0x61; c <= 0x7a; c++) {
    if (set[c] !== 0) folded[c - 0x20] = 1;
    if (set[c - 0x20] !== 0) folded[c] = 1;
  }
  return folded;
}

const NOT_ASCII = range(0x80, 0xff);
export const ANY = range(0, 0xff);
/** Anything, the end of the text included. */
export const ANYTHING = range(0, END_OF_TEXT);
export const DIGITS = range(0x30, 0x39);
/** Bytes of characters outside ASCII count as letters: names are written in every script. */
export const WORD = union(DIGITS, range(0x41, 0x5a), range(0x61, 0x7a), setOf(0x5f), NOT_ASCII);
export const SPACES = setOf(0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20);
