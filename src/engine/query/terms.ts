/** What a written term tests, by its key and its value. What could hold for no entry is refused rather than looked for. */
import { LEVELS } from '../../model.ts';
import { type Operator, QueryError, type QueryTime, type Term, type Test } from './syntax.ts';
import { queryTime } from './times.ts';
import type { Written } from './tokens.ts';
import { isPattern, isQuantity, wildcard } from './values.ts';

const TIME_KEYS = new Set(['@timestamp', 'timestamp', '_time', 'time', 'date', 'ts']);

interface Place {
  start: number;
  end: number;
  text: string;
}

interface Bound {
  operator: Operator;
  value: string;
}

/** `outer` is the key of the bracket that the term stands in. */
export function readTerm(written: Written, outer: string | null, place: Place, zone: string): Term {
  const key = written.key ?? outer;
  const { operator, range } = written;
  const made = (test: Test, of: string | null = key): Term => ({ kind: 'term', key: of, test, text: place.text });
  if (key === null) return made(text(`${operator ?? ''}${written.value}`, written.isPhrase));
  if (written.value === '' && range === null && !written.isPhrase) {
    throw new QueryError('query.value', { after: place.text }, place.start, place.end);
  }
  if (key === '_exists_') return made({ kind: 'exists' }, written.value.toLowerCase());
  if (range !== null) return made(bounded(key, rangeBounds(range), place, zone));
  if (key === 'after' || key === 'before') {
    const bound = { operator: operator ?? (key === 'after' ? '>=' : '<'), value: written.value } as const;
    return made(times([bound], place, zone), '@timestamp');
  }
  if (operator !== null) return made(bounded(key, [{ operator, value: written.value }], place, zone));
  const value = written.value.toLowerCase();
  if (value === '*' && !written.isPhrase) return made({ kind: 'exists' });
  if (key === 'level' && levelIndex(value) < 0) {
    const isSome = !written.isPhrase && LEVELS.some((level) => wildcard(value, level));
    if (!isSome) throw new QueryError('query.level', { value: written.value }, place.start, place.end);
  }
  return made(text(value, written.isPhrase));
}

function text(value: string, isPhrase: boolean): Test {
  return { kind: 'text', value: value.toLowerCase(), isPhrase };
}

export function isTimeKey(key: string): boolean {
  return TIME_KEYS.has(key);
}

/** Index in LEVELS; -1 for a word that is none. */
export function levelIndex(value: string): number {
  const name = value === 'warning' ? 'warn' : value === 'err' ? 'error' : value === 'critical' ? 'fatal' : value;
  return (LEVELS as readonly string[]).indexOf(name);
}

function rangeBounds(range: NonNullable<Written['range']>): Bound[] {
  const bounds: Bound[] = [];
  if (range.from !== '*') bounds.push({ operator: range.includesFrom ? '>=' : '>', value: range.from });
  if (range.to !== '*') bounds.push({ operator: range.includesTo ? '<=' : '<', value: range.to });
  return bounds;
}

/** The test of a comparison or a range: of levels, of times, or of numbers. */
export function bounded(key: string, bounds: readonly Bound[], place: Place, zone: string): Test {
  if (bounds.length === 0) return { kind: 'exists' };
  if (key === 'level') {
    const levels = bounds.map(({ operator, value }) => {
      const index = levelIndex(value.toLowerCase());
      if (index < 0) throw new QueryError('query.level', { value }, place.start, place.end);
      return { operator, value: index };
    });
    return { kind: 'levels', bounds: levels };
  }
  // `time` may be how long something took: a number too small for a date is one.
  if (isTimeKey(key) && bounds.every(({ value }) => queryTime(value, zone) !== null || !isQuantity(value))) {
    return times(bounds, place, zone);
  }
  const numbers = bounds.map(({ operator, value }) => {
    if (!isQuantity(value)) throw new QueryError('query.number', { value, operator }, place.start, place.end);
    return { operator, value: Number.parseFloat(value) };
  });
  return { kind: 'numbers', bounds: numbers };
}

function times(bounds: readonly Bound[], place: Place, zone: string): Test {
  const read: { operator: Operator; value: QueryTime }[] = bounds.map(({ operator, value }) => {
    const time = queryTime(value, zone);
    if (time === null) throw new QueryError('query.time', { value }, place.start, place.end);
    return { operator, value: time };
  });
  return { kind: 'times', bounds: read };
}

export function isWildcard(test: Test): boolean {
  return test.kind === 'text' && !test.isPhrase && isPattern(test.value);
}
