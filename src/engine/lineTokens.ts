/** What the pieces of a line of text mean, for highlighting and for the id under a cursor: saved or not. */
import { decodeUtf8, encodeUtf8 } from '../base/utf8.ts';
import type { LineToken } from '../model.ts';
import { LEVELS } from '../model.ts';
import type { IdAt } from '../protocol.ts';
import { placesOf } from './correlation/lookup.ts';
import { normaliseId } from './correlation/normalise.ts';
import { NO_LEVEL } from './index/log.ts';
import { idsOf } from './index/reader.ts';
import type { LineParser } from './parse/lineParser.ts';
import { ENTRY, LOOSE } from './parse/record.ts';

/** Longer lines are left to the grammar: nobody reads their middle, and each keystroke would cost. */
const LONGEST = 20_000;

/** Tokens of a line, in order, none overlapping. */
export function lineTokens(parser: LineParser, line: string): LineToken[] {
  if (line.length > LONGEST) return [];
  parser.reset();
  const bytes = encodeUtf8(line);
  const record = parser.parse(bytes, 0, bytes.length);
  if (record.kind !== ENTRY && record.kind !== LOOSE) return [];
  const tokens: LineToken[] = [];
  const add = (start: number, end: number, role: LineToken['role']) => {
    if (start < 0 || end <= start) return;
    const place = placeOf(line, bytes, record.inPlace, record.bytes, start, end);
    if (place < 0) return;
    const length =
      record.inPlace && bytes.length === line.length ? end - start : decoded(record.bytes, start, end).length;
    const token: LineToken = { start: place, length, role };
    if (role === 'level' && record.level !== NO_LEVEL) token.level = LEVELS[record.level];
    tokens.push(token);
  };
  add(record.timeStart, record.timeEnd, 'time');
  add(record.levelStart, record.levelEnd, 'level');
  add(record.serviceStart, record.serviceEnd, 'service');
  for (let i = 0; i < record.idCount; i++) add(record.idStart[i], record.idEnd[i], 'id');
  // What stands inside the message is a token of its own, and tokens may not overlap: the message is what is left.
  const starts = [
    record.timeStart,
    record.levelStart,
    record.serviceStart,
    ...record.idStart.subarray(0, record.idCount),
  ];
  if (!starts.some((start) => start >= record.messageStart && start < record.messageEnd)) {
    add(record.messageStart, record.messageEnd, 'message');
  }
  tokens.sort((a, b) => a.start - b.start || b.length - a.length);
  let end = 0;
  return tokens.filter((token) => {
    if (token.start < end) return false;
    end = token.start + token.length;
    return true;
  });
}

/** Where in the line (UTF-16 units from 0) a range of the record stands; -1 where it cannot be told. */
function placeOf(
  line: string,
  bytes: Uint8Array,
  inPlace: boolean,
  record: Uint8Array,
  start: number,
  end: number,
): number {
  if (!inPlace) return line.indexOf(decoded(record, start, end));
  return bytes.length === line.length ? start : decoded(bytes, 0, start).length;
}

function decoded(bytes: Uint8Array, start: number, end: number): string {
  return decodeUtf8(bytes, start, end);
}

/** The id at a column (from 1); where none is there, null. A column right behind an id counts, as in VS Code. */
export function idAt(parser: LineParser, line: string, column: number): IdAt | null {
  const bytes = encodeUtf8(line);
  parser.reset();
  const record = parser.parse(bytes, 0, bytes.length);
  for (const { key, value, normalised } of idsOf(parser, record)) {
    for (const place of placesOf(line, value)) {
      if (column >= place.start && column <= place.end) return { key, value, normalised, ...place };
    }
  }
  return wordAt(line, column);
}

/** The word at a column, for ids that only the index knows to be one: in stack traces, in prose. */
function wordAt(line: string, column: number): IdAt | null {
  const isWord = (at: number) => /[\w-]/.test(line[at] ?? '');
  let start = column - 1;
  let end = column - 1;
  while (start > 0 && isWord(start - 1)) start--;
  while (end < line.length && isWord(end)) end++;
  const value = line.slice(start, end);
  const normalised = normaliseId(value);
  if (normalised === null || value.length < 4 || !/\d/.test(value)) return null;
  return { key: '', value, normalised, start: start + 1, end: end + 1 };
}
