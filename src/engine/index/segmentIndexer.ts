/** Indexes a segment of a file: lines in, columns out. Its first line is the first of an entry, or of the file. */
import { continuesEntry } from '../parse/lineHead.ts';
import type { LineParser } from '../parse/lineParser.ts';
import type { LineSink } from '../parse/lines.ts';
import { BLANK, ENTRY, type LineRecord, LOOSE, PARTIAL } from '../parse/record.ts';
import { beginsList, recordsOnLine } from '../parse/recordsOnLine.ts';
import { EntryColumnBuilder, PairColumnBuilder } from './columns.ts';
import { NO_ID } from './log.ts';
import { QuickLines } from './quickLines.ts';
import { allUsed, type Checkpoint, type SegmentCounts, type SegmentIndex } from './segment.ts';
import { SegmentIds } from './segmentIds.ts';
import { SegmentNumbers } from './segmentNumbers.ts';

/** So near the segment's end the place to go on from, should the file grow, is looked for. */
const CHECKPOINT_WITHIN = 1 << 16;
const RETRY_AFTER = 1 << 10;

/** Microseconds: lines of one stack trace are written at once, though a second may begin in between. */
const LONGEST_PAUSE = 1_000_000;

/** What its column can hold. */
const MOST_LINES = 0xffff;

export class SegmentIndexer implements LineSink {
  readonly #from: number;
  readonly #parser: LineParser;
  readonly #numbers: SegmentNumbers;
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
  #ids = new SegmentIds();
  readonly #quick: QuickLines;
  #checkpoint: Checkpoint | null = null;
  #nextCheckpoint: number;

  /** `path` of the file, relative to the log's root; `from` and `to`: where in it the segment begins and should end. */
  constructor(path: string, parser: LineParser, from: number, to: number) {
    this.#from = from;
    this.#nextCheckpoint = Math.max(from + 1, to - CHECKPOINT_WITHIN);
    this.#parser = parser;
    this.#numbers = new SegmentNumbers(path, parser);
    this.#quick = new QuickLines(this.#numbers);
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
    if (beginsList(buffer, start, end) && this.#several(buffer, start, end, offset)) return;
    const record = this.#parser.parse(buffer, start, end);
    if (before !== null) {
      // Whether another line starts an entry may hang on the lines before it, and those will not be read again.
      const starts = record.kind === ENTRY;
      if (starts) this.#checkpoint = before;
      this.#nextCheckpoint = starts ? Number.POSITIVE_INFINITY : offset + RETRY_AFTER;
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
    else if (record.kind !== ENTRY && this.#several(buffer, start, end, offset)) return;
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
    const pairs = this.#parser.pairsRoot;
    if ((root === 0 && pairs === 0) || start >= stop || this.#parser.waiting > 0) return start;
    const quick = this.#quick;
    const offset = base - this.#from;
    const line = this.#lines + 1;
    const next = quick.take(
      root,
      pairs,
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
      this.#lastIsText = quick.lastIsText;
    }
    return next;
  }

  /** Makes an entry of each record on a line that holds several; false, and nothing done, where it does not. */
  #several(buffer: Uint8Array, start: number, end: number, offset: number): boolean {
    const parser = this.#parser;
    const places = parser.waiting > 0 ? null : recordsOnLine(buffer, start, end);
    if (places === null) return false;
    for (let i = 0; i < places.length; i += 2) {
      const record = parser.parse(buffer, places[i], places[i + 1]);
      if (record.kind !== ENTRY || !record.isFields) return false;
    }
    for (let i = 0; i < places.length; i += 2) {
      const record = parser.parse(buffer, places[i], places[i + 1]);
      this.#entry(record, this.#lines, offset + places[i] - start - this.#from);
    }
    return true;
  }

  #entry(record: LineRecord, line: number, offset: number): void {
    const entry = this.#entries.add();
    const { columns } = this.#entries;
    columns.time[entry] = record.time;
    columns.offset[entry] = offset;
    columns.line[entry] = line;
    columns.extraLines[entry] = Math.min(this.#lines - line, MOST_LINES);
    columns.level[entry] = record.level;
    columns.service[entry] = this.#numbers.serviceOf(record);
    columns.shape[entry] = this.#numbers.shapeOf(record);
    columns.layout[entry] = this.#numbers.layoutOf(record);
    columns.durationMs[entry] = record.durationMs;
    const firstPair = this.#pairs.count;
    for (let i = 0; i < record.idCount; i++) this.#addId(record, i, firstPair);
    columns.idCount[entry] = this.#pairs.count - firstPair;
    if (record.messageStart >= 0) this.#withMessage++;
    if (record.format !== this.#format) this.#countFormat(record.format);
    this.#ofFormat++;
    this.#lastService = record.service;
    this.#lastIsText = record.kind === ENTRY && !record.isFields;
    if (this.#lastIsText) {
      if (this.#parser.isQuickText) this.#quick.teachText(this.#parser, columns, entry);
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
    this.#pairs.add(id, this.#numbers.idKeyOf(record.idKey[i]));
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
    columns.extraLines[last] = Math.min(this.#lines - columns.line[last], MOST_LINES);
  }

  /** The rows that the kernel gave count like entries that were parsed. */
  #countRows(): void {
    const { ofText, ofFields } = this.#quick;
    for (const taken of [...ofText, ...ofFields]) {
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
    const { clock } = this.#parser;
    return {
      lines: this.#lines,
      blank: this.#blank,
      continuation: this.#continuation,
      unrecognised: this.#unrecognised,
      withMessage: this.#withMessage,
      formats: Object.fromEntries(this.#formats),
      switchedOff: this.#parser.switchedOff,
      assumed: { zone: clock.assumedZone, year: clock.assumedYear },
    };
  }

  #state(offset: number): Checkpoint {
    const { services, shapes, layouts, idKeys } = this.#numbers;
    return {
      offset,
      entries: this.#entries.count,
      pairs: this.#pairs.count,
      services: services.length,
      shapes: shapes.length,
      layouts: layouts.length,
      idKeys: idKeys.length,
      ids: this.#ids.count,
      counts: this.#counts(),
    };
  }

  /** `to`: where in the file the segment ends. */
  finish(to: number): SegmentIndex {
    const counts = this.#counts();
    const undated = this.#parser.clock.assumedYear !== null;
    const { services, shapes, layouts, idKeys } = this.#numbers;
    return {
      from: this.#from,
      to,
      linesBefore: 0,
      entries: this.#entries.finish(),
      pairs: this.#pairs.finish(),
      services: allUsed(services),
      shapes: allUsed(shapes),
      layouts: allUsed(layouts),
      idKeys: allUsed(idKeys),
      ids: this.#ids.finish(),
      counts: { ...counts, unrecognised: counts.unrecognised + this.#parser.waiting },
      undated,
      checkpoint: undated ? null : this.#checkpoint,
    };
  }
}
