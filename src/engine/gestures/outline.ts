/** What one file holds, for its outline: services, traces and the incidents in whose time it was written. */
import type { FileOutline, OutlinedIncident, OutlinedTrace } from '../../gestures.ts';
import type { Incident, Report } from '../../incident.ts';
import { LEVELS } from '../../model.ts';
import { type Log, NO_ID, NO_LEVEL, NO_SERVICE } from '../index/log.ts';

const ERROR = LEVELS.indexOf('error');

/** The entries [from, to) are those of the file. */
export function outlineOf(log: Log, from: number, to: number, report: Report, mostTraces: number): FileOutline {
  const incidents = report.incidents.flatMap((incident) => incidentOf(log, from, to, incident, report) ?? []);
  return { services: servicesOf(log, from, to), traces: tracesOf(log, from, to, mostTraces), incidents };
}

function servicesOf(log: Log, from: number, to: number): FileOutline['services'] {
  const entries = new Uint32Array(log.services.length);
  const errors = new Uint32Array(log.services.length);
  const first = new Uint32Array(log.services.length);
  for (let entry = from; entry < to; entry++) {
    const service = log.service[entry];
    if (service === NO_SERVICE) continue;
    if (entries[service]++ === 0) first[service] = entry;
    if (isError(log, entry)) errors[service]++;
  }
  return log.services
    .map((name, service) => ({ name, entries: entries[service], errors: errors[service], at: first[service] }))
    .filter((service) => service.entries > 0)
    .sort((a, b) => b.entries - a.entries || (a.name < b.name ? -1 : 1))
    .map(({ at, ...service }) => ({ ...service, first: log.row(at) }));
}

/** A trace that says one thing, and nothing bad, is no chapter of the file. */
function tracesOf(log: Log, from: number, to: number, most: number): OutlinedTrace[] {
  const failed = new Set<number>();
  for (let entry = from; entry < to && failed.size < most; entry++) {
    if (log.trace[entry] !== NO_ID && isError(log, entry)) failed.add(log.trace[entry]);
  }
  const quiet = new Map<number, OutlinedTrace>();
  const left = most - failed.size;
  const looked = new Set(failed);
  for (let entry = from; entry < to && quiet.size < left; entry++) {
    const trace = log.trace[entry];
    if (trace === NO_ID || looked.has(trace)) continue;
    looked.add(trace);
    const found = traceOf(log, trace, from, to);
    if (found !== null && found.entries > 1) quiet.set(trace, found);
  }
  return [...[...failed].flatMap((trace) => traceOf(log, trace, from, to) ?? []), ...quiet.values()];
}

/** Where no entry of the file holds the id by itself, null. */
function traceOf(log: Log, trace: number, from: number, to: number): OutlinedTrace | null {
  let entries = 0;
  let errors = 0;
  let first = -1;
  let firstError = -1;
  for (const entry of log.ids.entries(trace)) {
    if (entry < from || entry >= to) continue;
    if (first < 0 || entry < first) first = entry;
    entries++;
    if (!isError(log, entry)) continue;
    if (firstError < 0 || entry < firstError) firstError = entry;
    errors++;
  }
  if (first < 0) return null;
  const at = log.row(firstError < 0 ? first : firstError);
  return { id: log.ids.text(trace), key: log.ids.key(trace), entries, errors, at };
}

function incidentOf(log: Log, from: number, to: number, incident: Incident, report: Report): OutlinedIncident | null {
  let first = -1;
  let last = -1;
  for (let entry = from; entry < to; entry++) {
    if (!(log.time[entry] >= incident.from && log.time[entry] <= incident.to)) continue;
    if (first < 0) first = entry;
    last = entry;
  }
  if (first < 0) return null;
  const { file, line } = log.row(first);
  const anomalies = report.anomalies.filter(
    (anomaly) => anomaly.file === file && anomaly.entry >= first && anomaly.entry <= last,
  ).length;
  return { from: incident.from, to: incident.to, anomalies, firstLine: line, lastLine: log.row(last).endLine };
}

function isError(log: Log, entry: number): boolean {
  return log.level[entry] !== NO_LEVEL && log.level[entry] >= ERROR;
}
