/** Indexes a segment of a file: lines in, columns out. Its first line is the first of an entry, or of the file. */
import type { Clock } from '../parse/clock.ts';
import { continuesEntry } from '../parse/lineHead.ts';
import type { LineParser } from '../parse/lineParser.ts';
import type { LineSink } from '../parse/lines.ts';
import type { FileProfile, FormatSet } from '../parse/profile.ts';
import { BLANK, ENTRY, type LineRecord, LOOSE, PARTIAL } from '../parse/record.ts';
import { EntryColumnBuilder, PairColumnBuilder } from './columns.ts';
import { createFileParser, type FileDates, type ParseOptions } from './fileParser.ts';
import { HashNumbers } from './hashNumbers.ts';
import { IdTable } from './idTable.ts';
import { NO_ID, NO_SERVICE } from './log.ts';
import { QuickLines } from './quickLines.ts';
import { ANYTHING, allUsed, type Checkpoint, type SegmentCounts, type SegmentIndex } from './segment.ts';

/** After so many bytes the place to go on from, should the file grow, is noted anew. */
const CHECKPOINT_EVERY = 1 << 16;
const RETRY_AFTER = 1 << 10;

/** Microseconds: lines of one stack trace are written at once, though a second may begin in between. */
const LONGEST_PAUSE = 1_000_000;

/** Shapes and layouts past their column's range share the last number. */
const MOST = 0xffff;
/** A text that is cut there tells as much. */
const LONGEST_SHAPE = 1 << 12;

export interface SegmentParse {
  /** Relative to the log's root. */
  path: string;
  profile: FileProfile;
  formats: FormatSet;
  options: ParseOptions & Partial<FileDates>;
  /** The clock of the segment before, where times hang on it. */
  clock?: Clock;
}

export class SegmentIndexer implements LineSink {
  readonly clock: Clock;
  readonly #from: number;
  readonly #parser: LineParser;
  #lines = 0;
  #blank = 0;
  #continuation = 0;
  #unrecognised = 0;
  #withMessage = 0;
  /** Where the record that a collector split began. */
  #partialLine = 0;
  #partialOffset = 0;
  #lastService = 0;
  #lastIsText = false;
  #lastStream = 0;
  #lastEnvelopeTime = Number.NaN;
  /** The format of the last entries, and how many they are: it seldom changes, so counts are kept aside. */
  #format = '';
  #ofFormat = 0;
  #formats = new Map<string, number>();
  #entries = new EntryColumnBuilder();
  #pairs = new PairColumnBuilder();
  #ids = new IdTable();
  readonly #quick = new QuickLines();
  #shapes: string[] = [];
  #shapeByHash = new HashNumbers();
  #layouts: string[][] = [];
  /** By the keys, whatever the kind of record: the same keys are one layout. */
  readonly #layoutByKeys = new Map<string, number>();
  /** By the number of the pattern. */
  readonly #layoutByPattern: number[] = [];
  /** The service that the file's name tells; its number is given when first needed. */
  readonly #ownService: string;
  #ownServiceNumber = 0;
  #checkpoint: Checkpoint | null = null;
  #nextCheckpoint: number;

  /** `from`: where in the file the segment begins. */
  constructor({ path, profile, formats, options, clock: given }: SegmentParse, from: number) {
    const { parser, clock } = createFileParser(path, profile, formats, options, given);
    this.clock = clock;
    this.#from = from;
    this.#nextCheckpoint = from + CHECKPOINT_EVERY;
    this.#parser = parser;
    this.#ownService = serviceOfFile(path);
  }

  line(buffer: Uint8Array, start: number, end: number, offset: number): void {
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
    const before = offset >= this.#nextCheckpoint && this.#parser.waiting === 0 ? this.#state(offset) : null;
    this.#lines++;
    const record = this.#parser.parse(buffer, start, end);
    if (before !== null) {
      // Whether another line starts an entry may hang on the lines before it, and those will not be read again.
      const starts = record.kind === ENTRY;
      if (starts) this.#checkpoint = before;
      this.#nextCheckpoint = offset + (starts ? CHECKPOINT_EVERY : RETRY_AFTER);
    }
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
    if (record.kind === BLANK) this.#blank++;
    else if (record.kind !== ENTRY && this.#continues(record)) this.#continue();
    else if (record.kind === ENTRY || record.kind === LOOSE) this.#entry(record, line, at - this.#from);
    else this.#unrecognised++;
    this.#lastStream = record.stream;
    this.#lastEnvelopeTime = record.envelopeTime;
  }

  /** Lines that hold nothing new are taken many at once. */
  lines(buffer: Uint8Array, start: number, end: number, base: number): number {
    const isText = this.#parser.isQuickText;
    const root = isText ? this.#quick.textHead : this.#parser.kernelRoot;
    const stop = Math.min(end, this.#nextCheckpoint - base);
    if (root === 0 || start >= stop || this.#parser.waiting > 0) return start;
    const quick = this.#quick;
    const offset = base - this.#from;
    const line = this.#lines + 1;
    const next = quick.take(
      root,
      isText,
      buffer,
      start,
      stop,
      end,
      offset,
      line,
      this.#entries,
      this.#pairs,
      this.#ids,
    );
    if (quick.taken > 0) {
      this.#lines += quick.taken;
      this.#lastService = 0;
      this.#lastIsText = isText;
    }
    return next;
  }

  #entry(record: LineRecord, line: number, offset: number): void {
    const entry = this.#entries.add();
    const { columns } = this.#entries;
    columns.time[entry] = record.time;
    columns.offset[entry] = offset;
    columns.line[entry] = line;
    columns.extraLines[entry] = Math.min(this.#lines - line, MOST);
    columns.level[entry] = record.level;
    columns.service[entry] = this.#serviceOf(record);
    columns.shape[entry] = this.#shapeOf(record);
    columns.layout[entry] = this.#layoutOf(record);
    columns.durationMs[entry] = record.durationMs;
    const firstPair = this.#pairs.count;
    for (let i = 0; i < record.idCount; i++) this.#addId(record, i, firstPair);
    columns.idCount[entry] = this.#pairs.count - firstPair;
    if (record.messageStart >= 0) this.#withMessage++;
    if (record.format !== this.#format) this.#countFormat(record.format);
    this.#ofFormat++;
    this.#lastService = record.service;
    this.#lastIsText = record.kind === ENTRY && !record.isFields;
    if (this.#parser.isQuickText) {
      if (this.#lastIsText) this.#quick.teachText(this.#parser, columns, entry);
      return;
    }
    const { plan } = this.#parser;
    if (plan !== null && record.joined === 0) this.#quick.teach(this.#parser, plan, columns, entry);
  }

  #addId(record: LineRecord, i: number, firstPair: number): void {
    const text = record.idCompared[i] ?? record.idText[i];
    const id =
      text === null ? this.#ids.intern(record.bytes, record.idStart[i], record.idEnd[i]) : this.#ids.internText(text);
    if (id === NO_ID) return;
    const { pairId } = this.#pairs.columns;
    for (let pair = firstPair; pair < this.#pairs.count; pair++) if (pairId[pair] === id) return;
    this.#pairs.add(id, record.idKey[i] > MOST ? 0 : record.idKey[i]);
  }

  /**
   * Under an entry of a text format anything goes on with it, unless its envelope tells of another stream or of a
   * pause; under any other only what looks like it.
   */
  #continues(record: LineRecord): boolean {
    if (this.#entries.count === 0 || (record.service !== 0 && record.service !== this.#lastService)) return false;
    if (continuesEntry(record.bytes, record.start, record.end)) return true;
    if (!this.#lastIsText || record.beginsEntry || record.stream !== this.#lastStream) return false;
    return !(record.envelopeTime - this.#lastEnvelopeTime > LONGEST_PAUSE);
  }

  #continue(): void {
    this.#continuation++;
    const { columns, count } = this.#entries;
    const last = count - 1;
    // Lines that came in between (blank ones) are inside the entry too.
    columns.extraLines[last] = Math.min(this.#lines - columns.line[last], MOST);
  }

  #serviceOf(record: LineRecord): number {
    // Services past the column's range are none: a key with so many values names something else.
    if (record.service !== 0) return Math.min(record.service - 1, NO_SERVICE);
    // In a file whose records name their service, one that does not is left without.
    if (this.#parser.namesService) return NO_SERVICE;
    if (this.#ownService === '') return NO_SERVICE;
    this.#ownServiceNumber ||= this.#parser.services.internText(this.#ownService);
    return Math.min(this.#ownServiceNumber - 1, NO_SERVICE);
  }

  #shapeOf(record: LineRecord): number {
    const hash = record.messageStart < 0 ? -1 : this.#parser.textIds.shape;
    const known = this.#shapeByHash.get(hash);
    if (known >= 0) return known;
    // Where every message has a shape of its own, shapes tell nothing.
    if (this.#shapes.length > MOST) return MOST;
    const shape = this.#shapes.length;
    if (shape === MOST) this.#shapes.push(ANYTHING);
    else this.#shapes.push(hash < 0 ? '' : this.#parser.textIds.shapeText(LONGEST_SHAPE));
    this.#shapeByHash.add(hash, shape);
    return shape;
  }

  #layoutOf(record: LineRecord): number {
    const plan = record.isFields ? this.#parser.fieldPlan : null;
    if (plan !== null) {
      if (plan.layout < 0) plan.layout = this.#numberLayout();
      return plan.layout;
    }
    this.#layoutByPattern[record.layout] ??= this.#numberLayout();
    return this.#layoutByPattern[record.layout];
  }

  #numberLayout(): number {
    const keys = this.#parser.keys();
    const name = JSON.stringify(keys);
    const layout = this.#layoutByKeys.get(name) ?? Math.min(this.#layouts.length, MOST);
    if (layout < this.#layouts.length) return layout;
    // The keys of entries with the last number are read from the entry where they are needed.
    this.#layouts.push(layout === MOST ? [] : keys);
    if (layout < MOST) this.#layoutByKeys.set(name, layout);
    return layout;
  }

  /** The rows that the kernel gave count like entries that were parsed. */
  #countRows(): void {
    for (const taken of this.#quick.ofLayout) {
      if (!taken || taken.rows === 0) continue;
      this.#formats.set(taken.format, (this.#formats.get(taken.format) ?? 0) + taken.rows);
      if (taken.hasMessage) this.#withMessage += taken.rows;
      taken.rows = 0;
    }
  }

  #countFormat(next: string): void {
    if (this.#ofFormat > 0) this.#formats.set(this.#format, (this.#formats.get(this.#format) ?? 0) + this.#ofFormat);
    this.#format = next;
    this.#ofFormat = 0;
  }

  #counts(): SegmentCounts {
    this.#countRows();
    this.#countFormat(this.#format);
    return {
      lines: this.#lines,
      blank: this.#blank,
      continuation: this.#continuation,
      unrecognised: this.#unrecognised,
      withMessage: this.#withMessage,
      formats: Object.fromEntries(this.#formats),
      switchedOff: this.#parser.switchedOff,
      assumed: { zone: this.clock.assumedZone, year: this.clock.assumedYear },
    };
  }

  #state(offset: number): Checkpoint {
    return {
      offset,
      entries: this.#entries.count,
      pairs: this.#pairs.count,
      services: this.#parser.services.names.length - 1,
      shapes: this.#shapes.length,
      layouts: this.#layouts.length,
      idKeys: this.#parser.idKeys.names.length,
      ids: this.#ids.count,
      counts: this.#counts(),
    };
  }

  /** `to`: where in the file the segment ends. */
  finish(to: number): SegmentIndex {
    const counts = this.#counts();
    const undated = this.clock.assumedYear !== null;
    const { arena, start, hash, plain } = this.#ids.spellings;
    const firstSpellings = this.#ids.firstSpellings.slice();
    return {
      from: this.#from,
      to,
      linesBefore: 0,
      entries: this.#entries.finish(),
      pairs: this.#pairs.finish(),
      services: allUsed(this.#parser.services.names.slice(1)),
      shapes: allUsed(this.#shapes),
      layouts: allUsed(this.#layouts),
      idKeys: allUsed(this.#parser.idKeys.names),
      ids: {
        spellings: { arena: arena.slice(), start: start.slice(), hash: hash.slice(), plain: plain.slice() },
        used: firstSpellings,
        numbers: firstSpellings.map((_, i) => i + 1),
      },
      counts: { ...counts, unrecognised: counts.unrecognised + this.#parser.waiting },
      undated,
      checkpoint: undated ? null : this.#checkpoint,
    };
  }
}

/** `logs/stock-6bb8fcd48d-rfljt.log` and `stock.2026-08-01.log.1` → `stock`. */
function serviceOfFile(path: string): string {
  return (path.split('/').at(-1) ?? '')
    .replace(/(?:\.(?:log|jsonl?|ndjson|txt|out|err|gz|zst|\d{1,4}))+$/i, '')
    .replace(/[-_.]?\d{4}-?\d\d-?\d\d.*$/, '')
    .replace(/(?:\.(?:log|jsonl?|ndjson|txt|out|err))+$/i, '')
    .replace(/-[0-9a-f]{6,10}-[0-9a-z]{5}$|[-_]\d+$/, '');
}
