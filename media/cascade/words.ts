/** The webview's words. Text of a log passes through here on its way to the canvas and into labels. */
import { LEVELS, type Micros } from '../../src/model.ts';
import type { TimelineHop, TimelineModel, TimelineRow } from '../../src/protocol.ts';
import { formatCount, formatNumber } from '../../src/render/number.ts';
import { cut, plainText } from '../../src/render/plain.ts';
import { formatClock, formatDate, formatDuration } from '../../src/render/time.ts';

const LONGEST = 300;

/** One line, without what could change the reading direction, of bearable length. */
export function logText(text: string, longest = LONGEST): string {
  return cut(plainText(text), longest);
}

export function levelName(level: number): string {
  return LEVELS[level]?.toUpperCase() ?? 'no level';
}

export function rowName({ name }: Pick<TimelineRow, 'name'>): string {
  return name === '' ? 'no service' : logText(name);
}

export function countEntries(count: number): string {
  return formatCount(count, ['entry', 'entries']);
}

/** Lines on a resource's row tell of it; it has no entries of its own. */
export function countLines(count: number): string {
  return formatCount(count, ['line', 'lines']);
}

/** `12:01:58.325`: the axis says which day and zone. */
export function clock(time: Micros): string {
  return formatClock(time, 'UTC', 'millisecond');
}

/** A length of time in microseconds, in words. */
export function lengthOf(micros: number): string {
  return formatDuration(micros / 1000);
}

/** `15 Aug 2023, 10:15 – 13:11 UTC` would need a locale; the log's own order of a date needs none. */
export function rangeText(from: Micros, to: Micros): string {
  const [first, last] = [formatDate(from), formatDate(to)];
  return first === last
    ? `${first} ${formatClock(from)} – ${formatClock(to)} UTC`
    : `${first} ${formatClock(from)} – ${last} ${formatClock(to)} UTC`;
}

/** What the picture holds, in one line. */
export function summaryOf(model: TimelineModel): string {
  const services = model.rows.filter(({ kind, entries }) => kind === 'service' && entries > 0).length;
  const parts = [countEntries(model.entries), formatCount(services, ['service', 'services'])];
  if (model.scope.kind === 'trace') parts.push(lengthOf(model.to - model.from));
  return [...parts, rangeText(model.from, model.to)].join(' · ');
}

type Edge = TimelineModel['edges'][number];

/** On the arrow: lag and support. That the order is undetermined is told by its dashes, and in full by the details. */
export function edgeLabel({ lagMs, support, counterexamples, order }: Edge): string {
  const parts: string[] = [];
  if (lagMs !== null && order !== 'undetermined') parts.push(formatDuration(lagMs));
  if (support.count > 0) parts.push(countLines(support.count));
  if (counterexamples.count > 0) parts.push(`${formatNumber(counterexamples.count)} against`);
  return parts.join(' · ');
}

const CONFIDENCE: Readonly<Record<Edge['confidence'], string>> = {
  span: 'parent spans say so',
  peer: 'a field names the other side',
  'shared-id': 'they share ids in a steady order',
  mention: 'messages name the other side',
  order: 'one comes before the other in traces',
};

const ORDER: Readonly<Record<Edge['order'], string>> = {
  proven: 'order proven',
  timestamp: 'order by timestamps only',
  undetermined: 'order undetermined: the times are too close',
};

/** What speaks for the arrow, in full. */
export function edgeReasons(edge: Edge): string[] {
  const lag = edge.lagMs === null || edge.order === 'undetermined' ? [] : [`lag ${formatDuration(edge.lagMs)}`];
  return [...lag, CONFIDENCE[edge.confidence], ORDER[edge.order]];
}

/** Of an entry that is part of a trace without naming it. */
export const INFERRED_ENTRY = 'inferred: it shares another id with the trace';

const HOW: Readonly<Record<TimelineHop['how'], string>> = {
  span: 'call recorded by spans',
  peer: 'call inferred: a field names the callee',
  mention: 'call inferred: a message names it',
  order: 'call inferred from the order of the lines',
};

export function hopReason({ how, lagMs }: TimelineHop): string {
  const lag = lagMs === null ? '' : `, lag ${lagMs < 0 ? '-' : ''}${formatDuration(Math.abs(lagMs))}`;
  return `${HOW[how]}${lag}`;
}

export function edgeName(model: TimelineModel, edge: Pick<Edge, 'from' | 'to'>): string {
  return `${rowName(model.rows[edge.from])} → ${rowName(model.rows[edge.to])}`;
}

/** Which services' times are not shown as written. */
export function clocksOf({ rows, shiftMs }: Pick<TimelineModel, 'rows' | 'shiftMs'>): string[] {
  if (shiftMs === null) return [];
  const moved = rows.flatMap((row, i) => {
    if (shiftMs[i] === 0) return [];
    return [`${rowName(row)} ${shiftMs[i] < 0 ? '−' : '+'}${formatDuration(Math.abs(shiftMs[i]))}`];
  });
  return [moved.length === 0 ? 'No clock here is known to be off' : `Clock offsets applied: ${moved.join(', ')}`];
}
