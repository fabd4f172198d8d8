/** How long work took: which keys say so, in which unit, and how durations are written. All in milliseconds. */
import { words } from '../correlation/idKeys.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

const SAYS_DURATION =
  /\b(?:durations?|dur|latency|elapsed|took|responsetime|(?:response|request|processing|execution|run) time|time (?:taken|elapsed|spent))\b/;
const NOT_A_DURATION = new Set(
  'threshold limit max min timeout avg average mean p50 p90 p95 p99 quantile count total billed init'.split(' '),
);

/** Milliseconds in one unit of a key that says how long work took; 0 where the key says no such thing. */
export function durationUnit(key: string): number {
  const all = words(key);
  if (all.some((word) => NOT_A_DURATION.has(word))) return 0;
  const text = all.join(' ');
  if (!SAYS_DURATION.test(text)) return 0;
  return namedUnit(key) ?? (text === 'event duration' ? 1e-6 : 1);
}

/** Whether the key leaves it to its values to tell the unit. */
export function isUnitOpen(key: string): boolean {
  return namedUnit(key) === null && words(key).join(' ') !== 'event duration';
}

function namedUnit(key: string): number | null {
  const unit = words(key).at(-1) ?? '';
  if (/^(?:ns|nanos?|nanoseconds|nsec)$/.test(unit)) return 1e-6;
  if (/^(?:us|micros?|microseconds|usec)$/.test(unit)) return 1e-3;
  if (/^(?:ms|millis?|milliseconds|msec)$/.test(unit)) return 1;
  if (/^(?:s|secs?|seconds)$/.test(unit)) return 1000;
  return null;
}

/**
 * The unit of a key that names none, by how its values behave: Go's loggers write a duration as whole
 * nanoseconds (slog, Logrus) or as seconds with a fraction (Zap), nginx as seconds with three decimals.
 */
export function unitOfValues(values: readonly string[], fromGo: boolean): number {
  const numbers = values.map(Number).sort((a, b) => a - b);
  const median = numbers[numbers.length >> 1] ?? Number.NaN;
  if (numbers.length === 0 || Number.isNaN(median)) return 1;
  if (values.every((value) => /^\d+$/.test(value))) {
    // A job of some hours is as likely as not where nothing speaks for Go.
    return median >= (fromGo ? 1e4 : 1e8) ? 1e-6 : 1;
  }
  const isSeconds =
    values.every((value) => /^\d+\.\d{3}$/.test(value)) || (fromGo && numbers[numbers.length - 1] < 1e4);
  return isSeconds && median < 60 ? 1000 : 1;
}

/**
 * Milliseconds of the duration in buffer[start, end): a number in the unit given, or with units of its own
 * (`30.0s`, `1.2ms`, `1h2m3.5s`, `250 µs`, `00:00:01.234`). NaN where it is none.
 */
export function durationAt(buffer: Uint8Array, start: number, end: number, unit: number): number {
  let total = 0;
  let at = start;
  if (at >= end) return Number.NaN;
  while (at < end) {
    const numberAt = at;
    let value = 0;
    while (at < end && isDigit(buffer[at])) value = value * 10 + buffer[at++] - 0x30;
    if (at < end && buffer[at] === 0x3a && numberAt === start) return clockAt(buffer, start, end);
    if (at < end && buffer[at] === 0x2e) {
      let place = 0.1;
      for (at++; at < end && isDigit(buffer[at]); at++, place /= 10) value += (buffer[at] - 0x30) * place;
    }
    if (at === numberAt || buffer[at - 1] === 0x2e) return Number.NaN;
    if (at === end) return numberAt === start ? value * unit : Number.NaN;
    if ((buffer[at] | 0x20) === 0x65) return numberAt === start ? exponentAt(buffer, start, end) * unit : Number.NaN;
    if (buffer[at] === 0x20) at++;
    const unitAt = at;
    while (at < end && !isDigit(buffer[at]) && buffer[at] !== 0x20) at++;
    const own = unitAtBytes(buffer, unitAt, at);
    if (own === 0) return Number.NaN;
    total += value * own;
    if (at < end && buffer[at] === 0x20) at++;
  }
  return total;
}

const isDigit = (c: number) => c >= 0x30 && c <= 0x39;

/** Milliseconds in the unit written in buffer[start, end); 0 where it is none. */
function unitAtBytes(buffer: Uint8Array, start: number, end: number): number {
  const first = buffer[start] | 0x20;
  const length = end - start;
  if (length === 1) return first === 0x73 ? 1000 : first === 0x6d ? MINUTE_MS : first === 0x68 ? HOUR_MS : 0;
  const second = buffer[start + 1] | 0x20;
  if (length === 2 && second === 0x73) return first === 0x6d ? 1 : first === 0x75 ? 1e-3 : first === 0x6e ? 1e-6 : 0;
  // The micro sign and the Greek letter look alike, and both are written.
  const micro =
    (buffer[start] === 0xc2 && buffer[start + 1] === 0xb5) || (buffer[start] === 0xce && buffer[start + 1] === 0xbc);
  if (length === 3 && micro && buffer[start + 2] === 0x73) return 1e-3;
  if (first === 0x73 && second === 0x65) return 1000;
  if (first === 0x6d && length >= 3) return second === 0x73 || second === 0x69 ? minuteOrMilli(buffer, start) : 0;
  return 0;
}

/** `min`, `minutes`; `msec`, `millis`, `milliseconds`; `microseconds`. */
function minuteOrMilli(buffer: Uint8Array, start: number): number {
  if ((buffer[start + 1] | 0x20) === 0x73) return 1;
  const third = buffer[start + 2] | 0x20;
  return third === 0x6e ? MINUTE_MS : third === 0x6c ? 1 : third === 0x63 ? 1e-3 : 0;
}

/** `hh:mm:ss.fff`, as .NET writes a span of time. */
function clockAt(buffer: Uint8Array, start: number, end: number): number {
  let seconds = 0;
  let part = 0;
  let colons = 0;
  let place = 0;
  for (let at = start; at < end; at++) {
    const c = buffer[at];
    if (c === 0x3a && place === 0) {
      seconds = (seconds + part) * 60;
      part = 0;
      colons++;
    } else if (c === 0x2e && place === 0) place = 0.1;
    else if (!isDigit(c)) return Number.NaN;
    else if (place === 0) part = part * 10 + c - 0x30;
    else {
      part += (c - 0x30) * place;
      place /= 10;
    }
  }
  return colons === 2 ? (seconds + part) * 1000 : Number.NaN;
}

/** Rare enough for a string. */
function exponentAt(buffer: Uint8Array, start: number, end: number): number {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(buffer[at]);
  return /^\d+(?:\.\d+)?[eE][+-]?\d+$/.test(text) ? Number(text) : Number.NaN;
}
