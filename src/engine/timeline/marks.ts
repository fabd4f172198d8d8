/** Entries of a window as marks: each one where a row has few, else the worst of each bucket. */
import { LEVELS, type Micros } from '../../model.ts';
import type { TimelineMarks } from '../../protocol.ts';
import type { Log } from '../index/log.ts';
import { rowOfEntry, type TimelineRows } from './rows.ts';

/** Rows of growing columns; a window's marks are rows × buckets at the most, so arrays will do. */
interface Columns {
  time: number[];
  row: number[];
  level: number[];
  count: number[];
  entry: number[];
  inferred: number[];
}

/**
 * Marks between two times, both included. A row with at most `buckets` entries there gives one mark
 * an entry; a fuller one gives a mark a bucket, which leads to the first entry of the worst level.
 */
export function timelineMarks(log: Log, rows: TimelineRows, from: Micros, to: Micros, buckets: number): TimelineMarks {
  const lanes = [{ row: null, entries: window(log, rows.entries, from, to) }, ...evidenceLanes(log, rows, from, to)];
  const found: Columns = { time: [], row: [], level: [], count: [], entry: [], inferred: [] };
  const slots = Math.max(1, Math.floor(buckets));
  const width = (to - from) / slots || 1;

  const counts = new Uint32Array(rows.rows.length);
  const eachEntry = (visit: (entry: number, row: number) => void): void => {
    for (const { row, entries } of lanes) {
      for (const entry of entries) visit(entry, row ?? rowOfEntry(log, rows, entry));
    }
  };
  eachEntry((_entry, row) => {
    counts[row]++;
  });

  // The mark under way on each fuller row, and the bucket it stands for.
  const openMark = new Int32Array(rows.rows.length).fill(-1);
  const openBucket = new Int32Array(rows.rows.length).fill(-1);
  eachEntry((entry, row) => {
    const bucket = Math.min(slots - 1, Math.floor((log.time[entry] - from) / width));
    if (counts[row] <= slots || openBucket[row] !== bucket) {
      openMark[row] = append(found, log, entry, row, rows.inferred.has(entry));
      openBucket[row] = bucket;
    } else {
      merge(found, openMark[row], log, entry, rows.inferred.has(entry));
    }
  });
  return inOrder(found, from, to);
}

function append(found: Columns, log: Log, entry: number, row: number, isInferred: boolean): number {
  found.inferred.push(isInferred ? 1 : 0);
  found.time.push(log.time[entry]);
  found.row.push(row);
  found.level.push(log.level[entry]);
  found.count.push(1);
  return found.entry.push(entry) - 1;
}

function merge(found: Columns, mark: number, log: Log, entry: number, isInferred: boolean): void {
  if (!isInferred) found.inferred[mark] = 0;
  found.count[mark]++;
  if (rank(log.level[entry]) <= rank(found.level[mark])) return;
  found.level[mark] = log.level[entry];
  found.time[mark] = log.time[entry];
  found.entry[mark] = entry;
}

/** No level is below every level. */
function rank(level: number): number {
  return level < LEVELS.length ? level : -1;
}

function evidenceLanes(
  log: Log,
  rows: TimelineRows,
  from: Micros,
  to: Micros,
): { row: number; entries: Uint32Array }[] {
  return rows.evidence.map(({ row, entries }) => ({ row, entries: window(log, entries, from, to) }));
}

/** The part of the entries, which are in order of time, that lies between two times. */
function window(log: Log, entries: Uint32Array, from: Micros, to: Micros): Uint32Array {
  return entries.subarray(
    firstWhere(entries, (entry) => log.time[entry] >= from),
    firstWhere(entries, (entry) => log.time[entry] > to),
  );
}

/** Binary search: the index of the first entry for which the condition holds; it holds for all after it. */
function firstWhere(entries: Uint32Array, holds: (entry: number) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(entries[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The worst entry of a bucket may come after the next row's mark, so the order is made at the end. */
function inOrder(found: Columns, from: Micros, to: Micros): TimelineMarks {
  const order = Uint32Array.from(found.time.keys()).sort((a, b) => found.time[a] - found.time[b] || a - b);
  return {
    from,
    to,
    time: Float64Array.from(order, (mark) => found.time[mark]),
    row: Uint16Array.from(order, (mark) => found.row[mark]),
    level: Uint8Array.from(order, (mark) => found.level[mark]),
    count: Uint32Array.from(order, (mark) => found.count[mark]),
    entry: Uint32Array.from(order, (mark) => found.entry[mark]),
    inferred: Uint8Array.from(order, (mark) => found.inferred[mark]),
  };
}
