/** What fires are held against: an incident's beginning, as a person says or else as the analysis found, and the first FATAL. */
import type { Anomaly, Report } from '../../incident.ts';
import type { Micros } from '../../model.ts';
import type { Against } from './backtest.ts';

export function againstReport(report: Report, incident: Micros | null): Against {
  return {
    incident: incident ?? report.incidents.at(0)?.from ?? null,
    firstFatal: firstFatal(report.anomalies),
    incidents: report.incidents,
  };
}

function firstFatal(anomalies: readonly Anomaly[]): Micros | null {
  const fatal = anomalies.filter(({ rule }) => rule === 'fatal');
  const times = fatal.flatMap(({ timestamp, related }) => [timestamp, ...related.map((line) => line.timestamp)]);
  return times.reduce((first, time) => (time !== null && (first === null || time < first) ? time : first), null);
}
