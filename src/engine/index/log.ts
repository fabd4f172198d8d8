/**
 * An indexed log as the rest of the engine sees it: columns over all entries of all files, and a
 * reader that takes single entries apart again. Correlation, anomalies, incident and timeline read
 * this and nothing else.
 *
 * Entry numbers run over files in order of path, then over lines; they index every column.
 */
import type { Entry, EntryRow, FileSummary, SkippedFile } from '../../model.ts';

/** Level column: the index in LEVELS, or NONE. */
export const NO_LEVEL = 255;
/** Service column: no service known. */
export const NO_SERVICE = 0xffff;
/** Trace column and id numbers: no id. Real ids count from 1. */
export const NO_ID = 0;
/** Column of parents: a span without a parent in the log, and an entry that is no recorded span. */
export const NO_PARENT = -1;
export const NO_SPAN = -2;

/** The message of like entries with its variables masked, as `Order <*> took <*>ms`. */
export interface Template {
  text: string;
}

export interface Columns {
  readonly count: number;
  /** Microseconds; NaN where the entry has no time. */
  readonly time: Float64Array;
  readonly file: Uint16Array;
  /** First line of the entry, from 1. */
  readonly line: Uint32Array;
  readonly level: Uint8Array;
  readonly service: Uint16Array;
  readonly template: Uint32Array;
  /** Which set of keys the entry has: entries with equal keys share one layout. */
  readonly layout: Uint16Array;
  /** The entry's leading correlation id (trace before correlation before request id). */
  readonly trace: Uint32Array;
  /** Milliseconds the entry says its work took (response time, duration); NaN where it says none. */
  readonly durationMs: Float32Array;
}

/** All ids of a log and the entries that hold each. */
export interface Ids {
  /** Ids are numbered from 1 to `count`. */
  readonly count: number;
  /** The number of a normalised id; NO_ID where the log has none such. */
  find(normalised: string): number;
  /** Ids whose text, in some form in which it is written or compared, holds a text in lower case; at most so many. */
  holding(text: string, most: number): number[];
  /** As first written. */
  text(id: number): string;
  /** The key it first stood under. */
  key(id: number): string;
  /** Whether entries have it as their leading correlation id. */
  isTrace(id: number): boolean;
  /** Entry numbers in order of time, then file, then line. Do not keep or change. */
  entries(id: number): Uint32Array;
  /** The ids that an entry holds, as it holds them. */
  of(entry: number): number[];
}

export interface Log extends Columns {
  readonly files: readonly FileSummary[];
  readonly skipped: readonly SkippedFile[];
  readonly services: readonly string[];
  readonly templates: readonly Template[];
  /** The keys of each layout, dotted, in order of appearance; of text formats, the group names. */
  readonly layouts: readonly (readonly string[])[];
  /** Entry numbers in order of time, then file, then line; an entry without time follows the one above it. */
  readonly order: Uint32Array;
  readonly ids: Ids;
  /** The entries of recorded spans whose parent is nowhere in the log, ascending. */
  readonly orphanSpans: readonly number[];
  /** Of each recorded span, the entry of its parent; null in a log without recorded spans. */
  readonly spanParent: Int32Array | null;
  /** The row of an entry, from columns alone. */
  row(entry: number): EntryRow;
  /** Reads entries back and takes them apart, in the order asked; batched reads, so ask for many at once. */
  read(entries: ArrayLike<number>): Promise<Entry[]>;
  /** Of these entries, in the order asked, those whose bytes may hold one of some words of ASCII letters and digits. */
  holding(entries: ArrayLike<number>, words: readonly string[]): Promise<number[]>;
}
