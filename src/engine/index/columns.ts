/** The columns of one file while it is being indexed: they grow together, so an entry costs one check. */

export interface EntryColumns {
  time: Float64Array;
  offset: Float64Array;
  /** Bytes of the entry, its continuation lines included. */
  length: Uint32Array;
  line: Uint32Array;
  /** Lines of the entry after its first. */
  extraLines: Uint16Array;
  level: Uint8Array;
  service: Uint16Array;
  template: Uint32Array;
  layout: Uint16Array;
  durationMs: Float32Array;
}

/** Which entry holds which id under which key: parallel, by entry. */
export interface PairColumns {
  pairEntry: Uint32Array;
  pairId: Uint32Array;
  pairKey: Uint16Array;
}

const FIRST_ENTRIES = 256;

export class EntryColumnBuilder {
  count = 0;
  columns = entryColumns(FIRST_ENTRIES);

  /** The number of a new entry, whose columns are for the caller to set. */
  add(): number {
    if (this.count === this.columns.time.length) this.columns = copyEntries(this.columns, this.count, this.count * 2);
    return this.count++;
  }

  finish(): EntryColumns {
    return copyEntries(this.columns, this.count, this.count);
  }
}

export class PairColumnBuilder {
  count = 0;
  columns = pairColumns(FIRST_ENTRIES);

  add(entry: number, id: number, key: number): void {
    if (this.count === this.columns.pairId.length) this.columns = copyPairs(this.columns, this.count, this.count * 2);
    const { columns, count } = this;
    columns.pairEntry[count] = entry;
    columns.pairId[count] = id;
    columns.pairKey[count] = key;
    this.count++;
  }

  finish(): PairColumns {
    return copyPairs(this.columns, this.count, this.count);
  }
}

function entryColumns(size: number): EntryColumns {
  return {
    time: new Float64Array(size),
    offset: new Float64Array(size),
    length: new Uint32Array(size),
    line: new Uint32Array(size),
    extraLines: new Uint16Array(size),
    level: new Uint8Array(size),
    service: new Uint16Array(size),
    template: new Uint32Array(size),
    layout: new Uint16Array(size),
    durationMs: new Float32Array(size),
  };
}

function copyEntries(from: EntryColumns, count: number, size: number): EntryColumns {
  const to = entryColumns(size);
  for (const name of Object.keys(to) as (keyof EntryColumns)[]) to[name].set(from[name].subarray(0, count));
  return to;
}

function pairColumns(size: number): PairColumns {
  return { pairEntry: new Uint32Array(size), pairId: new Uint32Array(size), pairKey: new Uint16Array(size) };
}

function copyPairs(from: PairColumns, count: number, size: number): PairColumns {
  const to = pairColumns(size);
  for (const name of Object.keys(to) as (keyof PairColumns)[]) to[name].set(from[name].subarray(0, count));
  return to;
}
