/** Indexes one file: lines in, columns out. What it holds is numbered within the file; merging renumbers it. */
import { DAY, daysFromCivil, daysInMonth, LAST_YEAR } from '../../base/time.ts';
import type { FileSummary } from '../../model.ts';
import type { ContentInfo } from '../content/unpack.ts';
import { Clock } from '../parse/clock.ts';
import { continuesEntry, LineParser } from '../parse/lineParser.ts';
import type { LineSink } from '../parse/lines.ts';
import type { FileProfile, FormatSet } from '../parse/profile.ts';
import { BLANK, ENTRY, type LineRecord, LOOSE, PARTIAL } from '../parse/record.ts';
import { ShapeScanner } from '../templates/shape.ts';
import { EntryColumnBuilder, type EntryColumns, PairColumnBuilder, type PairColumns } from './columns.ts';
import { IdTable } from './idTable.ts';
import { NO_ID, NO_LEVEL, NO_SERVICE } from './log.ts';

export interface FileIndex extends EntryColumns, PairColumns {
  /** Relative to the log's root. */
  path: string;
  bytes: number;
  /** What the file takes on disk, and what it is beyond its content; absent for plain files. */
  diskBytes?: number;
  content?: ContentInfo;
  profile: FileProfile;
  summary: FileSummary;
  ids: IdTable;
  idKeys: readonly string[];
  services: readonly string[];
  templates: string[];
  layouts: string[][];
}

export interface ParseOptions {
  zone: string;
  year: number | null;
}

/** A parser for a file, the same for indexing and for reading entries back. */
export function createFileParser(path: string, profile: FileProfile, formats: FormatSet, options: ParseOptions) {
  const shape = new ShapeScanner();
  const clock = new Clock(options.zone, firstDay(path, options.year));
  return { parser: new LineParser(profile, formats, clock, shape), shape, clock };
}

export class FileIndexer implements LineSink {
  readonly #path: string;
  readonly #profile: FileProfile;
  readonly #parser: LineParser;
  readonly #shape: ShapeScanner;
  readonly #clock: Clock;
  #lines = 0;
  #blank = 0;
  #continuation = 0;
  #unrecognised = 0;
  #withMessage = 0;
  #withId = 0;
  /** Where the record that a collector split began. */
  #partialLine = 0;
  #partialOffset = 0;
  #lastService = 0;
  #lastIsText = false;
  #formats = new Map<string, number>();
  #entries = new EntryColumnBuilder();
  #pairs = new PairColumnBuilder();
  #ids = new IdTable();
  #templates: string[] = [];
  #templateByHash = new Map<number, number>();
  #layouts: string[][] = [];
  #layoutByHash = new Map<number, number>();
  /** The service that the file's name tells; its number is given when first needed. */
  readonly #ownService: string;
  #ownServiceNumber = 0;

  constructor(path: string, profile: FileProfile, formats: FormatSet, options: ParseOptions) {
    this.#path = path;
    this.#profile = profile;
    const { parser, shape, clock } = createFileParser(path, profile, formats, options);
    this.#parser = parser;
    this.#shape = shape;
    this.#clock = clock;
    this.#ownService = serviceOfFile(path);
  }

  line(buffer: Uint8Array, start: number, end: number, offset: number): void {
    this.#lines++;
    // A byte order mark is no part of the first line's record.
    if (
      offset === 0 &&
      end - start >= 3 &&
      buffer[start] === 0xef &&
      buffer[start + 1] === 0xbb &&
      buffer[start + 2] === 0xbf
    ) {
      start += 3;
      offset += 3;
    }
    const record = this.#parser.parse(buffer, start, end);
    this.#unrecognised += record.dropped;
    if (record.kind === PARTIAL) {
      if (this.#parser.waiting > 1) return;
      this.#partialLine = this.#lines;
      this.#partialOffset = offset;
      return;
    }
    this.#continuation += record.joined;
    const line = record.joined > 0 ? this.#partialLine : this.#lines;
    const at = record.joined > 0 ? this.#partialOffset : offset;
    const bytes = end - start;
    if (record.kind === BLANK) this.#blank++;
    else if (record.kind !== ENTRY && this.#continues(record)) this.#continue(offset + bytes);
    else if (record.kind === ENTRY || record.kind === LOOSE) this.#entry(record, line, at, offset + bytes - at);
    else this.#unrecognised++;
  }

  #entry(record: LineRecord, line: number, offset: number, length: number): void {
    const entry = this.#entries.add();
    const { columns } = this.#entries;
    columns.time[entry] = record.time;
    columns.offset[entry] = offset;
    columns.length[entry] = length;
    columns.line[entry] = line;
    columns.extraLines[entry] = this.#lines - line;
    columns.level[entry] = record.level;
    columns.service[entry] = this.#serviceOf(record);
    columns.template[entry] = this.#templateOf(record);
    columns.layout[entry] = this.#layoutOf(record);
    columns.durationMs[entry] = record.durationMs;
    const firstPair = this.#pairs.count;
    for (let i = 0; i < record.idCount; i++) this.#addId(record, i, entry, firstPair);
    if (record.messageStart >= 0) this.#withMessage++;
    if (this.#pairs.count > firstPair) this.#withId++;
    this.#formats.set(record.format, (this.#formats.get(record.format) ?? 0) + 1);
    this.#lastService = record.service;
    this.#lastIsText = record.kind === ENTRY && !record.isFields;
  }

  #addId(record: LineRecord, i: number, entry: number, firstPair: number): void {
    const text = record.idCompared[i] ?? record.idText[i];
    const id =
      text === null ? this.#ids.intern(record.bytes, record.idStart[i], record.idEnd[i]) : this.#ids.internText(text);
    if (id === NO_ID) return;
    const { pairId } = this.#pairs.columns;
    for (let pair = firstPair; pair < this.#pairs.count; pair++) if (pairId[pair] === id) return;
    this.#pairs.add(entry, id, record.idKey[i]);
  }

  /** Under an entry of a text format anything goes on with it; under any other only what looks like it. */
  #continues(record: LineRecord): boolean {
    if (this.#entries.count === 0 || (record.service !== 0 && record.service !== this.#lastService)) return false;
    return this.#lastIsText || continuesEntry(record.bytes, record.start, record.end);
  }

  #continue(end: number): void {
    this.#continuation++;
    const { columns, count } = this.#entries;
    const last = count - 1;
    const extra = this.#lines - columns.line[last];
    // Lines that came in between (blank ones) are inside the entry too.
    if (extra > 0xffff) return;
    columns.extraLines[last] = extra;
    columns.length[last] = end - columns.offset[last];
  }

  #serviceOf(record: LineRecord): number {
    // Services past the column's range are none: a key with so many values names something else.
    if (record.service !== 0) return Math.min(record.service - 1, NO_SERVICE);
    // In a file whose records name their service, one that does not is left without.
    if (this.#parser.namesService) return NO_SERVICE;
    if (this.#ownService === '') return NO_SERVICE;
    this.#ownServiceNumber ||= this.#parser.services.internText(this.#ownService);
    return this.#ownServiceNumber - 1;
  }

  #templateOf(record: LineRecord): number {
    const hash = record.messageStart < 0 ? -1 : this.#parser.shape;
    let template = this.#templateByHash.get(hash);
    if (template === undefined) {
      template = this.#templates.length;
      this.#templateByHash.set(hash, template);
      this.#templates.push(hash < 0 ? '' : this.#shape.text(record.bytes, record.messageStart, record.messageEnd));
    }
    return template;
  }

  /** Layouts past the column's range share the last number: their keys are then read from the entry. */
  #layoutOf(record: LineRecord): number {
    let layout = this.#layoutByHash.get(record.layout);
    if (layout === undefined) {
      layout = Math.min(this.#layouts.length, 0xffff);
      this.#layoutByHash.set(record.layout, layout);
      if (layout === this.#layouts.length) this.#layouts.push(this.#parser.keys());
    }
    return layout;
  }

  finish(bytes: number): FileIndex {
    this.#unrecognised += this.#parser.waiting;
    const columns = this.#entries.finish();
    const { time, level, service } = columns;
    let from: number | null = null;
    let to: number | null = null;
    let withTimestamp = 0;
    for (const t of time) {
      if (Number.isNaN(t)) continue;
      withTimestamp++;
      if (from === null || t < from) from = t;
      if (to === null || t > to) to = t;
    }
    const zone = this.#clock.assumedZone;
    return {
      path: this.#path,
      bytes,
      profile: this.#profile,
      summary: {
        path: this.#path,
        format: [...this.#profile.envelopes, mostOf(this.#formats) ?? 'none'].join(' > '),
        encoding: 'utf-8',
        unpacked: false,
        lines: this.#lines,
        entries: time.length,
        blankLines: this.#blank,
        continuationLines: this.#continuation,
        unrecognisedLines: this.#unrecognised,
        withTimestamp,
        withLevel: level.reduce((n, value) => (value === NO_LEVEL ? n : n + 1), 0),
        withService: service.reduce((n, value) => (value === NO_SERVICE ? n : n + 1), 0),
        withMessage: this.#withMessage,
        withId: this.#withId,
        from,
        to,
        assumed: { zone, year: this.#clock.assumedYear },
      },
      ...columns,
      ...this.#pairs.finish(),
      ids: this.#ids,
      idKeys: this.#parser.idKeys.names,
      services: this.#parser.services.names.slice(1),
      templates: this.#templates,
      layouts: this.#layouts,
    };
  }
}

function mostOf(counts: Map<string, number>): string | null {
  let most: string | null = null;
  for (const [name, count] of counts) if (most === null || count > (counts.get(most) ?? 0)) most = name;
  return most;
}

/** `logs/stock-6bb8fcd48d-rfljt.log` and `stock.2026-08-01.log.1` → `stock`. */
function serviceOfFile(path: string): string {
  return (path.split('/').at(-1) ?? '')
    .replace(/(?:\.(?:log|jsonl?|ndjson|txt|out|err|gz|zst|\d{1,4}))+$/i, '')
    .replace(/[-_.]?\d{4}-?\d\d-?\d\d.*$/, '')
    .replace(/(?:\.(?:log|jsonl?|ndjson|txt|out|err))+$/i, '')
    .replace(/-[0-9a-f]{6,10}-[0-9a-z]{5}$|[-_]\d+$/, '');
}

/** The day that bare times of day begin on: a date in the file's name, else the first day of the year. */
function firstDay(path: string, year: number | null): number {
  const date = /(\d{4})-?(\d\d)-?(\d\d)/.exec(path.split('/').at(-1) ?? '');
  const [y, m, d] = date ? date.slice(1).map(Number) : [0, 0, 0];
  const isDate = y >= 1970 && y <= LAST_YEAR && m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m);
  return (isDate ? daysFromCivil(y, m, d) : daysFromCivil(year ?? 1970, 1, 1)) * DAY;
}
