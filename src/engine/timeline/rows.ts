/** The rows of the picture, and the row an entry stands on. */
import type { Report } from '../../incident.ts';
import { LEVELS } from '../../model.ts';
import type { TimelineRow, TimelineScope } from '../../protocol.ts';
import type { Log } from '../index/log.ts';
import { cascadeOrder } from './cascadeOrder.ts';

const WARN = LEVELS.indexOf('warn');
const ERROR = LEVELS.indexOf('error');
const FATAL = LEVELS.indexOf('fatal');

/** What model and marks share. Valid as long as the log and the report are. */
export interface TimelineRows {
  scope: TimelineScope;
  /** A service row with an empty name holds the entries whose service is not known. */
  rows: TimelineRow[];
  /** Entries of the scope that have a time, in order of it. Do not change. */
  entries: Uint32Array;
  /** The row of each service by its number; one more for entries without a service; -1 for none. */
  rowOfService: Int32Array;
  /** Entries that stand on a resource's row besides their service's own, in order of time. */
  evidence: { row: number; entries: Uint32Array }[];
  /** Those of the entries that are joined to the trace, and do not hold its id. */
  inferred: ReadonlySet<number>;
}

/**
 * Rows of the incident follow the cascade, then come services that have no part in it, by first
 * entry; rows of a trace are its services by first entry. Null where the scope has no entry with a
 * time. A trace's id is given as the index compares it; `joined` are the entries that join it without holding it.
 */
export function timelineRows(
  log: Log,
  scope: TimelineScope,
  report: Report,
  joined: readonly number[] = [],
): TimelineRows | null {
  const inferred = new Set(joined);
  const entries = withJoined(log, timed(log, entriesOf(log, scope)), joined);
  if (entries.length === 0) return null;
  const services = servicesByFirstEntry(log, entries);
  const nodes = new Map(report.cascade.nodes.map((node) => [node.name, node]));
  const rows: TimelineRow[] = [];
  const rowOfService = new Int32Array(log.services.length + 1).fill(-1);

  const addService = (service: number): void => {
    rowOfService[service] = rows.push(emptyRow(log.services[service] ?? '', 'service')) - 1;
  };
  if (scope.kind === 'incident') {
    const numbers = new Map(services.map((service) => [log.services[service] ?? '', service]));
    for (const name of cascadeOrder(report.cascade)) {
      const service = nodes.get(name)?.kind === 'service' ? numbers.get(name) : undefined;
      if (service === undefined) rows.push(emptyRow(name, nodes.get(name)?.kind ?? 'service'));
      else addService(service);
    }
  }
  for (const service of services) if (rowOfService[service] === -1) addService(service);

  const evidence = scope.kind === 'incident' ? resourceEvidence(log, rows, nodes) : [];
  countEntries(log, { rows, entries, rowOfService, evidence });
  if (scope.kind === 'incident') {
    for (const row of rows) {
      const node = nodes.get(row.name);
      if (node) Object.assign(row, { onset: node.onset, onsetCertainty: node.onsetCertainty });
    }
  } else {
    markFirstTrouble(log, rows, { entries, rowOfService, inferred });
  }
  return { scope, rows, entries, rowOfService, evidence, inferred };
}

/** The row of the entry's service. */
export function rowOfEntry(log: Log, rows: Pick<TimelineRows, 'rowOfService'>, entry: number): number {
  return rows.rowOfService[Math.min(log.service[entry], log.services.length)];
}

function entriesOf(log: Log, scope: TimelineScope): Uint32Array {
  if (scope.kind === 'incident') return log.order;
  const entries = log.ids.entries(log.ids.find(scope.id));
  // The index has them in order of the times that were written.
  return scope.clocks === 'applied' ? entries.slice().sort((a, b) => log.time[a] - log.time[b] || a - b) : entries;
}

/** The index keeps entries without a time beside their neighbours; a picture has no place for them. */
function timed(log: Log, entries: Uint32Array): Uint32Array {
  const hasTime = (entry: number): boolean => !Number.isNaN(log.time[entry]);
  return entries.every(hasTime) ? entries : entries.filter(hasTime);
}

/** Joined entries have a time, or they would not have been joined. */
function withJoined(log: Log, entries: Uint32Array, joined: readonly number[]): Uint32Array {
  if (joined.length === 0 || entries.length === 0) return entries;
  return Uint32Array.from([...entries, ...joined]).sort((a, b) => log.time[a] - log.time[b] || a - b);
}

function servicesByFirstEntry(log: Log, entries: Uint32Array): number[] {
  const seen = new Set<number>();
  for (const entry of entries) seen.add(Math.min(log.service[entry], log.services.length));
  return [...seen];
}

function emptyRow(name: string, kind: TimelineRow['kind']): TimelineRow {
  return { name, kind, entries: 0, warnings: 0, errors: 0, fatals: 0, onset: null, onsetCertainty: 'recorded' };
}

function resourceEvidence(
  log: Log,
  rows: TimelineRow[],
  nodes: Map<string, Report['cascade']['nodes'][number]>,
): TimelineRows['evidence'] {
  return rows.flatMap((row, index) => {
    if (row.kind !== 'resource') return [];
    const lines = new Set(nodes.get(row.name)?.evidence.map(({ entry }) => entry));
    const known = Uint32Array.from([...lines].filter((entry) => !Number.isNaN(log.time[entry])));
    return [{ row: index, entries: known.sort((a, b) => log.time[a] - log.time[b] || a - b) }];
  });
}

function countEntries(
  log: Log,
  { rows, entries, rowOfService, evidence }: Omit<TimelineRows, 'scope' | 'inferred'>,
): void {
  const count = (row: TimelineRow, level: number): void => {
    row.entries++;
    if (level === WARN) row.warnings++;
    else if (level === ERROR) row.errors++;
    else if (level === FATAL) row.fatals++;
  };
  for (const entry of entries) count(rows[rowOfEntry(log, { rowOfService }, entry)], log.level[entry]);
  for (const { row, entries: lines } of evidence) for (const entry of lines) count(rows[row], log.level[entry]);
}

/** Within one trace, a service's trouble begins with its first entry at WARN or above. */
function markFirstTrouble(
  log: Log,
  rows: TimelineRow[],
  { entries, rowOfService, inferred }: Pick<TimelineRows, 'entries' | 'rowOfService' | 'inferred'>,
): void {
  for (const entry of entries) {
    const row = rows[rowOfEntry(log, { rowOfService }, entry)];
    const level = log.level[entry];
    if (row.onset !== null || level < WARN || level >= LEVELS.length) continue;
    row.onset = log.time[entry];
    row.onsetCertainty = inferred.has(entry) ? 'inferred' : 'recorded';
  }
}
