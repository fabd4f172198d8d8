/** What the values of one key look like over sampled records, and what that makes of the key. */
import { scaleOfValues } from './levels.ts';

/** A key has a role when at least this share of its values fits. */
const FITS = 0.9;
export const MAX_DISTINCT = 64;

export interface KeyStats {
  name: string;
  count: number;
  strings: number;
  times: number;
  /** How often a time was not before the one above it. */
  inOrder: number;
  lastTime: number;
  levels: number;
  ids: number;
  names: number;
  blanks: number;
  characters: number;
  /** Values met, up to MAX_DISTINCT of them. */
  distinct: Set<string>;
}

export const newStats = (name: string): KeyStats => ({
  name,
  count: 0,
  strings: 0,
  times: 0,
  inOrder: 0,
  lastTime: Number.NEGATIVE_INFINITY,
  levels: 0,
  ids: 0,
  names: 0,
  blanks: 0,
  characters: 0,
  distinct: new Set(),
});

export const isTime = (s: KeyStats): boolean => s.times >= FITS * s.count;
export const isName = (s: KeyStats): boolean => s.names >= FITS * s.count;
export const numbersOf = (s: KeyStats): number[] => [...s.distinct].map(Number).filter((value) => !Number.isNaN(value));

export function isLevel(s: KeyStats): boolean {
  const numbers = numbersOf(s);
  if (s.levels >= FITS * s.count) return true;
  return numbers.length > 0 && numbers.length === s.distinct.size && scaleOfValues(numbers) !== null;
}

/** `success` and `error` may as well be how something ended; these say how loud a line is. */
export const isPlainLevel = (value: string): boolean =>
  /^(?:info|inf|debug|dbg|warn|wrn|trace|trc|notice)/i.test(value);

/** Id-like values that do not repeat like a version or a host name does. */
export function looksLikeId(s: KeyStats): boolean {
  return s.ids >= FITS * s.count && s.distinct.size >= Math.min(MAX_DISTINCT, Math.max(3, s.count / 50));
}
