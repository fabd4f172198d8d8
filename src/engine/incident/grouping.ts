/**
 * From findings to anomalies: one for each rule, service, template and incident, on its worst line.
 * A quiet list is a feature; what is grouped away is in the count and the related lines.
 */
import type { Anomaly } from '../../incident.ts';
import type { Entry, Severity } from '../../model.ts';
import { LEVELS } from '../../model.ts';
import type { Finding } from '../anomalies/study.ts';
import { type Log, NO_ID } from '../index/log.ts';
import { evidence } from './evidence.ts';

const SEVERITIES: readonly Severity[] = ['hint', 'information', 'warning', 'error'];
const MOST_RELATED = 5;

/** A finding with what the cascade says about its line. */
export interface Placed {
  finding: Finding;
  incident: number;
  consequenceOf: string | null;
  /** The first line of what it is a consequence of, and the first that is a consequence of it. */
  cause: Entry | null;
  effect: Entry | null;
}

export function groupAnomalies(log: Log, placed: readonly Placed[]): Anomaly[] {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) {
    const { entry } = one.finding.entry;
    const key = [one.finding.rule, log.service[entry], log.template[entry], one.incident].join(' ');
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map((group) => anomalyOf(log, group)).sort(byTime);
}

function anomalyOf(log: Log, group: Placed[]): Anomaly {
  const inTime = [...group].sort((one, other) => byEntryTime(one.finding.entry, other.finding.entry));
  const worst = inTime.reduce((worst, one) => (isWorse(one, worst) ? one : worst));
  const { finding } = worst;
  const trace = log.trace[finding.entry.entry];
  return {
    rule: finding.rule,
    severity: finding.severity,
    service: finding.entry.service,
    entry: finding.entry.entry,
    file: finding.entry.file,
    line: finding.entry.line,
    column: finding.entry.column,
    timestamp: finding.time,
    message: finding.message,
    count: group.reduce((sum, one) => sum + one.finding.count, 0),
    related: relatedOf(worst, inTime),
    traceId: trace === NO_ID ? null : log.ids.text(trace),
    consequenceOf: worst.consequenceOf,
  };
}

function relatedOf(worst: Placed, inTime: readonly Placed[]): Anomaly['related'] {
  const related: Anomaly['related'] = [];
  const add = (entry: Entry | null | undefined, why: Anomaly['related'][number]['why']): void => {
    if (!entry || entry.entry === worst.finding.entry.entry) return;
    if (related.some((known) => known.entry === entry.entry) || related.length >= MOST_RELATED) return;
    related.push({ ...evidence(entry), why });
  };
  for (const { entry, why } of worst.finding.shown ?? []) add(entry, why);
  add(inTime[0].finding.entry, 'first');
  add(inTime[inTime.length - 1].finding.entry, 'last');
  add(worst.cause, 'cause');
  add(worst.finding.effect ?? worst.effect, 'effect');
  return related;
}

function isWorse(one: Placed, other: Placed): boolean {
  const rank = ({ finding }: Placed): number => SEVERITIES.indexOf(finding.severity);
  const level = ({ finding }: Placed): number => (finding.entry.level ? LEVELS.indexOf(finding.entry.level) : -1);
  return (rank(one) - rank(other) || one.finding.badness - other.finding.badness || level(one) - level(other)) > 0;
}

function byEntryTime(one: Entry, other: Entry): number {
  return (one.timestamp ?? 0) - (other.timestamp ?? 0) || one.entry - other.entry;
}

function byTime(one: Anomaly, other: Anomaly): number {
  const order = (one.timestamp ?? 0) - (other.timestamp ?? 0) || one.entry - other.entry;
  return order || (one.rule < other.rule ? -1 : 1);
}
