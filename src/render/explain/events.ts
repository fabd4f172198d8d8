/** What happened, in order of time: who failed when, what was found, which alert would have fired. */
import type { Anomaly, Report } from '../../incident.ts';
import type { Micros, Position, Severity, TimeRange } from '../../model.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { formatCount, formatNumber } from '../number.ts';
import { cut, plainText } from '../plain.ts';
import { sentence } from '../sentence.ts';
import { type Clock, type ExplainOptions, lineLink } from './options.ts';

const MOST_TEXT = 180;
const WEIGHT: Readonly<Record<Severity, number>> = { error: 3, warning: 2, information: 1, hint: 0 };

export interface Event {
  time: Micros;
  /** Who, as the log calls it: log text. */
  who: string;
  /** Plain text. */
  what: string;
  line: Pick<Position, 'file' | 'line'> | null;
}

/** What begins so long before an incident's first sign, or comes so long after its last, is told with it. Microseconds. */
const AROUND = 5 * 60e6;

/** The most telling of a time, no more than `most`, in order of time. */
export function eventsOf(report: Report, { from, to }: TimeRange, most: number): { events: Event[]; leftOut: number } {
  const isIn = (time: Micros | null): boolean =>
    time !== null && (from === null || time >= from - AROUND) && (to === null || time <= to + AROUND);
  const told = report.anomalies
    .filter((anomaly) => !report.oddities.includes(anomaly) && WEIGHT[anomaly.severity] > 0 && isIn(anomaly.timestamp))
    .sort((a, b) => WEIGHT[b.severity] - WEIGHT[a.severity] || (a.timestamp ?? 0) - (b.timestamp ?? 0));
  const shown = told.slice(0, most);
  const others = [...onsetEvents(report, shown), ...alertEvents(report)].filter(({ time }) => isIn(time));
  const events = [...shown.map(anomalyEvent), ...others];
  return { events: events.sort((a, b) => a.time - b.time), leftOut: told.length - shown.length };
}

export function eventsTable(
  report: Report,
  range: TimeRange,
  most: number,
  clock: Clock,
  options: ExplainOptions,
): string[] {
  const { events, leftOut } = eventsOf(report, range, most);
  if (events.length === 0) return ['Nothing stands out.'];
  const rows = events.map(({ time, who, what, line }) => [
    clock(time),
    escapeMarkdown(cut(plainText(who), 40)),
    escapeMarkdown(cut(what, MOST_TEXT)),
    line === null ? '' : lineLink(line, options),
  ]);
  const rest = leftOut > 0 ? [`And ${formatCount(leftOut, ['lesser anomaly', 'lesser anomalies'])}.`] : [];
  return [markdownTable(['time', 'who', 'what', 'line'], rows), ...rest];
}

function anomalyEvent(anomaly: Anomaly): Event {
  const { timestamp, service, message, count, consequenceOf } = anomaly;
  const times = count > 1 ? ` (${formatNumber(count)} entries)` : '';
  const after = consequenceOf === null ? '' : `, after ${cut(plainText(consequenceOf), 40)}`;
  return { time: timestamp ?? 0, who: service ?? '', what: `${sentence(message)}${times}${after}`, line: anomaly };
}

/** Where a party first fails, but for those whose first line is told anyway. */
function onsetEvents(report: Report, shown: readonly Anomaly[]): Event[] {
  return report.cascade.nodes.flatMap(({ name, onset, onsetCertainty, evidence: [first] }) => {
    if (onset === null || shown.some(({ entry }) => entry === first?.entry)) return [];
    const what = onsetCertainty === 'inferred' ? 'first sign of trouble (inferred)' : 'first sign of trouble';
    return [{ time: onset, who: name, what, line: first ?? null }];
  });
}

function alertEvents({ alerts }: Report): Event[] {
  return alerts.flatMap(({ name, hindsight, firings: [first] }) => {
    if (!first) return [];
    const what = `the alert ${plainText(name)} would have fired${hindsight ? ' (hindsight)' : ''}`;
    return [{ time: first.from, who: '', what, line: first.entry }];
  });
}
