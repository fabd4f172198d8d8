/**
 * Times in forms that only whole values of JSON have: `/Date(1785578400123+0200)/` of .NET's older serialisers, and
 * numbers with an exponent, as floats are written by some.
 */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import type { TimestampReader } from './timestamp.ts';

const SLASH = 0x2f;
const DOT = 0x2e;
const LETTER_E = 0x65;
const LONGEST = 40;

/** How many bytes stand behind the time that a value begins with; -1 where it begins with none. The reader holds it. */
export function readTimeValue(read: TimestampReader, bytes: Uint8Array, start: number, end: number): number {
  if (mayBeRare(bytes, start, end)) {
    const plain = plainEpoch(decodeUtf8(bytes, start, end));
    if (plain !== null) return read.read(encodeUtf8(plain), 0, plain.length) ? 0 : -1;
  }
  return read.read(bytes, start, end) ? end - read.end : -1;
}

function mayBeRare(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > LONGEST || end - start < 3) return false;
  if (bytes[start] === SLASH) return true;
  return bytes[start + 1] === DOT || (bytes[start + 1] | 0x20) === LETTER_E;
}

/** Numbers without an exponent in the digits that tell their unit; null for anything else. */
function plainEpoch(text: string): string | null {
  const dotNet = /^\/Date\((\d{12,14})(?:[+-]\d{4})?\)\/$/.exec(text);
  if (dotNet) return dotNet[1];
  if (!/^\d(?:\.\d+)?[eE]\+?\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  // Past ten digits there are no seconds, and what is behind the point is below the microsecond.
  return value < 1e10 ? value.toFixed(6) : value.toFixed(0);
}

/** A date alone, which a time of day in another value completes. */
const DATE = /^(?:\d{4}([-/.])\d\d?\1\d\d?|\d{8}|\d\d?([-/.])\d\d?\2\d{4})$/;

/** The date and the time of day as one text; null where the first is no date. */
export function joinedTime(date: string, ofDay: string): Uint8Array | null {
  return DATE.test(date) ? encodeUtf8(`${date} ${ofDay}`) : null;
}
