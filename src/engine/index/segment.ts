/**
 * The index of a segment: a part of a file that was indexed by itself. Plain data, so that it can come from
 * another thread or from disk. Its numbers are its own; merging gives the log's.
 */
import type { Assumed } from '../../model.ts';
import { columnsOf, type EntryColumns, type PairColumns, viewColumns } from './columns.ts';
import type { Spellings } from './idTable.ts';

/** The shape that all messages past the bounds of an index share. */
export const ANYTHING = '<*>';

/** A list, and which of it the segment uses, in order of first appearance. */
export interface Used<T> {
  all: readonly T[];
  used: Uint32Array;
}

export interface SegmentCounts {
  lines: number;
  blank: number;
  continuation: number;
  unrecognised: number;
  withMessage: number;
  /** Entries by format. */
  formats: Record<string, number>;
  /** Formats that were no longer tried, because their patterns took too many steps on too many lines. */
  switchedOff: readonly string[];
  assumed: Assumed;
}

/** The state right before an entry near the segment's end: what came after it can be cut off and read anew. */
export interface Checkpoint {
  /** Position in the file. */
  offset: number;
  entries: number;
  pairs: number;
  /** How much of each list was in use. */
  services: number;
  shapes: number;
  layouts: number;
  idKeys: number;
  ids: number;
  counts: SegmentCounts;
}

export interface SegmentIndex {
  /** Positions in the file: where the segment begins, and where it ends. */
  from: number;
  to: number;
  /** Lines before the segment that its line numbers count already. */
  linesBefore: number;
  entries: EntryColumns;
  pairs: PairColumns;
  services: Used<string>;
  shapes: Used<string>;
  /** The keys of each layout, dotted, in order of appearance. */
  layouts: Used<readonly string[]>;
  idKeys: Used<string>;
  /** Of each id in use: its first spelling and its number among the pairs, in order of first appearance. */
  ids: { spellings: Spellings; used: Uint32Array; numbers: Uint32Array };
  counts: SegmentCounts;
  /** Whether times hang on the lines before, because they name no day or no year. */
  undated: boolean;
  /** Whether it is but the rest of the segment before it, which was indexed earlier. */
  goesOn?: boolean;
  /** Null where there is none, or none that is of use because times hang on the lines before. */
  checkpoint: Checkpoint | null;
}

/** The segment up to its checkpoint. */
export function upToCheckpoint(segment: SegmentIndex, checkpoint: Checkpoint): SegmentIndex {
  const first = <T>({ all, used }: Used<T>, count: number): Used<T> => ({ all, used: used.subarray(0, count) });
  return {
    from: segment.from,
    to: checkpoint.offset,
    linesBefore: segment.linesBefore,
    entries: viewColumns(segment.entries, 0, checkpoint.entries),
    pairs: viewColumns(segment.pairs, 0, checkpoint.pairs),
    services: first(segment.services, checkpoint.services),
    shapes: first(segment.shapes, checkpoint.shapes),
    layouts: first(segment.layouts, checkpoint.layouts),
    idKeys: first(segment.idKeys, checkpoint.idKeys),
    ids: {
      spellings: segment.ids.spellings,
      used: segment.ids.used.subarray(0, checkpoint.ids),
      numbers: segment.ids.numbers.subarray(0, checkpoint.ids),
    },
    counts: checkpoint.counts,
    undated: segment.undated,
    checkpoint: null,
  };
}

/** All of a list, in its own order. */
export function allUsed<T>(all: readonly T[]): Used<T> {
  const used = new Uint32Array(all.length);
  for (let i = 0; i < used.length; i++) used[i] = i;
  return { all, used };
}

/** The memory of a segment that nothing else uses. */
export function segmentBuffers(segment: SegmentIndex): ArrayBuffer[] {
  const { entries, pairs, services, shapes, layouts, idKeys, ids } = segment;
  const used = [services.used, shapes.used, layouts.used, idKeys.used, ids.used, ids.numbers];
  const arrays = [...columnsOf(entries), ...columnsOf(pairs), ...used];
  return [...arrays, ...Object.values<Uint8Array | Uint32Array>({ ...ids.spellings })].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}
