/**
 * What a Prometheus metric is in a log. A log has no metrics, but much of what they count is written there: requests
 * with their status, durations, and gauges that a line happens to tell. What a name is taken to mean is always said.
 */
import type { Message } from '../../incident.ts';
import { stem, wordsOf } from '../anomalies/words.ts';
import type { Log } from '../index/log.ts';
import { type Expression, Unsupported } from './expression.ts';
import { anyOf, type Labels } from './labels.ts';
import { EVERYTHING, type Measure, type Selector, type ValueTest } from './rule.ts';

type Metric = Extract<Expression, { kind: 'metric' }>;

/** How far Prometheus looks back for the last value of a metric. */
const LOOKBACK_MS = 300_000;

const SUFFIX = /_(?:total|count|sum|bucket|created|info)$/;
const UNITS: Readonly<Record<string, number>> = { seconds: 1000, milliseconds: 1, ms: 1 };
const REQUEST_WORDS = new Set(['http', 'request', 'req', 'response', 'grpc', 'server', 'handler']);
/** Words of a metric that name who measures, or nothing that a log would write. */
const IDLE_WORDS = new Set(
  'container process node kube jvm system app service my duration latency processing time spec bytes ratio queue messages ready'.split(
    ' ',
  ),
);
const USED_WORDS = new Set('used active busy current usage use open inuse utilization'.split(' '));
const LIMIT_WORDS = new Set('total max maximum limit size capacity quota'.split(' '));
const OUTCOME_LABELS = new Set('status state result outcome'.split(' '));
const FAILURE = /^\(?(?:errors?|fail(?:ed|ure|ures)?|exception|rejected|declined|timeout)(?:\|\w+)*\)?$/i;

export class Metrics {
  readonly #log: Log;
  readonly #labels: Labels;
  readonly #threshold: number;

  /** A gauge is read as a share where its threshold is one. */
  constructor(log: Log, labels: Labels, threshold: number) {
    this.#log = log;
    this.#labels = labels;
    this.#threshold = threshold;
  }

  get #meaning(): Message[] {
    return this.#labels.meaning;
  }

  /** Throws Unsupported. */
  measure(expression: Expression): Measure {
    switch (expression.kind) {
      case 'number':
        return { kind: 'number', value: expression.value };
      case 'measure':
        return expression.measure;
      case 'binary':
        return { ...expression, left: this.measure(expression.left), right: this.measure(expression.right) };
      case 'aggregate':
        if (expression.name === 'count') throw new Unsupported('alert.unsupported', { part: expression.name });
        return this.measure(expression.arg);
      case 'metric':
        return this.#instant(expression);
      case 'call':
        return this.#call(expression);
      default:
        throw new Unsupported('alert.unsupported', { part: expression.op });
    }
  }

  #call({ name, args }: Extract<Expression, { kind: 'call' }>): Measure {
    const [first] = args;
    if (name === 'histogram_quantile' && first?.kind === 'number' && args[1]) {
      return this.#quantile(first.value, metricIn(args[1]));
    }
    if (first?.kind === 'metric') {
      if (name === 'rate' || name === 'irate' || name === 'increase') return this.#counter(first, name !== 'increase');
      if (name === 'absent' || name === 'absent_over_time') {
        return { kind: 'absent', of: this.#events(first), rangeMs: first.rangeMs ?? LOOKBACK_MS };
      }
      const over = /^(last|max|min|avg|sum)_over_time$/.exec(name)?.[1] as 'last' | undefined;
      if (over) return this.#gauge(first, over);
    }
    throw new Unsupported('alert.unsupported', { part: name });
  }

  /** `up` is 1 while a service writes; any other bare metric is a gauge, looked up as far back as Prometheus does. */
  #instant(metric: Metric): Measure {
    if (metric.name !== 'up') return this.#gauge(metric, 'last');
    const of = this.#labelled(EVERYTHING, metric);
    const seen: Measure = { kind: 'count', of, rangeMs: LOOKBACK_MS, perSecond: false, distinct: false };
    this.#meaning.push({ key: 'alert.means-up', args: { metric: metric.name } });
    return seen;
  }

  #counter(metric: Metric, perSecond: boolean): Measure {
    const of = this.#events(metric);
    // Requests have ids, and one request may write many lines.
    const distinct = !this.#isRequests(metric) && this.#log.ids.count > 0;
    return { kind: 'count', of, rangeMs: metric.rangeMs ?? LOOKBACK_MS, perSecond, distinct };
  }

  #isRequests({ name }: Metric): boolean {
    return wordsOf(name).some((word) => word === 'http' || word === 'grpc' || stem(word) === 'request');
  }

  /** The entries that a counter would have counted. */
  #events(metric: Metric): Selector {
    if (!this.#isRequests(metric)) return this.#labelled(this.#byNoun(metric), metric);
    const keys = this.#labels.keysOf('status_code');
    if (keys.length === 0) throw new Unsupported('alert.no-requests', { metric: metric.name });
    this.#meaning.push({ key: 'alert.means-requests', args: { metric: metric.name, keys: keys.join(', ') } });
    // A request is an entry that says how it was answered.
    return this.#labelled({ ...EVERYTHING, fields: [{ op: '>=', value: '0', keys }] }, metric);
  }

  #quantile(q: number, metric: Metric): Measure {
    const unit = wordsOf(metric.name.replace(SUFFIX, '')).at(-1) ?? '';
    const value = { kind: 'duration', unitMs: UNITS[unit] ?? 1000 } as const;
    const of = this.#labelled(this.#isRequests(metric) ? EVERYTHING : this.#byNoun(metric), metric);
    this.#meaning.push({ key: 'alert.means-durations', args: { metric: metric.name } });
    return { kind: 'quantile', q, of, value, rangeMs: metric.rangeMs ?? LOOKBACK_MS };
  }

  /** `parcels_total` counts what parcel-service does, `celery_tasks_total` what is said of tasks. */
  #byNoun(metric: Metric): Selector {
    const nouns = nounsOf(metric.name);
    const services = this.#log.services.filter((name) => wordsOf(name).some((word) => nouns.includes(stem(word))));
    if (services.length > 0) {
      this.#meaning.push({ key: 'alert.means-services', args: { label: metric.name, services: services.join(', ') } });
      return { ...EVERYTHING, services: [anyOf(services)] };
    }
    const spoken = [...nouns]
      .reverse()
      .find((noun) => this.#log.templates.some(({ text }) => wordsOf(text).map(stem).includes(noun)));
    if (spoken === undefined) throw new Unsupported('alert.no-metric', { metric: metric.name });
    this.#meaning.push({ key: 'alert.means-text', args: { metric: metric.name, word: spoken } });
    return { ...EVERYTHING, text: [{ op: '=~', value: `(?i:${spoken})` }] };
  }

  #labelled(selector: Selector, { labels }: Metric): Selector {
    let narrowed = selector;
    for (const { label, ...test } of labels) {
      narrowed = this.#isFailure(label, test)
        ? { ...narrowed, levels: ['error', 'fatal'] }
        : this.#labels.narrow(narrowed, label, test, false);
    }
    return narrowed;
  }

  /** `status="error"` of a counter, where no field says how it went, is what the log says at ERROR. */
  #isFailure(label: string, { op, value }: ValueTest): boolean {
    const isOne = OUTCOME_LABELS.has(label.toLowerCase()) && (op === '=' || op === '=~') && FAILURE.test(value);
    if (isOne) this.#meaning.push({ key: 'alert.means-errors', args: { label: `${label}${op}${value}` } });
    return isOne;
  }

  #gauge(metric: Metric, over: 'last' | 'max' | 'min' | 'avg' | 'sum'): Measure {
    const keys = gaugeKeys(metric.name, new Set(this.#log.layouts.flat()));
    if (keys.length === 0) throw new Unsupported('alert.no-metric', { metric: metric.name });
    this.#meaning.push({ key: 'alert.means-fields', args: { label: metric.name, keys: keys.join(', ') } });
    const of = this.#labelled(EVERYTHING, metric);
    return {
      kind: 'gauge',
      over,
      of,
      value: { kind: 'field', keys, unitMs: null, isShare: Math.abs(this.#threshold) <= 1 },
      rangeMs: metric.rangeMs ?? LOOKBACK_MS,
    };
  }
}

function metricIn(expression: Expression): Metric {
  if (expression.kind === 'metric') return expression;
  if (expression.kind === 'aggregate') return metricIn(expression.arg);
  if (expression.kind === 'call' && expression.args[0]) return metricIn(expression.args[0]);
  throw new Unsupported('alert.unsupported', { part: 'histogram_quantile' });
}

function nounsOf(name: string): string[] {
  return wordsOf(name.replace(SUFFIX, ''))
    .filter((word) => !IDLE_WORDS.has(word) && !(word in UNITS) && !REQUEST_WORDS.has(word))
    .map(stem);
}

/** Keys that tell the same thing in the same role: the used part, the limit, or the thing itself. */
function gaugeKeys(name: string, all: ReadonlySet<string>): string[] {
  const wanted = partsOf(
    name.replace(/_total$/, (suffix) => (/connections|threads|slots|memory|disk/.test(name) ? suffix : '')),
  );
  if (wanted.about.length === 0) return [];
  const scored = [...all].map((key) => ({ key, score: likeness(wanted, partsOf(key)) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  return best === 0 ? [] : scored.filter(({ score }) => score === best).map(({ key }) => key);
}

interface Parts {
  about: string[];
  role: 'used' | 'limit' | null;
}

function partsOf(name: string): Parts {
  const words = wordsOf(name);
  const role = words.some((word) => USED_WORDS.has(word))
    ? 'used'
    : words.some((word) => LIMIT_WORDS.has(word))
      ? 'limit'
      : null;
  const about = words.filter(
    (word) => !USED_WORDS.has(word) && !LIMIT_WORDS.has(word) && !IDLE_WORDS.has(word) && !(word in UNITS),
  );
  return { about: about.map(stem), role };
}

/** The last word of the metric's subject must be the key's too: `db_connections_used` is no `db_queries`. */
function likeness(wanted: Parts, key: Parts): number {
  const core = wanted.about[wanted.about.length - 1];
  if (!key.about.includes(core)) return 0;
  if (wanted.role === 'limit' ? key.role !== 'limit' : key.role === 'limit') return 0;
  const shared = key.about.filter((word) => wanted.about.includes(word)).length;
  return 1 + 2 * shared - (key.about.length - shared) + (wanted.role === key.role ? 1 : 0);
}
