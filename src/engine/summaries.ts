/** A log in numbers: per service, and per service of one file, from columns alone. */

import { type EntryRow, LEVELS, type Level, type ServiceSummary } from '../model.ts';
import type { FileServiceSummary } from '../protocol.ts';
import { type Log, NO_LEVEL, NO_SERVICE } from './index/log.ts';

const ERROR = LEVELS.indexOf('error');
const FATAL = LEVELS.indexOf('fatal');
/** Below this many durations a percentile says nothing. */
const PERCENTILE_MIN = 20;

/** Services in order of name; `firstAnomaly` is for the analysis to fill. */
export function serviceSummaries(log: Log): ServiceSummary[] {
  const summaries = log.services.map(
    (name): ServiceSummary => ({
      name,
      entries: 0,
      errors: 0,
      fatals: 0,
      firstSeen: null,
      lastSeen: null,
      firstAnomaly: null,
    }),
  );
  for (let entry = 0; entry < log.count; entry++) {
    if (log.service[entry] === NO_SERVICE) continue;
    const summary = summaries[log.service[entry]];
    summary.entries++;
    const level = log.level[entry];
    if (level !== NO_LEVEL && level >= ERROR) summary.errors++;
    if (level === FATAL) summary.fatals++;
    const time = log.time[entry];
    if (Number.isNaN(time)) continue;
    if (summary.firstSeen === null || time < summary.firstSeen) summary.firstSeen = time;
    if (summary.lastSeen === null || time > summary.lastSeen) summary.lastSeen = time;
  }
  return summaries.filter((s) => s.entries > 0).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The services of the entries [from, to) of one file, those with the most entries first. */
export function fileServiceSummaries(log: Log, from: number, to: number): FileServiceSummary[] {
  const byService = new Map<
    number,
    { entries: number; errors: number; fatals: number; first: number; firstError: number; timed: number[] }
  >();
  for (let entry = from; entry < to; entry++) {
    const service = log.service[entry];
    if (service === NO_SERVICE) continue;
    let s = byService.get(service);
    if (!s) {
      s = { entries: 0, errors: 0, fatals: 0, first: entry, firstError: -1, timed: [] };
      byService.set(service, s);
    }
    s.entries++;
    const level = log.level[entry];
    if (level !== NO_LEVEL && level >= ERROR) {
      s.errors++;
      if (s.firstError < 0 || log.time[entry] < log.time[s.firstError]) s.firstError = entry;
    }
    if (level === FATAL) s.fatals++;
    if (!Number.isNaN(log.durationMs[entry])) s.timed.push(entry);
  }
  return [...byService]
    .sort(([a, x], [b, y]) => y.entries - x.entries || (log.services[a] < log.services[b] ? -1 : 1))
    .map(([service, s]) => {
      const at = s.timed.length < PERCENTILE_MIN ? -1 : percentile(log, s.timed, 0.95);
      return {
        name: log.services[service],
        entries: s.entries,
        errors: s.errors,
        fatals: s.fatals,
        first: log.row(s.first),
        firstError: s.firstError < 0 ? null : log.row(s.firstError),
        p95Ms: at < 0 ? null : log.durationMs[at],
        p95Entry: at < 0 ? null : log.row(at),
      };
    });
}

/** The first entries at `least` and above among [from, to), of one service or (null) of all, in order of lines. */
export function errorRows(
  log: Log,
  from: number,
  to: number,
  service: string | null,
  limit: number,
  least: Level = 'error',
): EntryRow[] {
  const lowest = LEVELS.indexOf(least);
  const wanted = service === null ? -1 : log.services.indexOf(service);
  const rows: EntryRow[] = [];
  for (let entry = from; entry < to && rows.length < limit; entry++) {
    const level = log.level[entry];
    if (level === NO_LEVEL || level < lowest) continue;
    if (service === null || log.service[entry] === wanted) rows.push(log.row(entry));
  }
  return rows;
}

/** The entry at a quantile of duration (nearest rank). */
function percentile(log: Log, entries: number[], quantile: number): number {
  const sorted = entries.toSorted((a, b) => log.durationMs[a] - log.durationMs[b] || a - b);
  return sorted[Math.ceil(quantile * sorted.length) - 1];
}
