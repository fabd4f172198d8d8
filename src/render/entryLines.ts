/**
 * Entries as aligned lines for reading: time, gap, level, service, short id, message, fields. What an entry has on
 * more lines (a stack trace, a message with breaks in it) follows below it, indented.
 */

import type { LineLayout, LinePart } from '../documents.ts';
import type { Entry, Field, Id, JoinedVia, Micros } from '../model.ts';
import { type ColourText, colouredAsIn } from './colourText.ts';
import { entryColumns, GAP_WIDTH, ID_WIDTH, TIME_WIDTH } from './entryColumns.ts';
import { otherFields } from './otherFields.ts';
import { cut, linesOf, visibleText } from './plain.ts';
import { pad } from './table.ts';
import { formatDuration } from './time.ts';

/** Editors stop drawing a line at 10,000 characters, and nobody reads as far; the source has all of it. */
const LONGEST_LINE = 6_000;
const MOST_LINES = 500;
const INDENT = '    ';
const SEPARATOR = '  ';

/** A line, and how many lines below the entry's first its source stands. */
export interface WrittenLine {
  text: string;
  parts: LinePart[];
  offset: number;
}

export interface EntryContext {
  layout: LineLayout;
  /** The time of the entry above it; null where there is none. */
  previous: Micros | null;
  /** Through what it joins the trace that is shown, where it does not hold its id. */
  via: JoinedVia | null;
}

/** `source`: the lines that the entry was read from. */
export function entryLines(entry: Entry, source: readonly string[], context: EntryContext): WrittenLine[] {
  const { layout } = context;
  const id = entry.ids[0];
  const line = new LineWriter(entry.ids);
  const { time, level, service } = entryColumns(entry, layout.serviceWidth);
  line.column(time, 'time');
  if (layout.hasGap) line.column(gapText(entry.timestamp, context.previous));
  line.column(level, 'level', entry.level === null ? {} : { level: entry.level });
  if (service !== '') line.column(service, 'service');
  if (layout.hasId) line.column(pad(id === undefined ? '' : shortId(id.value), ID_WIDTH), 'id', id && { id });
  const [message, ...rest] = linesOf(entry.message);
  line.text(colouredAsIn(message, source[0] ?? ''));
  const below = [rest];
  const isShown = ({ key, value }: Field): boolean =>
    entry.ids.some((each) => {
      const isKnown = each.normalised === layout.shared || (layout.hasId && each === id);
      return isKnown && each.key === key && each.value === value;
    });
  for (const { key, value } of otherFields(entry)) {
    if (isShown({ key, value })) continue;
    const lines = typeof value === 'string' ? linesOf(value) : [];
    if (lines.length > 1) below.push(lines);
    else line.field(key, typeof value === 'string' ? wordText(value) : JSON.stringify(value));
  }
  if (context.via !== null) line.plain(joinedText(context.via));
  return [line.written(0), ...linesBelow(entry, source, below)];
}

/**
 * Whether a document's line was written of the same entry. Its gap depends on its neighbour, and what stands at its end
 * on the trace that the document shows; neither moves anything else.
 */
export function isSameLine(written: string, shown: string, { hasGap }: LineLayout): boolean {
  if (!hasGap || written.startsWith(INDENT)) return shown.startsWith(written);
  const from = TIME_WIDTH + SEPARATOR.length;
  const to = from + GAP_WIDTH;
  return shown.slice(0, from) === written.slice(0, from) && shown.slice(to).startsWith(written.slice(to));
}

/** Its beginning and its end, for ids made at one time begin alike. */
export function shortId(value: string): string {
  const text = visibleText(value);
  return text.length <= ID_WIDTH ? text : `${text.slice(0, 4)}…${text.slice(5 - ID_WIDTH)}`;
}

/** Why an entry is here that does not hold the id. */
export function joinedText(via: JoinedVia): string {
  const links = via.traces > 1 ? `; links to ${via.traces} traces, 1 likely` : '';
  return `(inferred: shares ${visibleText(via.key)} ${visibleText(via.id)}${links})`;
}

function gapText(time: Micros | null, previous: Micros | null): string {
  const gap = time === null || previous === null ? '' : `+${formatDuration((time - previous) / 1000)}`;
  // Of years between two entries, nobody counts the hours.
  return pad(gap.length > GAP_WIDTH ? gap.replace(/ \d+ h$/, '') : gap, GAP_WIDTH, 'right');
}

/** As it stands, or quoted where it would not be seen where it ends. */
function wordText(value: string): string {
  return value === '' || /[\s="]/.test(value) ? JSON.stringify(value) : value;
}

/** Lines of the source keep their line; those of a value that stands on the entry's own line have that one. */
function linesBelow(
  { ids, line, endLine }: Entry,
  source: readonly string[],
  texts: readonly (readonly string[])[],
): WrittenLine[] {
  const extra = endLine - line;
  const written: WrittenLine[] = [];
  for (const lines of texts) {
    // The lines behind an entry's first are its last value, one for one.
    const isSource = lines === texts.at(-1) && lines.length === extra;
    for (const [i, text] of lines.entries()) {
      const offset = isSource ? i + 1 : 0;
      if (written.length === MOST_LINES) return written;
      const below = new LineWriter(ids, INDENT);
      below.text(colouredAsIn(text, source[offset] ?? ''));
      written.push(below.written(offset));
    }
  }
  return written;
}

class LineWriter {
  readonly #parts: LinePart[] = [];
  readonly #ids: readonly Id[];
  #text: string;
  /** Behind the columns: where ids are looked for. */
  #from = 0;

  constructor(ids: readonly Id[], indent = '') {
    this.#ids = ids;
    this.#text = indent;
  }

  column(text: string, role?: LinePart['role'], more: Partial<LinePart> = {}): void {
    const length = text.trimEnd().length;
    if (role !== undefined && length > 0) this.#parts.push({ start: this.#text.length, length, role, ...more });
    this.#text += text + SEPARATOR;
    this.#from = this.#text.length;
  }

  text({ text, ranges }: ColourText): void {
    let last = 0;
    for (const { start, end, style } of ranges) {
      this.#text += visibleText(text.slice(last, start));
      const from = this.#text.length;
      this.#text += visibleText(text.slice(start, end));
      this.#parts.push({ start: from, length: this.#text.length - from, role: 'style', style });
      last = end;
    }
    this.#text += visibleText(text.slice(last));
  }

  field(key: string, value: string): void {
    if (this.#text.length < LONGEST_LINE) this.plain(`${visibleText(key)}=${visibleText(value)}`);
  }

  plain(text: string): void {
    this.#text += SEPARATOR + text;
  }

  written(offset: number): WrittenLine {
    const text = cut(this.#text, LONGEST_LINE).trimEnd();
    const parts = [...this.#parts, ...this.#idParts(text)].filter(({ start, length }) => start + length <= text.length);
    return { text, parts: parts.sort((a, b) => a.start - b.start), offset };
  }

  #idParts(text: string): LinePart[] {
    const parts: LinePart[] = [];
    for (const id of this.#ids) {
      const value = visibleText(id.value);
      if (value === '') continue;
      for (let at = text.indexOf(value, this.#from); at >= 0; at = text.indexOf(value, at + value.length)) {
        const isWord = !isLetter(text[at - 1]) && !isLetter(text[at + value.length]);
        const isTaken = parts.some(({ start, length }) => at < start + length && start < at + value.length);
        if (isWord && !isTaken) parts.push({ start: at, length: value.length, role: 'id', id });
      }
    }
    return parts;
  }
}

function isLetter(char: string | undefined): boolean {
  return char !== undefined && /[A-Za-z0-9]/.test(char);
}
