/** A file in numbers, from what its segments counted and from its columns. */
import type { Assumed, FileSummary } from '../../model.ts';
import type { EntryColumns } from './columns.ts';
import { NO_LEVEL, NO_SERVICE } from './log.ts';
import type { IndexedFile } from './mergedLog.ts';
import type { SegmentCounts } from './segment.ts';

export function fileSummary(
  { path, profile, content }: IndexedFile,
  segments: readonly SegmentCounts[],
  { time, level, service, idCount }: EntryColumns,
): FileSummary {
  const sum = (value: (counts: SegmentCounts) => number) => segments.reduce((all, counts) => all + value(counts), 0);
  const { first, last, dated } = rangeOf(time);
  return {
    path,
    format: [...content.layers, ...profile.envelopes, mostOf(segments) ?? 'none'].join(' > '),
    encoding: content.encoding,
    unpacked: content.unpacked,
    spans: null,
    lines: sum((counts) => counts.lines),
    entries: time.length,
    blankLines: sum((counts) => counts.blank),
    continuationLines: sum((counts) => counts.continuation),
    unrecognisedLines: sum((counts) => counts.unrecognised),
    withTimestamp: dated,
    withLevel: level.length - countOf8(level, NO_LEVEL),
    withService: service.length - countOf16(service, NO_SERVICE),
    withMessage: sum((counts) => counts.withMessage),
    withId: idCount.length - countOf8(idCount, 0),
    from: dated > 0 ? first : null,
    to: dated > 0 ? last : null,
    assumed: segments.reduce<Assumed>((assumed, counts) => joinAssumed(assumed, counts.assumed), NOTHING),
  };
}

// One loop for each column and kind of array: the compiler makes more of it than of one for all.
function rangeOf(time: Float64Array): { first: number; last: number; dated: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let dated = 0;
  for (let entry = 0; entry < time.length; entry++) {
    const t = time[entry];
    // Nothing is less or more than NaN.
    if (t < first) first = t;
    if (t > last) last = t;
    if (!Number.isNaN(t)) dated++;
  }
  return { first, last, dated };
}

function countOf8(column: Uint8Array, value: number): number {
  let count = 0;
  for (let entry = 0; entry < column.length; entry++) if (column[entry] === value) count++;
  return count;
}

function countOf16(column: Uint16Array, value: number): number {
  let count = 0;
  for (let entry = 0; entry < column.length; entry++) if (column[entry] === value) count++;
  return count;
}

const NOTHING: Assumed = { zone: null, year: null };

/** The zone that was worked out counts before the one taken for want of another. */
export function joinAssumed(first: Assumed, second: Assumed): Assumed {
  const told = [first.zone, second.zone].find((zone) => zone !== null && zone !== 'UTC');
  return { zone: told ?? first.zone ?? second.zone, year: first.year ?? second.year };
}

function mostOf(segments: readonly SegmentCounts[]): string | null {
  const counts = new Map<string, number>();
  for (const { formats } of segments) {
    for (const [name, count] of Object.entries(formats)) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  let most: string | null = null;
  for (const [name, count] of counts) if (most === null || count > (counts.get(most) ?? 0)) most = name;
  return most;
}
