/** The level that a value of a record made of fields tells: a word, perhaps in colours, or a number on a scale. */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { levelAt, levelOfNumber, levelOnScale, type Scale } from '../formats/levels.ts';
import { NO_LEVEL } from '../index/log.ts';
import { STRING } from './fieldList.ts';

const ESCAPE = 0x1b;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const ANSI = /\u001b\[[\d;]*m/g;

export function levelIn(bytes: Uint8Array, start: number, end: number, type: number, scale: Scale | null): number {
  let level = type === STRING ? levelAt(bytes, start, end) : NO_LEVEL;
  if (level === NO_LEVEL && bytes[start] === ESCAPE) level = colouredLevel(decodeUtf8(bytes, start, end));
  if (level !== NO_LEVEL && scale === null) return level;
  const number = integerAt(bytes, start, end);
  return number >= 0 ? levelOf(number, scale) : level;
}

function levelOf(number: number, scale: Scale | null): number {
  return scale === null ? levelOfNumber(number) : levelOnScale(number, scale);
}

/** Winston colours levels that it then writes as JSON. */
function colouredLevel(text: string): number {
  const bytes = encodeUtf8(text.replace(ANSI, '').trim());
  return levelAt(bytes, 0, bytes.length);
}

/** A whole number of up to five digits; -1 for anything else. */
function integerAt(bytes: Uint8Array, start: number, end: number): number {
  if (end <= start || end - start > 5) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at] - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
