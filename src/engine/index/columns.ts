/** The columns of one segment while it is being indexed: they grow together, so an entry costs one check. */

import { release } from '../../base/release.ts';

export interface EntryColumns {
  time: Float64Array;
  /** Bytes from the segment's start; where an entry ends is told by its lines. */
  offset: Uint32Array;
  line: Uint32Array;
  /** Lines of the entry after its first. */
  extraLines: Uint16Array;
  level: Uint8Array;
  service: Uint16Array;
  /** Position in the segment's list of shapes; the log's numbers of templates come from these. */
  shape: Uint16Array;
  layout: Uint16Array;
  durationMs: Float32Array;
  /** How many ids the entry holds: its pairs stand in order of entry. */
  idCount: Uint8Array;
}

/** The ids of the entries, and the keys they stand under: parallel, in order of entry. */
export interface PairColumns {
  pairId: Uint32Array;
  pairKey: Uint16Array;
}

const FIRST_ENTRIES = 256;

/** Columns that an earlier segment grew, to begin the next with: segments of a log are about alike. */
let spare: EntryColumns | null = null;

export class EntryColumnBuilder {
  count = 0;
  columns: EntryColumns;

  constructor() {
    this.columns = spare ?? entryColumns(FIRST_ENTRIES);
    spare = null;
  }

  /** The number of a new entry, whose columns are for the caller to set. */
  add(): number {
    if (this.count === this.columns.time.length) this.columns = grown(this.columns, entryColumns(this.count * 2));
    return this.count++;
  }

  /** The number of the first of several new entries, of one line and without ids. */
  addMany(count: number): number {
    let size = this.columns.time.length;
    while (size < this.count + count) size *= 2;
    if (size > this.columns.time.length) this.columns = grown(this.columns, entryColumns(size));
    // What an earlier segment left in spare columns.
    this.columns.extraLines.fill(0, this.count, this.count + count);
    this.columns.idCount.fill(0, this.count, this.count + count);
    this.count += count;
    return this.count - count;
  }

  /** To be called last: the columns are given to others. */
  finish(): EntryColumns {
    const columns = sliceColumns(this.columns, 0, this.count);
    dropSpareColumns();
    spare = this.columns;
    return columns;
  }
}

export function dropSpareColumns(): void {
  if (spare) release(...columnsOf(spare));
  spare = null;
}

export class PairColumnBuilder {
  count = 0;
  columns = pairColumns(FIRST_ENTRIES);

  add(id: number, key: number): void {
    if (this.count === this.columns.pairId.length) this.columns = grown(this.columns, pairColumns(this.count * 2));
    this.columns.pairId[this.count] = id;
    this.columns.pairKey[this.count] = key;
    this.count++;
  }

  /** The number of the first of several new pairs, which are for the caller to set. */
  addMany(count: number): number {
    let size = this.columns.pairId.length;
    while (size < this.count + count) size *= 2;
    if (size > this.columns.pairId.length) this.columns = grown(this.columns, pairColumns(size));
    this.count += count;
    return this.count - count;
  }

  /** To be called last: the columns are given to others. */
  finish(): PairColumns {
    const columns = sliceColumns(this.columns, 0, this.count);
    release(...columnsOf(this.columns));
    return columns;
  }
}

export function entryColumns(size: number): EntryColumns {
  return {
    time: new Float64Array(size),
    offset: new Uint32Array(size),
    line: new Uint32Array(size),
    extraLines: new Uint16Array(size),
    level: new Uint8Array(size),
    service: new Uint16Array(size),
    shape: new Uint16Array(size),
    layout: new Uint16Array(size),
    durationMs: new Float32Array(size),
    idCount: new Uint8Array(size),
  };
}

export function pairColumns(size: number): PairColumns {
  return { pairId: new Uint32Array(size), pairKey: new Uint16Array(size) };
}

export type Typed = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

/** Any set of columns by name; all of one length. */
type Columns<T> = { [K in keyof T]: Typed };

function grown<T extends Columns<T>>(from: T, to: T): T {
  for (const name in to) to[name].set(from[name]);
  release(...columnsOf(from));
  return to;
}

/** A part of each column, in memory of its own. */
export function sliceColumns<T extends Columns<T>>(columns: T, from: number, to: number): T {
  return mapColumns(columns, (column) => column.slice(from, to));
}

/** A part of each column, in the same memory. */
export function viewColumns<T extends Columns<T>>(columns: T, from: number, to: number): T {
  return mapColumns(columns, (column) => column.subarray(from, to));
}

export function columnsOf<T extends Columns<T>>(columns: T): Typed[] {
  return Object.values<Typed>(columns as Record<string, Typed>);
}

function mapColumns<T extends Columns<T>>(columns: T, part: (column: Typed) => Typed): T {
  const parts: Partial<T> = {};
  for (const name in columns) parts[name] = part(columns[name]) as T[typeof name];
  return parts as T;
}
