/** A log as merging leaves it: the columns the engine reads, and where the entries of each segment stand in them. */
import type { EntryRow, FileSummary, Micros } from '../../model.ts';
import { LEVELS } from '../../model.ts';
import type { ContentInfo } from '../content/unpack.ts';
import type { FileProfile } from '../parse/profile.ts';
import { type PairColumns, viewColumns } from './columns.ts';
import type { IdTable } from './idTable.ts';
import { type Log, NO_LEVEL, NO_SERVICE } from './log.ts';
import type { LogColumns } from './logColumns.ts';
import type { Checkpoint, SegmentCounts, SegmentIndex } from './segment.ts';

/** What is known of a file beside its entries. */
export interface IndexedFile {
  /** Relative to the log's root. */
  path: string;
  /** Of its content, as far as it was read. */
  bytes: number;
  /** What it takes on disk; the same as `bytes` for plain files. */
  diskBytes: number;
  content: ContentInfo;
  profile: FileProfile;
  /** The time near which times without a day or a year were put; null where they stand by themselves. */
  near: Micros | null;
  /** When it was last written; null where the source does not know. */
  modified: Micros | null;
  /** Of the bytes that were indexed. */
  fingerprint: string;
}

/** Where in a log the entries of a segment are, and what of the log's lists they use, in order of first appearance. */
export interface SegmentPlace {
  file: number;
  from: number;
  to: number;
  firstEntry: number;
  firstPair: number;
  linesBefore: number;
  services: Uint32Array;
  shapes: Uint32Array;
  layouts: Uint32Array;
  idKeys: Uint32Array;
  /** Of each id its spelling in the segment. */
  ids: Uint32Array;
  counts: SegmentCounts;
  undated: boolean;
  checkpoint: Checkpoint | null;
}

/** All of a log but the reading back of text. */
export interface MergedLog extends Omit<Log, 'read' | 'holding'> {
  readonly indexed: readonly IndexedFile[];
  /** Number of the first entry of each file; one more at the end. */
  readonly firstEntry: readonly number[];
  /** The entry that covers a line; -1 where none does. */
  entryAt(file: number, line: number): number;
  /** Formats that were no longer tried in some part of the log, because their patterns took too many steps. */
  switchedOff: readonly string[];
  /** Where in its file an entry begins, and where at the latest it ends. */
  rangeOf(entry: number): { from: number; to: number };
  /** The segments of a file, to be merged into the next generation of the log. */
  segmentsOf(file: number): SegmentIndex[];
}

/** What a log consists of. */
export interface LogParts {
  columns: LogColumns;
  pairs: PairColumns;
  places: readonly SegmentPlace[];
  files: readonly IndexedFile[];
  summaries: readonly FileSummary[];
  firstEntry: readonly number[];
  services: readonly string[];
  shapes: readonly string[];
  layouts: readonly (readonly string[])[];
  idKeys: readonly string[];
  ids: IdTable;
}

/** The number of the last that begins at or before `wanted`; -1 where none does. */
function lastAtOrBefore(count: number, startOf: (i: number) => number, wanted: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startOf(middle) <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** An entry with so many lines, or more, goes on up to the next one: its column counts no further. */
const MOST_LINES = 0xffff;

function lastLineOf({ columns, firstEntry, summaries }: LogParts, entry: number): number {
  const { line, extraLines, file } = columns;
  if (extraLines[entry] < MOST_LINES) return line[entry] + extraLines[entry];
  return entry + 1 < firstEntry[file[entry] + 1] ? line[entry + 1] - 1 : summaries[file[entry]].lines;
}

export function entryAt(parts: LogParts, file: number, line: number): number {
  const { columns, firstEntry } = parts;
  const first = firstEntry[file];
  const entry = first + lastAtOrBefore(firstEntry[file + 1] - first, (i) => columns.line[first + i], line);
  return entry >= first && line <= lastLineOf(parts, entry) ? entry : -1;
}

export function rangeOf({ columns, places }: LogParts, entry: number): { from: number; to: number } {
  // Segments without entries begin at the same entry as the one after them, which is the last of them.
  const at = lastAtOrBefore(places.length, (i) => places[i].firstEntry, entry);
  const { from, to } = places[at];
  const end = at + 1 < places.length ? places[at + 1].firstEntry : columns.time.length;
  return { from: from + columns.offset[entry], to: entry + 1 < end ? from + columns.offset[entry + 1] : to };
}

export function rowOf(parts: LogParts, entry: number): EntryRow {
  const { columns, summaries, services } = parts;
  const { time, file, line, level, service } = columns;
  return {
    entry,
    file: summaries[file[entry]].path,
    line: line[entry],
    column: 1,
    endLine: lastLineOf(parts, entry),
    timestamp: Number.isNaN(time[entry]) ? null : time[entry],
    level: level[entry] === NO_LEVEL ? null : LEVELS[level[entry]],
    service: service[entry] === NO_SERVICE ? null : services[service[entry]],
  };
}

export function segmentsOf(parts: LogParts, file: number): SegmentIndex[] {
  const { columns, pairs, places, services, shapes, layouts, idKeys, ids } = parts;
  return places.flatMap((place, i) => {
    if (place.file !== file) return [];
    const next = places[i + 1];
    return {
      ...place,
      entries: viewColumns(columns, place.firstEntry, next?.firstEntry ?? columns.time.length),
      pairs: viewColumns(pairs, place.firstPair, next?.firstPair ?? pairs.pairId.length),
      services: { all: services, used: place.services },
      shapes: { all: shapes, used: place.shapes },
      layouts: { all: layouts, used: place.layouts },
      idKeys: { all: idKeys, used: place.idKeys },
      ids: {
        spellings: ids.spellings,
        used: place.ids,
        numbers: place.ids.map((spelling) => ids.idOf(spelling)),
      },
    };
  });
}
