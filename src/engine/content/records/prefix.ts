/** The beginning of a JSON value that was cut off, as far as it can be understood. */
import type { Json } from '../../../model.ts';
import { parseJson } from './json.ts';

export interface Prefix {
  value: Json;
  /** What came after the last complete value. */
  rest: string;
}

/** Closes what is open behind the last complete value; null where that gives no JSON. */
export function parsePrefix(text: string): Prefix | null {
  const open: string[] = [];
  /** The brackets to close, and the end, of the longest prefix that can be closed. */
  let closable: { end: number; brackets: string } | null = null;
  const note = (end: number) => {
    closable = { end, brackets: open.toReversed().join('') };
  };
  let at = 0;
  while (at < text.length) {
    const c = text[at];
    if (c === '"') {
      const end = endOfString(text, at);
      if (end < 0) break;
      at = end;
      continue;
    }
    if (c === '{' || c === '[') {
      open.push(c === '{' ? '}' : ']');
      note(at + 1);
    } else if (c === '}' || c === ']') {
      if (open.pop() !== c) break;
      note(at + 1);
      if (open.length === 0) break;
    } else if (c === ',') note(at);
    at++;
  }
  const found = closable as { end: number; brackets: string } | null;
  if (found === null) return null;
  const value = parseJson(text.slice(0, found.end) + found.brackets);
  return value === undefined ? null : { value, rest: text.slice(found.end).replace(/^[\s,]+/, '') };
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
