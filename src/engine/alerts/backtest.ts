/** Runs an alert rule over a log, minute by minute, as if it had been watching. */
import { letOthers } from '../../base/letOthers.ts';
import type { Backtest, Message } from '../../incident.ts';
import type { EntryRow, Micros, TimeRange } from '../../model.ts';
import { type Log, NO_SERVICE } from '../index/log.ts';
import { evaluate, type Series, seriesOf } from './evaluate.ts';
import { type AlertRule, type Measure, rangesOf } from './rule.ts';
import { compare, NotEvaluable, type Points, select } from './select.ts';
import { type Firing, firingsOf } from './states.ts';

const EVERY_MS = 60_000;
/** A log of years is evaluated less often, and that is said. */
const MOST_EVALUATIONS = 50_000;
const MOST_SHOWN = 20;
/** Values of windows that are gone through, in all, before others are answered. */
const VALUES_AT_ONCE = 100_000;

/** What fires are measured against; null where nothing is known of it. */
export interface Against {
  /** When the incident began, as a person says or as the analysis found. */
  incident: Micros | null;
  firstFatal: Micros | null;
  /** Fires outside these ranges are false alarms; empty where none is known. */
  incidents: readonly { from: Micros; to: Micros }[];
}

export interface BacktestOptions {
  mostRead?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** Never throws for what a rule or a log holds. */
export async function backtest(
  log: Log,
  rule: AlertRule,
  range: TimeRange,
  against: Against,
  options: BacktestOptions = {},
): Promise<Backtest> {
  try {
    return await run(log, rule, range, against, options);
  } catch (error) {
    if (!(error instanceof NotEvaluable)) throw error;
    return notEvaluable(rule, error.why);
  }
}

export function notEvaluable(rule: Pick<AlertRule, 'meaning'>, reason: Message): Backtest {
  return {
    state: 'not-evaluable',
    reason,
    meaning: [...rule.meaning],
    firings: [],
    fired: 0,
    outside: 0,
    leadToIncidentMs: null,
    leadToFatalMs: null,
    peak: null,
    everyMs: EVERY_MS,
  };
}

async function run(
  log: Log,
  rule: AlertRule,
  { from, to }: TimeRange,
  against: Against,
  { mostRead, signal }: BacktestOptions,
): Promise<Backtest> {
  if (from === null || to === null) throw new NotEvaluable({ key: 'alert.no-times', args: {} });
  const longest = Math.max(0, ...rangesOf(rule.measure));
  const spanMs = (to - from) / 1000;
  if (spanMs < longest) throw new NotEvaluable({ key: 'alert.too-short', args: { range: longest, span: spanMs } });
  if (spanMs < rule.forMs)
    throw new NotEvaluable({ key: 'alert.too-short', args: { range: rule.forMs, span: spanMs } });
  const points = new Map<Measure, Points>();
  for (const leaf of leavesOf(rule.measure)) {
    const value = leaf.kind === 'quantile' || leaf.kind === 'gauge' ? leaf.value : null;
    points.set(leaf, await select(log, leaf.of, value, mostRead, signal));
  }
  requireMatches(rule.measure, points);
  const meaning = [...rule.meaning, ...samplesOf(points)];
  const isAbsence = leavesOf(rule.measure).some(({ kind }) => kind === 'absent');
  const atOnce = Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, valuesInWindow(points, spanMs))));
  const { times, everyMs } = evaluationTimes(from, to, isAbsence ? longest : null);
  const firings: (Firing & { service: string | null; number: number | null })[] = [];
  let [peak, known] = [null as number | null, 0];
  for (const service of servicesOf(log, rule, points)) {
    signal?.throwIfAborted();
    const series = new Map<Measure, Series>();
    for (const [leaf, own] of points) {
      series.set(leaf, seriesOf(log, own, service, leaf.kind === 'count' && leaf.distinct));
    }
    const holds: boolean[] = [];
    for (const [i, time] of times.entries()) {
      if (i % atOnce === atOnce - 1) await letOthers(signal);
      const amount = evaluate(rule.measure, (leaf) => series.get(leaf) as Series, time);
      holds.push(amount !== null && compare(amount, rule.op, rule.threshold));
      if (amount === null) continue;
      known++;
      if (peak === null || compare(amount, rule.op.startsWith('<') ? '<' : '>', peak)) peak = amount;
    }
    const name = service === null ? null : service === NO_SERVICE ? '' : log.services[service];
    firings.push(
      ...firingsOf(times, holds, rule.forMs).map((firing) => ({ ...firing, service: name, number: service })),
    );
  }
  if (known === 0 && !isAbsence) throw new NotEvaluable({ key: 'alert.no-values', args: {} });
  firings.sort((a, b) => a.from - b.from || (a.service ?? '').localeCompare(b.service ?? '', 'en'));
  const first = firings.at(0)?.from ?? null;
  return {
    state: first === null ? 'silent' : 'fired',
    reason: null,
    meaning,
    firings: firings.slice(0, MOST_SHOWN).map(({ from, to, service, number }) => ({
      from,
      to,
      service,
      entry: lastEntry(log, points, number, from),
    })),
    fired: firings.length,
    outside: firings.filter((firing) => isOutside(firing, against)).length,
    leadToIncidentMs: lead(first, against.incident),
    leadToFatalMs: lead(first, against.firstFatal),
    peak,
    everyMs,
  };
}

/** Of a ratio, the entry that was counted above the line says more than one below it. */
function lastEntry(
  log: Log,
  points: ReadonlyMap<Measure, Points>,
  service: number | null,
  at: Micros,
): EntryRow | null {
  for (const { entries } of points.values()) {
    const isBefore = (entry: number): boolean =>
      log.time[entry] <= at && (service === null || log.service[entry] === service);
    const last = entries.findLast(isBefore);
    if (last !== undefined) return log.row(last);
  }
  return null;
}

function lead(fired: Micros | null, event: Micros | null): number | null {
  return fired === null || event === null ? null : (event - fired) / 1000;
}

/** A fire that ends before an incident begins, or begins after it, warned of nothing that is known. */
function isOutside({ from, to }: Firing, { incidents }: Against): boolean {
  if (incidents.length === 0) return false;
  return !incidents.some((incident) => from <= incident.to && (to ?? Number.POSITIVE_INFINITY) >= incident.from);
}

function samplesOf(points: ReadonlyMap<Measure, Points>): Message[] {
  return [...points.values()].flatMap(({ entries, sampledFrom }) =>
    sampledFrom === null ? [] : [{ key: 'alert.sampled', args: { entries: entries.length, of: sampledFrom } }],
  );
}

/** Where a gauge, a quantile or a divisor selects nothing at all, the rule does not fit the log. */
function requireMatches(measure: Measure, points: ReadonlyMap<Measure, Points>): void {
  if (measure.kind === 'binary') {
    requireMatches(measure.left, points);
    requireMatches(measure.right, points);
    if (measure.op !== '/' || measure.right.kind !== 'count') return;
    if (points.get(measure.right)?.entries.length !== 0) return;
  } else if (measure.kind !== 'gauge' && measure.kind !== 'quantile') return;
  else if (points.get(measure)?.entries.length !== 0) return;
  throw new NotEvaluable({ key: 'alert.no-values', args: {} });
}

function leavesOf(measure: Measure): Exclude<Measure, { kind: 'number' | 'binary' }>[] {
  if (measure.kind === 'number') return [];
  if (measure.kind === 'binary') return [...leavesOf(measure.left), ...leavesOf(measure.right)];
  return [measure];
}

/** About how many values an evaluation goes through; entries that are only counted are not gone through. */
function valuesInWindow(points: ReadonlyMap<Measure, Points>, spanMs: number): number {
  let values = 0;
  for (const [leaf, { entries }] of points) {
    const isWalked = leaf.kind === 'quantile' || leaf.kind === 'gauge' || (leaf.kind === 'count' && leaf.distinct);
    if (isWalked) values += entries.length * Math.min(1, leaf.rangeMs / Math.max(1, spanMs));
  }
  return values;
}

function servicesOf(log: Log, rule: AlertRule, points: ReadonlyMap<Measure, Points>): (number | null)[] {
  if (!rule.perService) return [null];
  const found = new Set<number>();
  for (const { entries } of points.values()) for (const entry of entries) found.add(log.service[entry]);
  // What never occurred is measured all the same: as nothing.
  return found.size === 0 ? [null] : [...found].sort((a, b) => a - b);
}

/**
 * Every full minute from the log's first to the one after its last entry. What is absent may only be missed while
 * the log goes on, and once it has gone on for a whole window.
 */
function evaluationTimes(from: Micros, to: Micros, absenceMs: number | null): { times: Micros[]; everyMs: number } {
  let everyMs = EVERY_MS;
  while ((to - from) / 1000 / everyMs > MOST_EVALUATIONS) everyMs *= 2;
  const step = everyMs * 1000;
  const times: Micros[] = [];
  const last = absenceMs === null ? Math.ceil(to / step) * step : to;
  const first = absenceMs === null ? from : from + absenceMs * 1000;
  for (let at = Math.ceil(first / step) * step; at <= last; at += step) times.push(at);
  return { times, everyMs };
}
