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
  let from: number | null = null;
  let to: number | null = null;
  let [withTimestamp, withLevel, withService, withId] = [0, 0, 0, 0];
  for (let entry = 0; entry < time.length; entry++) {
    if (level[entry] !== NO_LEVEL) withLevel++;
    if (service[entry] !== NO_SERVICE) withService++;
    if (idCount[entry] > 0) withId++;
    const t = time[entry];
    if (Number.isNaN(t)) continue;
    withTimestamp++;
    if (from === null || t < from) from = t;
    if (to === null || t > to) to = t;
  }
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
    withTimestamp,
    withLevel,
    withService,
    withMessage: sum((counts) => counts.withMessage),
    withId,
    from,
    to,
    assumed: segments.reduce<Assumed>((assumed, counts) => joinAssumed(assumed, counts.assumed), NOTHING),
  };
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
