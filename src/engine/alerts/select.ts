/** The entries a rule counts, in order of time: by columns where they tell, by text read back where they do not. */
import { encodeUtf8 } from '../../base/utf8.ts';
import type { Message } from '../../incident.ts';
import { type Entry, type Json, LEVELS } from '../../model.ts';
import { limitPairs } from '../anomalies/pairing.ts';
import { quantityOf } from '../anomalies/quantity.ts';
import { wordsOf } from '../anomalies/words.ts';
import { type Log, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import { Matcher } from '../parse/pattern/matcher.ts';
import { programOf } from '../parse/pattern/programs.ts';
import { PatternError } from '../parse/pattern/syntax.ts';
import type { FieldTest, Selector, Value, ValueTest } from './rule.ts';

/** So many entries are read back for one selection at most. */
export const MOST_READ = 200_000;
/** Durations need no reading, but windows of them are sorted. */
const MOST_DURATIONS = 200_000;
const READ_AT_ONCE = 4096;
const NO_VALUES = new Float64Array(0);

/** Entries with a time, in its order. No values where none were asked for. */
export interface Points {
  entries: Uint32Array;
  values: Float64Array;
  /** How many there are of which these are an even sample; null where they are all. */
  sampledFrom: number | null;
}

/** Why a rule cannot be evaluated. */
export class NotEvaluable extends Error {
  readonly why: Message;
  constructor(why: Message) {
    super(why.key);
    this.why = why;
  }
}

/** Values are taken from a sample where they are many; throws NotEvaluable where that would not do, for counts. */
export async function select(
  log: Log,
  selector: Selector,
  value: Value | null,
  mostRead: number = MOST_READ,
  signal?: AbortSignal,
): Promise<Points> {
  const all = candidatesOf(log, selector, value);
  const needsText = selector.text.length > 0 || selector.fields.length > 0;
  if (!needsText && (value === null || value.kind === 'duration')) {
    if (value === null) return { entries: all, values: NO_VALUES, sampledFrom: null };
    const entries = sample(all, MOST_DURATIONS);
    const values = Float64Array.from(entries, (entry) => log.durationMs[entry] / value.unitMs);
    return { entries, values, sampledFrom: all.length > entries.length ? all.length : null };
  }
  if (all.length > mostRead && value === null) {
    throw new NotEvaluable({ key: 'alert.too-many', args: { entries: all.length, most: mostRead } });
  }
  const found = await readBack(log, sample(all, mostRead), selector, value, signal);
  return { ...found, sampledFrom: all.length > mostRead ? all.length : null };
}

async function readBack(
  log: Log,
  candidates: Uint32Array,
  selector: Selector,
  value: Value | null,
  signal?: AbortSignal,
): Promise<Pick<Points, 'entries' | 'values'>> {
  const entries: number[] = [];
  const values: number[] = [];
  const holds = textTest(selector);
  for (let at = 0; at < candidates.length; at += READ_AT_ONCE) {
    signal?.throwIfAborted();
    for (const entry of await log.read(candidates.subarray(at, at + READ_AT_ONCE))) {
      if (!holds(entry)) continue;
      const amount = value === null ? Number.NaN : amountOf(entry, value, log);
      if (value !== null && Number.isNaN(amount)) continue;
      entries.push(entry.entry);
      values.push(amount);
    }
  }
  return { entries: Uint32Array.from(entries), values: value === null ? NO_VALUES : Float64Array.from(values) };
}

function sample(all: Uint32Array, most: number): Uint32Array {
  if (all.length <= most) return all;
  return Uint32Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)]);
}

/** In order of time. */
function candidatesOf(log: Log, selector: Selector, value: Value | null): Uint32Array {
  const services = log.services.map((name) => selector.services.every((test) => holdsOf(test)(name)));
  const withoutService = selector.services.every((test) => holdsOf(test)(''));
  const levels = LEVELS.map((level) => selector.levels === null || selector.levels.includes(level));
  const layouts = log.layouts.map((keys) => mayHold(keys, selector.fields, value));
  const isDuration = value?.kind === 'duration';
  const only = services.filter(Boolean).length === 1 && !withoutService ? services.indexOf(true) : -1;
  const order = only < 0 ? log.order : ofService(log, only);
  const found = new Uint32Array(order.length);
  let count = 0;
  for (let at = 0; at < order.length; at++) {
    const entry = order[at];
    if (Number.isNaN(log.time[entry])) continue;
    const service = log.service[entry];
    if (!(service === NO_SERVICE ? withoutService : services[service])) continue;
    const level = log.level[entry];
    if (level === NO_LEVEL ? selector.levels !== null : !levels[level]) continue;
    if (isDuration && Number.isNaN(log.durationMs[entry])) continue;
    if (layouts[log.layout[entry]] === false) continue;
    found[count++] = entry;
  }
  return found.slice(0, count);
}

/** Derived rules ask for one service after the other, so all are told apart in one go. */
const byService = new WeakMap<Log, Uint32Array[]>();

function ofService(log: Log, service: number): Uint32Array {
  let all = byService.get(log);
  if (!all) {
    const counts = new Uint32Array(log.services.length);
    for (const each of log.service) if (each !== NO_SERVICE) counts[each]++;
    all = Array.from(counts, (count) => new Uint32Array(count));
    counts.fill(0);
    for (const entry of log.order) {
      const each = log.service[entry];
      if (each !== NO_SERVICE) all[each][counts[each]++] = entry;
    }
    byService.set(log, all);
  }
  return all[service];
}

/** Whether an entry with these keys may be meant; a layout whose keys are not known may be. */
function mayHold(keys: readonly string[], fields: readonly FieldTest[], value: Value | null): boolean {
  if (keys.length === 0) return true;
  const has = (wanted: readonly string[]): boolean => wanted.some((key) => keys.includes(key));
  if (value?.kind === 'field' && !has(value.keys)) return false;
  if (value?.kind === 'share' && !(keys.includes(value.valueKey) && keys.includes(value.limitKey))) return false;
  return fields.every((test) => test.op.startsWith('!') || has(test.keys));
}

function textTest({ text, fields }: Selector): (entry: Entry) => boolean {
  const pieces = text.map(pieceTest);
  const values = fields.map((test) => ({ test, holds: holdsOf(test) }));
  return (entry) =>
    pieces.every((holds) => holds(entry)) &&
    values.every(({ test, holds }) => {
      const own = entry.fields.filter(({ key }) => test.keys.includes(key)).map(({ value }) => written(value));
      // A label that is not there is an empty one.
      return own.length === 0 ? holds('') : own.some(holds);
    });
}

/** A line filter: over the message and every value, for the line itself is written in as many ways as there are formats. */
function pieceTest({ op, value }: ValueTest): (entry: Entry) => boolean {
  const isNot = op.startsWith('!');
  const matches = op.endsWith('~') ? matcherOf(value) : (text: string) => text.includes(value);
  return ({ message, fields }) =>
    (matches(message) || fields.some((field) => matches(written(field.value)) || matches(field.key))) !== isNot;
}

/** A test of a whole value. */
export function holdsOf({ op, value }: ValueTest): (text: string) => boolean {
  switch (op) {
    case '=':
      return (text) => text === value;
    case '!=':
      return (text) => text !== value;
    case '=~':
      return matcherOf(`^(?:${value})$`);
    case '!~': {
      const matches = matcherOf(`^(?:${value})$`);
      return (text) => !matches(text);
    }
    default:
      return (text) => text.trim() !== '' && compare(Number(text), op, Number(value));
  }
}

export function compare(left: number, op: '>' | '>=' | '<' | '<=' | '==' | '!=', right: number): boolean {
  switch (op) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '==':
      return left === right;
    default:
      return left !== right;
  }
}

/** Patterns come from files, and run with a budget of steps. */
function matcherOf(pattern: string): (text: string) => boolean {
  try {
    const matcher = new Matcher(programOf(pattern), { matchAt: () => -1 });
    return (text) => {
      const bytes = encodeUtf8(text);
      const isFound = matcher.match(bytes, 0, bytes.length);
      // Whether it would have matched is not known, and a guess would count what is not there.
      if (matcher.overrun) throw new NotEvaluable({ key: 'alert.pattern-slow', args: { pattern } });
      return isFound;
    };
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    throw new NotEvaluable({ key: 'alert.pattern', args: { pattern } });
  }
}

function amountOf(entry: Entry, value: Value, log: Log): number {
  if (value.kind === 'duration') return log.durationMs[entry.entry] / value.unitMs;
  if (value.kind === 'share') {
    const pair = limitPairs(entry.fields).find(
      (each) => each.value.key === value.valueKey && each.limit.key === value.limitKey,
    );
    return pair?.ratio ?? Number.NaN;
  }
  for (const field of entry.fields) {
    if (!value.keys.includes(field.key)) continue;
    const quantity = quantityOf(field.value, wordsOf(field.key));
    if (!quantity) continue;
    if (value.isShare && quantity.dimension === 'percent') return quantity.amount / 100;
    return value.unitMs !== null && quantity.dimension === 'time' ? quantity.amount / value.unitMs : quantity.amount;
  }
  return Number.NaN;
}

function written(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
