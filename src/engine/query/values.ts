/** How a value of a log is held against one of a query. */
import type { Field } from '../../model.ts';
import type { Operator } from './syntax.ts';

/** A number, and what may follow it as its unit: `3.8%`, `10 ms`, `1e3`. Dates and addresses go on with digits. */
const QUANTITY = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*[^\d\s.,:-]*$/i;

export function isQuantity(text: string): boolean {
  return QUANTITY.test(text);
}

/** False where either side was no number, as NaN compares false. */
export function compares(operator: Operator, difference: number): boolean {
  switch (operator) {
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '<':
      return difference < 0;
    default:
      return difference <= 0;
  }
}

export function textOf(value: Field['value']): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export function isPattern(value: string): boolean {
  return value.includes('*') || value.includes('?');
}

/**
 * `*` stands for any text, `?` for one character. Not a regular expression, so that no pattern can run away:
 * only the last star is ever gone back to.
 */
export function wildcard(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

export function contains(text: string, value: string, isPhrase: boolean): boolean {
  const lower = text.toLowerCase();
  return isPhrase || !isPattern(value) ? lower.includes(value) : wildcard(`*${value}*`, lower);
}

export function equals(text: string, value: string, isPhrase: boolean): boolean {
  const lower = text.toLowerCase();
  return isPhrase || !isPattern(value) ? lower === value : wildcard(value, lower);
}

/** Words as Elasticsearch's standard analyser makes them, near enough: letters and digits, joined by `_`, `.` or `'`. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+(?:['.][\p{L}\p{N}_]+)*/gu) ?? [];
}
