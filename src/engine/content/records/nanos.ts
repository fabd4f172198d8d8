/** Times and durations of traces, exact to the nanosecond. */
import type { Json } from '../../../model.ts';

const SECOND = 1_000_000_000n;
/** The years 1970 to 9999: what lies outside is no time. */
const LAST = 253_402_300_800n * SECOND;

/** Nanoseconds from a number of `unit` nanoseconds, written as a number or in a string; null where it is none. */
export function nanos(value: Json | undefined, unit: bigint): bigint | null {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value) * unit;
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  // Digits are counted as they are written: the product may be past what a number holds exactly.
  const match = /^(\d{1,19})(?:\.(\d+))?$/.exec(String(value));
  if (!match) return null;
  const fraction = BigInt((match[2] ?? '').slice(0, 9).padEnd(9, '0'));
  return BigInt(match[1]) * unit + (fraction * unit) / SECOND;
}

/** RFC 3339 with microseconds, and nanoseconds where there are any; undefined for zero and what is no time. */
export function timeText(time: bigint | null): string | undefined {
  if (time === null || time <= 0n || time >= LAST) return undefined;
  const seconds = secondsText(Number(time / SECOND));
  const fraction = String(time % SECOND).padStart(9, '0');
  return `${seconds}.${fraction.endsWith('000') ? fraction.slice(0, 6) : fraction}Z`;
}

let lastSecond = Number.NaN;
let lastText = '';

/** Spans come in bursts, many in the same second. */
function secondsText(second: number): string {
  if (second !== lastSecond) {
    lastText = new Date(second * 1000).toISOString().slice(0, 19);
    lastSecond = second;
  }
  return lastText;
}

export function milliseconds(duration: bigint): number {
  return Number(duration) / 1e6;
}

/** As nanoseconds, of RFC 3339 with any fraction; null where it is no such text. */
export function parseTime(value: Json | undefined): bigint | null {
  if (typeof value !== 'string') return null;
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(Z|[+-]\d\d:?\d\d)$/.exec(value);
  if (!match) return null;
  const whole = Date.parse(`${match[1]}${match[3]}`);
  return Number.isNaN(whole) ? null : BigInt(whole) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'));
}
