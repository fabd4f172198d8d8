/** Values with a unit: numbers, `"3.8%"`, `"10ms"`, and a unit that only the key tells (`duration_ms`). */
import type { Json } from '../../model.ts';

export type Dimension = 'time' | 'size' | 'percent' | 'none';

export interface Quantity {
  /** In milliseconds, bytes, percent, or as it stands. */
  amount: number;
  dimension: Dimension;
}

const UNITS = new Map<string, [dimension: Dimension, factor: number]>([
  ['ns', ['time', 1e-6]],
  ['us', ['time', 1e-3]],
  ['µs', ['time', 1e-3]],
  ['micros', ['time', 1e-3]],
  ['ms', ['time', 1]],
  ['millis', ['time', 1]],
  ['milliseconds', ['time', 1]],
  ['s', ['time', 1e3]],
  ['sec', ['time', 1e3]],
  ['secs', ['time', 1e3]],
  ['second', ['time', 1e3]],
  ['seconds', ['time', 1e3]],
  ['mins', ['time', 6e4]],
  ['minutes', ['time', 6e4]],
  ['h', ['time', 36e5]],
  ['hours', ['time', 36e5]],
  ['b', ['size', 1]],
  ['bytes', ['size', 1]],
  ['kb', ['size', 1e3]],
  ['kib', ['size', 1024]],
  ['mb', ['size', 1e6]],
  ['mib', ['size', 1024 ** 2]],
  ['gb', ['size', 1e9]],
  ['gib', ['size', 1024 ** 3]],
  ['%', ['percent', 1]],
  ['pct', ['percent', 1]],
  ['percent', ['percent', 1]],
  ['percentage', ['percent', 1]],
]);

/** Whether a word behind a number is a unit; `4439079da` is an id, and no seven digits of anything. */
export function isUnit(word: string): boolean {
  return UNITS.has(word);
}

/** The units a key ends in; `requests per minute` is a rate and `5min` a window, not a time. */
export function unitOf(keyWords: readonly string[]): string | null {
  const last = keyWords[keyWords.length - 1];
  if (keyWords.length < 2 || keyWords[keyWords.length - 2] === 'per') return null;
  return UNITS.has(last) ? last : null;
}

/** The window a count was taken over, as a word of its key: `1min`, `5m`, `24h`. */
export function isWindow(word: string): boolean {
  return /^\d+(ms|s|sec|m|min|mins|h|hr|d)$/.test(word);
}

/** Null for what is no number. A unit in the value goes before the key's. */
export function quantityOf(value: Json, keyWords: readonly string[]): Quantity | null {
  const unit = unitOf(keyWords);
  if (typeof value === 'number') return inBaseUnit(value, unit);
  if (typeof value !== 'string' || value.length > 24) return null;
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*([a-zµ%]*)\s*$/i.exec(value);
  if (!match) return null;
  const written = match[2].toLowerCase();
  if (written !== '' && !UNITS.has(written)) return null;
  return inBaseUnit(Number(match[1]), written === '' ? unit : written);
}

function inBaseUnit(number: number, unit: string | null): Quantity | null {
  if (!Number.isFinite(number)) return null;
  const known = unit === null ? undefined : UNITS.get(unit);
  if (!known) return { amount: number, dimension: 'none' };
  const [dimension, factor] = known;
  return { amount: number * factor, dimension };
}
