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
const READ_AT_ONCE = 4096;

/** Entries with a time, in its order. `value` is NaN where none was asked for. */
export interface Points {
  entries: number[];
  values: number[];
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
  const points: Points = { entries: [], values: [], sampledFrom: null };
  const needsText = selector.text.length > 0 || selector.fields.length > 0;
  const add = (entry: number, amount: number): void => {
    points.entries.push(entry);
    points.values.push(amount);
  };
  if (!needsText && (value === null || value.kind === 'duration')) {
    const unit = value?.unitMs ?? 1;
    for (const entry of all) add(entry, log.durationMs[entry] / unit);
    return points;
  }
  if (all.length > mostRead) {
    if (value === null)
      throw new NotEvaluable({ key: 'alert.too-many', args: { entries: all.length, most: mostRead } });
    points.sampledFrom = all.length;
  }
  const candidates = sample(all, mostRead);
  const holds = textTest(selector);
  for (let at = 0; at < candidates.length; at += READ_AT_ONCE) {
    signal?.throwIfAborted();
    for (const entry of await log.read(candidates.slice(at, at + READ_AT_ONCE))) {
      if (!holds(entry)) continue;
      const amount = value === null ? Number.NaN : amountOf(entry, value, log);
      if (value === null || !Number.isNaN(amount)) add(entry.entry, amount);
    }
  }
  return points;
}

function sample(all: number[], most: number): number[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)]);
}

function candidatesOf(log: Log, selector: Selector, value: Value | null): number[] {
  const services = log.services.map((name) => selector.services.every((test) => holdsOf(test)(name)));
  const withoutService = selector.services.every((test) => holdsOf(test)(''));
  const levels = LEVELS.map((level) => selector.levels === null || selector.levels.includes(level));
  const layouts = log.layouts.map((keys) => mayHold(keys, selector.fields, value));
  const found: number[] = [];
  for (const entry of log.order) {
    if (Number.isNaN(log.time[entry])) continue;
    const service = log.service[entry];
    if (!(service === NO_SERVICE ? withoutService : services[service])) continue;
    const level = log.level[entry];
    if (level === NO_LEVEL ? selector.levels !== null : !levels[level]) continue;
    if (value?.kind === 'duration' && Number.isNaN(log.durationMs[entry])) continue;
    if (layouts[log.layout[entry]] === false) continue;
    found.push(entry);
  }
  return found;
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
      return matcher.match(bytes, 0, bytes.length);
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
