/** The beginning of a JSON value that was cut off, as far as it can be understood. */
import type { Json } from '../../../model.ts';
import { DEEPEST, parseJson } from './json.ts';

export interface Prefix {
  value: Json;
  /** What came after the last complete value. */
  rest: string;
}

/** Closes what is open behind the last complete value; null where that gives no JSON, or is nested too deep. */
export function parsePrefix(text: string): Prefix | null {
  /** What closes the brackets that are open at `end`: none is opened or closed after it. */
  const open: string[] = [];
  /** Of the longest prefix that can be closed. */
  let end = 0;
  let at = 0;
  while (at < text.length) {
    const c = text[at];
    if (c === '"') {
      const behind = endOfString(text, at);
      if (behind < 0) break;
      at = behind;
      continue;
    }
    if (c === '{' || c === '[') {
      if (open.push(c === '{' ? '}' : ']') > DEEPEST) return null;
      end = at + 1;
    } else if (c === '}' || c === ']') {
      if (open.at(-1) !== c) break;
      open.pop();
      end = at + 1;
      if (open.length === 0) break;
    } else if (c === ',') end = at;
    at++;
  }
  const value = parseJson(text.slice(0, end) + open.toReversed().join(''));
  return value === undefined ? null : { value, rest: text.slice(end).replace(/^[\s,]+/, '') };
}

/** The position behind the string that begins at `start`; -1 where it does not end, or cannot be one. */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x22) return at + 1;
    if (c === 0x5c) at++;
    else if (c < 0x20) return -1;
  }
  return -1;
}
