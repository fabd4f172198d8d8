/** The words for the model's own terms, the same in the terminal, in Markdown and in the editor. */
import type { Anomaly, CascadeEdge, Report, RootCause } from '../incident.ts';
import type { Micros, Position, Severity, TimeRange } from '../model.ts';
import { formatCount, formatNumber } from './number.ts';
import { plainText } from './plain.ts';
import { formatClock, formatDate, formatDuration, formatTime } from './time.ts';

/** `logs/app.log:12`: what terminals and editors turn into a link. */
export function place({ file, line }: Pick<Position, 'file' | 'line'>): string {
  return `${plainText(file)}:${line}`;
}

/** A few places, each once. */
export function places(positions: readonly Pick<Position, 'file' | 'line'>[], limit: number): string[] {
  return [...new Set(positions.map(place))].slice(0, limit);
}

/** `72 entries in 5 services from 5 files`; of a range, `15 of 72 entries` and so on. */
export function extentWords({ entries, services, files }: Pick<Report, 'entries' | 'services' | 'files'>): string {
  const all = files.reduce((sum, file) => sum + file.entries, 0);
  return [
    ...(entries === all ? [] : [`${formatNumber(entries)} of`]),
    formatCount(all, ['entry', 'entries']),
    `in ${formatCount(services.length, ['service', 'services'])}`,
    `from ${formatCount(files.length, ['file', 'files'])}`,
  ].join(' ');
}

/** Writes times without their date where the whole log is of one day, and with it where it is not. */
export function clockFor(
  range: TimeRange,
  zone: string,
  to: 'second' | 'millisecond',
): (time: Micros | null) => string {
  const oneDay = formatDate(range.from, zone) === formatDate(range.to, zone);
  return (time) => {
    const clock = formatClock(time, zone, to);
    return oneDay || time === null ? clock : `${formatDate(time, zone)} ${clock}`;
  };
}

export function rangeWords({ from, to }: TimeRange, zone: string): string {
  if (from === null || to === null) return 'no times';
  const span = `${formatTime(from, zone)} to ${formatTime(to, zone)}`;
  return `${span}, ${formatDuration((to - from) / 1000)}`;
}

const SEVERITIES: readonly [Severity, readonly [string, string]][] = [
  ['error', ['error', 'errors']],
  ['warning', ['warning', 'warnings']],
  ['information', ['information', 'information']],
  ['hint', ['hint', 'hints']],
];

/** `6 errors, 9 warnings`. */
export function severityWords(anomalies: readonly Pick<Anomaly, 'severity'>[]): string {
  const counts = SEVERITIES.map(([severity, noun]) => ({
    count: anomalies.filter((each) => each.severity === severity).length,
    noun,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ count, noun }) => formatCount(count, noun))
    .join(', ');
}

const CONFIDENCE: Readonly<Record<CascadeEdge['confidence'], string>> = {
  span: 'parent span',
  peer: 'named as peer',
  'shared-id': 'shared ids',
  mention: 'named in messages',
  order: 'nested in time',
};
const ORDER: Readonly<Record<CascadeEdge['order'], string>> = {
  proven: 'order proven',
  timestamp: 'order by timestamp',
  undetermined: 'order undetermined',
};

/** `1.81 s later, order by timestamp`. */
export function lagWords({ lagMs, order }: Pick<CascadeEdge, 'lagMs' | 'order'>): string {
  return lagMs === null ? ORDER[order] : `${lagText(lagMs)}, ${ORDER[order]}`;
}

function lagText(lagMs: number): string {
  if (Math.abs(lagMs) < 1) return 'same time';
  return lagMs > 0 ? `${formatDuration(lagMs)} later` : `${formatDuration(-lagMs)} earlier`;
}

/** `named as peer in 9 lines, 1 against`. */
export function supportWords(edge: Pick<CascadeEdge, 'confidence' | 'support' | 'counterexamples'>): string {
  const lines = formatCount(edge.support.count, ['line', 'lines']);
  return `${CONFIDENCE[edge.confidence]}, ${lines}, ${formatNumber(edge.counterexamples.count)} against`;
}

/** `resource, as told by shop`, or `service`. */
export function kindWords({ kind, name, service }: Pick<RootCause, 'kind' | 'name' | 'service'>): string {
  return service === null || service === name ? kind : `${kind}, as told by ${plainText(service)}`;
}
