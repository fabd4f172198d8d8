/** Times in queries: as typed anywhere else, counts since 1970, and Elasticsearch's `now-1h/h`. */
import { DAY, HOUR, MINUTE, SECOND } from '../../base/time.ts';
import { onLogsDay, readTime } from '../../base/timeInput.ts';
import type { Micros, TimeRange } from '../../model.ts';
import type { QueryTime } from './syntax.ts';

const UNITS: Readonly<Record<string, Micros>> = {
  s: SECOND,
  m: MINUTE,
  h: HOUR,
  H: HOUR,
  d: DAY,
  w: 7 * DAY,
};
const DATE_MATH = /^now(?<steps>(?:[+-]\d{1,9}[smhHdw])*)(?:\/(?<unit>[smhHdw]))?$/;

/** Null where the text is no time. */
export function queryTime(text: string, zone: string): QueryTime | null {
  const trimmed = text.trim();
  const math = DATE_MATH.exec(trimmed)?.groups;
  if (math) {
    let fromEnd = 0;
    for (const [, sign, count, unit] of math.steps.matchAll(/([+-])(\d+)(\w)/g)) {
      fromEnd += (sign === '-' ? -1 : 1) * Number(count) * UNITS[unit];
    }
    return { fromEnd, unit: math.unit === undefined ? null : UNITS[math.unit] };
  }
  return sinceEpoch(trimmed) ?? readTime(trimmed, zone);
}

/** Seconds, milliseconds or microseconds, told apart by their size; anything smaller is no time but a quantity. */
function sinceEpoch(text: string): QueryTime | null {
  if (!/^\d{9,16}$/.test(text)) return null;
  const number = Number(text);
  if (text.length <= 10) return { at: number * SECOND };
  return { at: text.length <= 13 ? number * 1000 : number };
}

export function micros(time: QueryTime, range: TimeRange): Micros {
  if (!('fromEnd' in time)) return onLogsDay(time, range);
  const moved = (range.to ?? 0) + time.fromEnd;
  return time.unit === null ? moved : Math.floor(moved / time.unit) * time.unit;
}
