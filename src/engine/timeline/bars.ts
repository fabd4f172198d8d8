/**
 * Bars of recorded spans, and those that log lines imply: the work an entry says it did, and how long a service had
 * part in a trace.
 */
import { LEVELS } from '../../model.ts';
import type { TimelineBar } from '../../protocol.ts';
import type { Log } from '../index/log.ts';
import { isRecordedSpan } from './recordedSpan.ts';
import { rowOfEntry, type TimelineRows } from './rows.ts';

const ERROR = LEVELS.indexOf('error');
/** More bars than this are thinned: nobody tells them apart, and the model must stay small. */
const MOST_BARS = 4_000;

export function bars(log: Log, rows: TimelineRows): TimelineBar[] {
  const extents = rows.scope.kind === 'trace' ? serviceExtents(log, rows) : [];
  return [...extents, ...durations(log, rows)];
}

/** From a service's first to its last entry in the trace. */
function serviceExtents(log: Log, rows: TimelineRows): TimelineBar[] {
  const extents = new Map<number, TimelineBar>();
  for (const entry of rows.entries) {
    const row = rowOfEntry(log, rows, entry);
    const time = log.time[entry];
    const extent = extents.get(row);
    if (extent === undefined) {
      const { name } = rows.rows[row];
      extents.set(row, { row, from: time, to: time, name, inferred: true, error: isError(log, entry), entry });
    } else {
      extent.to = time;
      extent.error ||= isError(log, entry);
    }
  }
  return [...extents.values()].filter(({ from, to }) => to > from);
}

/** A span has the time of its begin. Any other entry is written when its work is done: that began a duration earlier. */
function durations(log: Log, rows: TimelineRows): TimelineBar[] {
  return longest(log, rows).map((entry) => {
    const isSpan = isRecordedSpan(log, entry);
    const time = log.time[entry];
    const micros = log.durationMs[entry] * 1000;
    return {
      row: rowOfEntry(log, rows, entry),
      from: isSpan ? time : time - micros,
      to: isSpan ? time + micros : time,
      name: log.templates[log.template[entry]]?.text ?? '',
      inferred: !isSpan,
      error: isError(log, entry),
      entry,
    };
  });
}

/** All entries with a duration where they are few, else the longest of each bucket and row. */
function longest(log: Log, { entries, rows, rowOfService }: TimelineRows): number[] {
  const found: number[] = [];
  for (const entry of entries) if (log.durationMs[entry] > 0) found.push(entry);
  if (found.length <= MOST_BARS) return found;

  const from = log.time[entries[0]];
  const buckets = Math.max(1, Math.floor(MOST_BARS / rows.length));
  const width = (log.time[entries[entries.length - 1]] - from) / buckets || 1;
  const kept = new Map<number, number>();
  for (const entry of found) {
    const bucket = Math.min(buckets - 1, Math.floor((log.time[entry] - from) / width));
    const slot = rowOfEntry(log, { rowOfService }, entry) * buckets + bucket;
    const rival = kept.get(slot);
    if (rival === undefined || log.durationMs[entry] > log.durationMs[rival]) kept.set(slot, entry);
  }
  return [...kept.values()];
}

function isError(log: Log, entry: number): boolean {
  return log.level[entry] >= ERROR && log.level[entry] < LEVELS.length;
}
