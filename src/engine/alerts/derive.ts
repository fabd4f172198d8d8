/**
 * Alerts that would have warned of what this log tells. What they watch was chosen by looking at the log; where the
 * threshold was too, that is said. Each is back-tested, and only those that fired and kept quiet elsewhere are shown.
 */
import { letOthers } from '../../base/letOthers.ts';
import type { Alert, Anomaly, Backtest, Report } from '../../incident.ts';
import { LEVELS, type Micros } from '../../model.ts';
import { wordsOf } from '../anomalies/words.ts';
import type { Log } from '../index/log.ts';
import { againstReport } from './against.ts';
import { backtest } from './backtest.ts';
import { ruleText } from './logqlText.ts';
import { type AlertRule, EVERYTHING, type Measure, type Selector } from './rule.ts';

const MINUTE_MS = 60_000;
const WINDOW_MS = 5 * MINUTE_MS;
/** Gauges are written now and then only. */
const GAUGE_WINDOW_MS = 10 * MINUTE_MS;
const POOL_SHARE = 0.8;
const ERROR_SHARE = 0.1;
const SLOW_SECONDS = 1;
/** Of the time before the incident. */
const MOST_BEFORE = 0.25;
const MOST_TRIED = 24;
const MOST_SHOWN = 5;
const MOST_READ = 4000;
/** A shorter piece of a message is in too many others. */
const LEAST_LITERAL = 12;
const LONGEST_LITERAL = 60;

interface Candidate {
  rule: AlertRule;
  message: Alert['message'];
  hindsight: boolean;
  /** Only the best of a kind is shown for a service. */
  kind: string;
}

/** At most five, the earliest first. `incident` is when it began, where somebody says so. */
export async function deriveAlerts(
  log: Log,
  report: Report,
  incident: Micros | null,
  signal?: AbortSignal,
): Promise<Alert[]> {
  const against = againstReport(report, incident);
  // Without an incident there is nothing to warn of.
  if (against.incident === null && against.firstFatal === null) return [];
  const tried: { alert: Alert; kind: string }[] = [];
  for (const { rule, message, hindsight, kind } of candidatesOf(log, report).slice(0, MOST_TRIED)) {
    await letOthers(signal);
    const tested = await backtest(log, rule, report.timeRange, against, { mostRead: MOST_READ, signal });
    if (tested.state !== 'fired' || tested.outside > 0 || isHabit(tested, report, against.incident)) continue;
    const { name, forMs } = rule;
    tried.push({ alert: { name, message, expr: ruleText(rule), forMs, hindsight, ...tested }, kind });
  }
  tried.sort((a, b) => a.alert.firings[0].from - b.alert.firings[0].from || (a.alert.name < b.alert.name ? -1 : 1));
  const seen = new Set<string>();
  const best = tried.filter(({ kind }) => !seen.has(kind) && seen.add(kind));
  return best.slice(0, MOST_SHOWN).map(({ alert }) => alert);
}

/** What fires through a good part of the time before the incident is how the system is, and warns of nothing. */
function isHabit({ firings }: Backtest, { timeRange }: Report, incident: Micros | null): boolean {
  if (incident === null || timeRange.from === null) return false;
  const before = firings.reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to ?? Number.POSITIVE_INFINITY, incident) - from),
    0,
  );
  return before > MOST_BEFORE * (incident - timeRange.from);
}

/** What went wrong first is tried first. */
function candidatesOf(log: Log, report: Report): Candidate[] {
  const found = new Map<string, Candidate>();
  const inOrder = [...report.anomalies]
    .filter(
      ({ severity, consequenceOf, service }) => service !== null && (severity !== 'hint' || consequenceOf === null),
    )
    .sort((a, b) => (a.timestamp ?? Number.POSITIVE_INFINITY) - (b.timestamp ?? Number.POSITIVE_INFINITY));
  for (const anomaly of inOrder) {
    for (const candidate of [ofBreach(anomaly), ofLine(anomaly, log)]) {
      if (candidate && !found.has(candidate.rule.name)) found.set(candidate.rule.name, candidate);
    }
  }
  const troubled = [...new Set(inOrder.map(({ service }) => service as string))];
  for (const service of troubled) {
    for (const candidate of [ofErrors(service), ofLatency(service)]) found.set(candidate.rule.name, candidate);
  }
  return [...found.values()];
}

/** A value near its limit is a warning before it is a failure. */
function ofBreach({ rule, service, message }: Anomaly): Candidate | null {
  if (rule !== 'threshold-breach') return null;
  const { valueKey, limitKey } = message.args;
  if (typeof valueKey !== 'string' || typeof limitKey !== 'string' || message.key.endsWith('floor')) return null;
  const isCapacity = message.key.endsWith('capacity');
  const value = { kind: 'share', valueKey, limitKey } as const;
  const measure: Measure = {
    kind: 'gauge',
    over: 'max',
    of: ofService(service as string),
    value,
    rangeMs: GAUGE_WINDOW_MS,
  };
  const threshold = isCapacity ? POOL_SHARE : 1;
  const args = { service: service as string, valueKey, limitKey, threshold };
  return {
    rule: ruleOf(`${service} ${valueKey} ${isCapacity ? 'near' : 'over'} limit`, measure, '>', threshold),
    message: { key: isCapacity ? 'alert.near-limit' : 'alert.over-limit', args },
    hindsight: false,
    kind: `${service} ${valueKey}`,
  };
}

/** A message that nobody wants to see. That this one matters is known by hindsight. */
function ofLine({ rule, service, entry, message }: Anomaly, log: Log): Candidate | null {
  if (!['known-symptom', 'timeout', 'circuit-breaker'].includes(rule)) return null;
  const text = literalOf(String(message.args.text ?? ''));
  const level = LEVELS[log.level[entry]];
  if (text.length < LEAST_LITERAL || level === undefined) return null;
  const of: Selector = { ...ofService(service as string), levels: [level], text: [{ op: '=', value: text }] };
  const measure: Measure = { kind: 'count', of, rangeMs: WINDOW_MS, perSecond: false, distinct: false };
  return {
    rule: ruleOf(`${service} ${text}`, measure, '>', 0),
    message: { key: 'alert.line', args: { service: service as string, text } },
    hindsight: true,
    kind: `${service} ${rule}`,
  };
}

function ofErrors(service: string): Candidate {
  const count = (of: Selector): Measure => ({
    kind: 'count',
    of,
    rangeMs: WINDOW_MS,
    perSecond: false,
    distinct: false,
  });
  const left = count({ ...ofService(service), levels: ['error', 'fatal'] });
  const measure: Measure = { kind: 'binary', op: '/', left, right: count(ofService(service)) };
  return {
    rule: ruleOf(`${service} error share`, measure, '>', ERROR_SHARE),
    message: { key: 'alert.error-share', args: { service, threshold: ERROR_SHARE } },
    hindsight: false,
    kind: `${service} errors`,
  };
}

function ofLatency(service: string): Candidate {
  const value = { kind: 'duration', unitMs: 1000 } as const;
  const measure: Measure = { kind: 'quantile', q: 0.95, of: ofService(service), value, rangeMs: WINDOW_MS };
  return {
    rule: ruleOf(`${service} slow`, measure, '>', SLOW_SECONDS),
    message: { key: 'alert.slow', args: { service, threshold: SLOW_SECONDS } },
    hindsight: false,
    kind: `${service} latency`,
  };
}

function ruleOf(words: string, measure: Measure, op: '>', threshold: number): AlertRule {
  return { name: pascal(words), measure, op, threshold, forMs: 0, perService: false, meaning: [] };
}

function ofService(name: string): Selector {
  return { ...EVERYTHING, services: [{ op: '=', value: name }] };
}

/** `depot connections_active near limit` → `DepotConnectionsActiveNearLimit`. */
function pascal(words: string): string {
  const parts = wordsOf(words).slice(0, 10);
  return parts.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}

/** The beginning of a message, up to what may be another the next time: a number, a quotation, an id. */
function literalOf(message: string): string {
  return message
    .slice(0, LONGEST_LITERAL)
    .replace(/[^\p{L}\s]*\S*(?:\d|["'`{[(<=]).*$/su, '')
    .trim();
}
