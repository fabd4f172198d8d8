/** Makes one log of the segments of its files: one numbering of everything, one order in time. */
import { release } from '../../base/release.ts';
import type { SkippedFile } from '../../model.ts';
import type { IdRank } from '../correlation/ownIdKeys.ts';
import { recordedSpans } from '../correlation/recordedSpans.ts';
import { mineTemplates } from '../templates/drain.ts';
import type { PairColumns } from './columns.ts';
import { viewColumns } from './columns.ts';
import { fileSummary } from './fileSummary.ts';
import { IdTable } from './idTable.ts';
import { Interned } from './interned.ts';
import { joinPlaces } from './joinPlaces.ts';
import { NO_SERVICE } from './log.ts';
import { LogColumnBuilder } from './logColumns.ts';
import type { SegmentPlace } from './mergedLog.ts';
import { entryAt, type IndexedFile, type LogParts, type MergedLog, rangeOf, rowOf, segmentsOf } from './mergedLog.ts';
import { mergeIds } from './mergeIds.ts';
import { timeOrder } from './order.ts';
import { ANYTHING, type SegmentIndex, type Used } from './segment.ts';

/** The largest number of a key or a layout. */
const MOST = 0xffff;
/** Of a column whose every number means something. */
const NONE = MOST + 1;
/** Where more messages than this have a shape of their own, shapes tell nothing. */
const MOST_SHAPES = 1 << 17;
/** The keys of the layouts that found no room: they are read from the entry where they are needed. */
const UNKNOWN_KEYS: readonly string[] = [];
const layoutName = (keys: readonly string[]) => JSON.stringify(keys);

/**
 * Takes files in order of path, so that numbers do not hang on the order in which they were found, and of each
 * file the segments in order. A segment may be dropped as soon as it is added: none of its memory is kept.
 */
export class LogBuilder {
  readonly #columns = new LogColumnBuilder();
  readonly #services = new Interned<string>(NO_SERVICE);
  readonly #shapes = new Interned<string>(MOST_SHAPES);
  readonly #layouts = new Interned<readonly string[]>(MOST);
  readonly #idKeys = new Interned<string>(MOST);
  readonly #ids = new IdTable();
  readonly #files: IndexedFile[] = [];
  readonly #firstEntry: number[] = [];
  readonly #places: SegmentPlace[] = [];
  readonly #totalBytes: number;
  readonly #idRank: IdRank;
  #doneBytes = 0;
  #lines = 0;

  /** `totalBytes` of all files, as far as known: what to expect. */
  constructor(totalBytes: number, idRank: IdRank) {
    this.#totalBytes = totalBytes;
    this.#idRank = idRank;
  }

  /** Of the entries so far. Do not keep. */
  get times(): Float64Array {
    return this.#columns.columns.time.subarray(0, this.#columns.entries);
  }

  startFile(file: IndexedFile): void {
    this.#files.push(file);
    this.#firstEntry.push(this.#columns.entries);
    this.#lines = 0;
  }

  add(segment: SegmentIndex): void {
    const { entries, pairs } = segment;
    const count = entries.time.length;
    this.#doneBytes += segment.to - segment.from;
    this.#columns.reserve(count, pairs.pairId.length, this.#doneBytes / Math.max(1, this.#totalBytes));
    const { columns, pairColumns, entries: firstEntry, pairs: firstPair } = this.#columns;
    const file = this.#files.length - 1;
    const services = numbered(segment.services, this.#services, (name) => name);
    const shapes = numbered(segment.shapes, this.#shapes, (text) => text, ANYTHING);
    const layouts = numbered(segment.layouts, this.#layouts, layoutName, UNKNOWN_KEYS);
    const idKeys = numbered(segment.idKeys, this.#idKeys, (name) => name, '');

    columns.time.set(entries.time, firstEntry);
    columns.offset.set(entries.offset, firstEntry);
    columns.extraLines.set(entries.extraLines, firstEntry);
    columns.level.set(entries.level, firstEntry);
    columns.shape.set(entries.shape, firstEntry);
    columns.durationMs.set(entries.durationMs, firstEntry);
    columns.idCount.set(entries.idCount, firstEntry);
    columns.file.fill(file, firstEntry, firstEntry + count);
    shift(entries.line, columns.line, firstEntry, this.#lines - segment.linesBefore);
    widen(entries.shape, columns.template, firstEntry, shapes);
    renumber16(entries.service, columns.service, firstEntry, byNumber(segment.services.used, services), NO_SERVICE);
    renumber16(entries.layout, columns.layout, firstEntry, byNumber(segment.layouts.used, layouts), NONE);
    renumber16(pairs.pairKey, pairColumns.pairKey, firstPair, byNumber(segment.idKeys.used, idKeys), NONE);
    const ids = this.#adopt(segment, pairColumns, firstPair);

    const { from, to, counts, undated, checkpoint } = segment;
    const numbers = { services, shapes, layouts, idKeys, ids };
    const place = { file, from, to, firstEntry, firstPair, linesBefore: this.#lines, counts, undated, checkpoint };
    const before = segment.goesOn ? this.#places.pop() : undefined;
    const added = viewColumns(columns, firstEntry, firstEntry + count);
    const joined = before && joinPlaces(before, { ...place, ...numbers }, added);
    if (joined) this.#places.push(joined);
    else this.#places.push(...(before ? [before] : []), { ...place, ...numbers });
    this.#columns.entries += count;
    this.#columns.pairs += pairs.pairId.length;
    this.#lines += counts.lines;
  }

  /** Gives the segment's pairs the log's numbers of ids; of each id the log's number of its spelling. */
  #adopt({ ids, pairs }: SegmentIndex, to: PairColumns, at: number): Uint32Array {
    const spellings = this.#ids.adopt(ids.spellings, ids.used);
    const numbers = new Uint32Array(spellings.length);
    for (let i = 0; i < spellings.length; i++) numbers[i] = this.#ids.idOf(spellings[i]);
    const logNumbers = byNumber(ids.numbers, numbers);
    renumber32(pairs.pairId, to.pairId, at, logNumbers);
    release(numbers, logNumbers);
    return spellings;
  }

  finish(skipped: readonly SkippedFile[]): MergedLog {
    const { entries: count, pairs } = this.#columns;
    const columns = viewColumns(this.#columns.columns, 0, count);
    const pairColumns = viewColumns(this.#columns.pairColumns, 0, pairs);
    const firstEntry = [...this.#firstEntry, count];
    // Until here the column held shapes: which of them make a template is told by all of them together.
    const { template: templateOf, texts } = mineTemplates(this.#shapes.all);
    renumber32(columns.template, columns.template, 0, templateOf);
    const order = timeOrder(columns.time, firstEntry);
    const inTime = { order, file: columns.file, firstEntry };
    const { ids, trace } = mergeIds(this.#ids, this.#idKeys.all, columns.idCount, pairColumns, inTime, this.#idRank);
    const files = this.#files.map((file, i) => {
      const segments = this.#places.filter((place) => place.file === i).map(({ counts }) => counts);
      return fileSummary(file, segments, viewColumns(columns, firstEntry[i], firstEntry[i + 1]));
    });
    const spans = recordedSpans(
      {
        ...columns,
        trace,
        pairs: pairColumns,
        ids,
        idKeys: this.#idKeys.all,
        layouts: this.#layouts.all,
        firstEntry,
      },
      this.#files.map(({ content }) => content.unpacked),
    );
    for (const [i, counts] of spans.counts.entries()) if (counts !== null && counts.spans > 0) files[i].spans = counts;
    const parts: LogParts = {
      columns,
      pairs: pairColumns,
      places: this.#places,
      files: this.#files,
      summaries: files,
      firstEntry,
      services: this.#services.all,
      shapes: this.#shapes.all,
      layouts: this.#layouts.all,
      idKeys: this.#idKeys.all,
      ids: this.#ids,
    };
    const { time, file, line, level, service, template, layout, durationMs } = columns;
    return {
      switchedOff: [...new Set(this.#places.flatMap((place) => place.counts.switchedOff))].sort(),
      count,
      time,
      file,
      line,
      level,
      service,
      template,
      layout,
      durationMs,
      trace,
      order,
      ids,
      orphanSpans: spans.orphans,
      spanParent: spans.parent,
      files,
      skipped,
      services: parts.services,
      templates: texts.map((text) => ({ text })),
      layouts: parts.layouts,
      indexed: this.#files,
      firstEntry,
      row: (entry) => rowOf(parts, entry),
      entryAt: (file, line) => entryAt(parts, file, line),
      rangeOf: (entry) => rangeOf(parts, entry),
      segmentsOf: (file) => segmentsOf(parts, file),
    };
  }
}

/** The log's numbers of what a segment uses. What the log has no room for is `other`, or without that NO_SERVICE. */
function numbered<T>({ all, used }: Used<T>, log: Interned<T>, nameOf: (value: T) => string, other?: T): Uint32Array {
  const numbers = new Uint32Array(used.length);
  for (let i = 0; i < used.length; i++) {
    const value = all[used[i]];
    const number = value === undefined ? -1 : log.number(nameOf(value), value);
    if (number >= 0) numbers[i] = number;
    else numbers[i] = other === undefined ? NO_SERVICE : log.always(nameOf(other), other);
  }
  return numbers;
}

/** By the segment's number, the log's. */
function byNumber(old: Uint32Array, now: Uint32Array): Uint32Array {
  let size = 0;
  for (let i = 0; i < old.length; i++) if (old[i] >= size) size = old[i] + 1;
  const numbers = new Uint32Array(size);
  for (let i = 0; i < old.length; i++) numbers[old[i]] = now[i];
  return numbers;
}

/**
 * A number past the range of its column becomes `last`, and `last` stays what it is. One function for each width:
 * shared by several kinds of arrays, such a loop runs several times slower.
 */
function renumber16(from: Uint16Array, to: Uint16Array, at: number, numbers: Uint32Array, last: number): void {
  if (isIdentity(numbers)) {
    to.set(from, at);
    return;
  }
  for (let i = 0; i < from.length; i++) {
    const old = from[i];
    const now = old === last ? last : numbers[old];
    to[at + i] = now < last ? now : last;
  }
}

function widen(from: Uint16Array, to: Uint32Array, at: number, numbers: Uint32Array): void {
  for (let i = 0; i < from.length; i++) to[at + i] = numbers[from[i]];
}

function renumber32(from: Uint32Array, to: Uint32Array, at: number, numbers: Uint32Array): void {
  if (isIdentity(numbers)) to.set(from, at);
  else for (let i = 0; i < from.length; i++) to[at + i] = numbers[from[i]];
}

/** As in the first segment, and in most that follow it for what a log has few of. */
function isIdentity(numbers: Uint32Array): boolean {
  for (let i = 0; i < numbers.length; i++) if (numbers[i] !== i) return false;
  return true;
}

function shift(from: Uint32Array, to: Uint32Array, at: number, by: number): void {
  for (let i = 0; i < from.length; i++) to[at + i] = from[i] + by;
}
