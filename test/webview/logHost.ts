/** A host made of lines: the timeline of the engine over columns from memory, and a record of what was asked. */

import { applyClocks } from '../../src/engine/correlation/appliedClocks.ts';
import { timelineMarks } from '../../src/engine/timeline/marks.ts';
import { modelOfRows } from '../../src/engine/timeline/model.ts';
import { type TimelineRows, timelineRows } from '../../src/engine/timeline/rows.ts';
import type { Report } from '../../src/incident.ts';
import type { ClockOffset, Entry, Field, Hop } from '../../src/model.ts';
import type { CascadeHostApi, TimelineScope } from '../../src/protocol.ts';
import { type Line, logOfLines } from '../unit/engine/timeline/logOfLines.ts';

export interface HostLine extends Line {
  file?: string;
  line?: number;
  fields?: Field[];
}

export interface LogHost extends CascadeHostApi {
  /** Calls that the user would notice: `select 3`, `preview 3`, `open 3`, `open 3 beside`. */
  calls: string[];
  /** How often marks were asked for. */
  markRequests: number;
}

/** What the engine infers of a trace. */
export interface Inferred {
  joined: readonly number[];
  hops: readonly Hop[];
  /** What the clocks of services are apart. */
  offsets?: readonly ClockOffset[];
}

const NOTHING: Inferred = { joined: [], hops: [] };

export function logHost(
  lines: readonly HostLine[],
  report: Report,
  { joined, hops, offsets = [] }: Inferred = NOTHING,
): LogHost {
  const log = logOfLines(lines);
  const applied = applyClocks(log, offsets);
  const isApplied = (scope: TimelineScope) => scope.kind === 'trace' && scope.clocks === 'applied';
  const logFor = (scope: TimelineScope) => (isApplied(scope) ? applied.log : log);
  const known = new Map<string, TimelineRows | null>();
  const rowsOf = (scope: TimelineScope): TimelineRows | null => {
    const key = JSON.stringify(scope);
    if (!known.has(key)) known.set(key, timelineRows(logFor(scope), scope, report, joined));
    return known.get(key) ?? null;
  };
  const words = { sentence: ({ key }: { key: string }) => key };
  const entryOf = (entry: number): Entry | null => {
    const line = lines[entry];
    if (line === undefined) return null;
    return {
      entry,
      file: line.file ?? 'app.log',
      line: line.line ?? entry + 1,
      endLine: line.line ?? entry + 1,
      column: 1,
      timestamp: line.at === null ? null : line.at * 1e6,
      level: line.level ?? null,
      service: line.service ?? null,
      message: line.text ?? '',
      ids: line.trace === undefined ? [] : [{ key: 'trace_id', value: line.trace, normalised: line.trace }],
      fields: line.fields ?? (line.trace === undefined ? [] : [{ key: 'trace_id', value: line.trace }]),
    };
  };
  const host: LogHost = {
    calls: [],
    markRequests: 0,
    async model(scope) {
      const rows = rowsOf(scope);
      return rows && modelOfRows(logFor(scope), rows, report, words, hops, isApplied(scope) ? applied.shiftMs : null);
    },
    async marks(scope, from, to, buckets) {
      host.markRequests++;
      const rows = rowsOf(scope);
      if (rows === null) throw new Error('There are no marks without rows.');
      return timelineMarks(logFor(scope), rows, from, to, buckets);
    },
    async select(entry, preview) {
      if (preview) host.calls.push(`preview ${entry}`);
      return entryOf(entry);
    },
    async open(entry, beside) {
      host.calls.push(beside ? `open ${entry} beside` : `open ${entry}`);
    },
  };
  return host;
}
