/**
 * Records of JSON that share a line: one behind the other, as writers leave them that lost a line end, or the
 * elements of a list. Where they begin is where their entries do.
 */
import { blanksEnd, valueEnd } from './jsonText.ts';

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;

/** Whether the line begins like a list of records. */
export function beginsList(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start > 3 && bytes[start] === OPEN_BRACKET && bytes[blanksEnd(bytes, start + 1, end)] === OPEN_BRACE;
}

/** The start and the end of each record, in turn; null where the line is no list of objects, nor several of them. */
export function recordsOnLine(bytes: Uint8Array, start: number, end: number): number[] | null {
  const isList = beginsList(bytes, start, end);
  if (!isList && bytes[start] !== OPEN_BRACE) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: number[] = [];
  let at = isList ? blanksEnd(bytes, start + 1, end) : start;
  while (at < end && bytes[at] === OPEN_BRACE) {
    const close = valueEnd(bytes, view, at, end, 0);
    if (close < 0) return null;
    found.push(at, close);
    at = blanksEnd(bytes, close, end);
    if (at < end && bytes[at] === COMMA) at = blanksEnd(bytes, at + 1, end);
  }
  if (isList && at < end && bytes[at] === CLOSE_BRACKET) at = blanksEnd(bytes, at + 1, end);
  return at === end && (isList || found.length > 2) ? found : null;
}
