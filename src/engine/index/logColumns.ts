/** The columns of a log while its segments are put together, one behind the other. */
import { release } from '../../base/release.ts';
import type { EntryColumns, PairColumns, Typed } from './columns.ts';
import { columnsOf, entryColumns, pairColumns } from './columns.ts';

/** What a log knows of its entries; `trace` is added when all ids are known. */
export interface LogColumns extends EntryColumns {
  file: Uint16Array;
  template: Uint32Array;
}

const FIRST = 1024;

/**
 * Grows by the share of the bytes that is still to come. Memory that was asked for and never written costs
 * nothing, so it asks for somewhat more than it expects to need.
 */
export class LogColumnBuilder {
  entries = 0;
  pairs = 0;
  columns: LogColumns = logColumns(FIRST);
  pairColumns: PairColumns = pairColumns(FIRST);

  /** `share` of the log, from 0 to 1, is in the columns once this is added. */
  reserve(entries: number, pairs: number, share: number): void {
    this.columns = grown(this.columns, this.entries, this.entries + entries, share, logColumns);
    this.pairColumns = grown(this.pairColumns, this.pairs, this.pairs + pairs, share, pairColumns);
  }
}

function grown<T extends { [K in keyof T]: Typed }>(
  columns: T,
  count: number,
  needed: number,
  share: number,
  make: (size: number) => T,
): T {
  const [any] = Object.values<Typed>(columns);
  if (needed <= any.length) return columns;
  const expected = share > 0 ? (needed / share) * 1.125 : needed;
  const larger = make(Math.ceil(Math.max(needed, Math.min(expected, needed * 64))));
  for (const name in larger) larger[name].set(columns[name].subarray(0, count));
  release(...columnsOf(columns));
  return larger;
}

function logColumns(size: number): LogColumns {
  return { ...entryColumns(size), file: new Uint16Array(size), template: new Uint32Array(size) };
}
