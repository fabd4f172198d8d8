/** What values mean that were met before. What is learned comes from those who read the first of each. */
import { isDigit } from './json';
import {
  FOUND_MAX,
  MESSAGE_MAX,
  MESSAGE_SIZE,
  MESSAGE_SLOTS,
  MESSAGES,
  MINUTE_SIZE,
  MINUTE_SLOTS,
  MINUTE_TEXT,
  MINUTES,
  NAME_MAX,
  NAME_SIZE,
  NAME_SLOTS,
  NAMES,
  SHAPE_SIZE,
  SHAPE_SLOTS,
  SHAPES,
  TABLES,
  TABLES_END,
} from './memory';
import { forgetFound, hashShape, high, low, masked } from './shape';

const UNKNOWN: u32 = 0xffffffff;
const NAME_TEXT: u32 = 32;
const MESSAGE_TEXT: u32 = 16;
/** Places in an ISO time: of its minutes, of its seconds, and behind them. */
const MINUTES_AT: u32 = 14;
const SECONDS_AT: u32 = 17;
const SECONDS_END: u32 = 19;

export function forget(): void {
  memory.fill(TABLES, 0, TABLES_END - TABLES);
  shapes = 0;
}

/** The value learned for a name; UNKNOWN where there is none. */
export function nameValue(seed: u32, start: u32, end: u32): u32 {
  const length = end - start;
  const hash = hashName(seed, start, length);
  const slot = NAMES + (hash & (NAME_SLOTS - 1)) * NAME_SIZE;
  if (load<u32>(slot) !== hash || load<u32>(slot, 4) !== length || load<u32>(slot, 12) !== seed + 1) return UNKNOWN;
  return same(slot + NAME_TEXT, start, length) ? load<u32>(slot, 8) : UNKNOWN;
}

export function learnName(seed: u32, start: u32, end: u32, value: u32): void {
  const length = end - start;
  if (length > <u32>NAME_MAX) return;
  const hash = hashName(seed, start, length);
  const slot = NAMES + (hash & (NAME_SLOTS - 1)) * NAME_SIZE;
  store<u32>(slot, hash);
  store<u32>(slot, length, 4);
  store<u32>(slot, value, 8);
  store<u32>(slot, seed + 1, 12);
  memory.copy(slot + NAME_TEXT, start, length);
}

function hashName(seed: u32, start: u32, length: u32): u32 {
  let hash: u32 = (seed + 1) * 0x2c1b3c6d + length;
  let i: u32 = 0;
  for (; i + 4 <= length; i += 4) {
    hash = (hash ^ load<u32>(start + i)) * 0x9e3779b1;
    hash ^= hash >>> 15;
  }
  for (; i < length; i++) hash = (hash ^ load<u8>(start + i)) * 0x01000193;
  return hash ^ (hash >>> 16);
}

@inline
function same(known: u32, start: u32, length: u32): bool {
  let i: u32 = 0;
  for (; i + 8 <= length; i += 8) if (load<u64>(known + i) !== load<u64>(start + i)) return false;
  for (; i < length; i++) if (load<u8>(known + i) !== load<u8>(start + i)) return false;
  return true;
}

/** Microseconds of an ISO time whose minute, fraction and zone were met in just this form; NaN for others. */
export function minuteOf(start: u32, end: u32): f64 {
  const length = end - start;
  if (length < SECONDS_END) return NaN;
  const slot = minuteSlot(start);
  if (load<u32>(slot) !== length || !same(slot + MINUTE_TEXT, start, SECONDS_AT)) return NaN;
  const fractionEnd = load<u32>(slot, 4);
  if (fractionEnd > SECONDS_END && load<u8>(slot + MINUTE_TEXT, SECONDS_END) !== load<u8>(start, SECONDS_END)) return NaN;
  if (!same(slot + MINUTE_TEXT + fractionEnd, start + fractionEnd, length - fractionEnd)) return NaN;
  const tens: u32 = load<u8>(start, SECONDS_AT);
  const ones: u32 = load<u8>(start, SECONDS_AT + 1);
  if (!isDigit(tens) || !isDigit(ones)) return NaN;
  const seconds = (tens - 0x30) * 10 + (ones - 0x30);
  if (seconds > 60) return NaN;
  let micros: u32 = seconds * 1_000_000;
  let unit: u32 = 100_000;
  for (let i = SECONDS_END + 1; i < fractionEnd; i++, unit /= 10) {
    const c: u32 = load<u8>(start + i);
    if (!isDigit(c)) return NaN;
    // Digits past the microsecond are cut, not rounded: a time must not move into the future.
    micros += (c - 0x30) * unit;
  }
  return load<f64>(slot, 8) + <f64>micros;
}

/** `micros`: of the minute itself. */
export function learnMinute(start: u32, end: u32, fractionEnd: u32, micros: f64): void {
  const slot = minuteSlot(start);
  store<u32>(slot, end - start);
  store<u32>(slot, fractionEnd, 4);
  store<f64>(slot, micros, 8);
  memory.copy(slot + MINUTE_TEXT, start, end - start);
}

/** Where the time ends that stands at `start`, if it is of a minute and form learned; UNKNOWN where it is not. */
export function timeEnd(start: u32, limit: u32): u32 {
  if (start + SECONDS_END > limit) return UNKNOWN;
  const end = start + load<u32>(minuteSlot(start));
  return end <= limit && endsTime(end, limit) && !isNaN(minuteOf(start, end)) ? end : UNKNOWN;
}

/** As in formats/timestamp.ts: whether what stands at `at`, behind a time, is surely no more of it and lets it be one. */
function endsTime(at: u32, limit: u32): bool {
  if (at >= limit) return true;
  const first: u32 = load<u8>(at);
  if (isDigit(first) || (first | 0x20) - 0x61 < 26) return false;
  if (first === 0x3a) {
    if (at + 1 < limit && isDigit(load<u8>(at + 1))) return false;
    return load<u8>(at - 3) !== 0x2b && load<u8>(at - 3) !== 0x2d;
  }
  const next = first === 0x20 ? at + 1 : at;
  const c: u32 = next < limit ? <u32>load<u8>(next) : 0;
  if (c === 0x2e || c === 0x2c || c === 0x2b || c === 0x2d || c === 0x5a) return false;
  return !mayBeZone(next, limit);
}

/** As in formats/zoneNames.ts. */
function mayBeZone(at: u32, limit: u32): bool {
  if (at + 3 > limit || <u32>load<u8>(at) - 0x41 >= 26 || <u32>load<u8>(at + 1) - 0x41 >= 26) return false;
  const third: u32 = load<u8>(at + 2);
  return third === 0x54 || third === 0x53 || third === 0x43 || third === 0x44 || third === 0x4b;
}

@inline
function minuteSlot(start: u32): u32 {
  const tens: u32 = load<u8>(start, MINUTES_AT);
  const ones: u32 = load<u8>(start, MINUTES_AT + 1);
  return MINUTES + ((tens * 10 + ones) & (MINUTE_SLOTS - 1)) * MINUTE_SIZE;
}

let shapes: u32 = 0;

/** The number learned for a message's shape; UNKNOWN where there is none. What may be ids in it is in FOUND then. */
export function shapeOf(start: u32, end: u32): u32 {
  forgetFound();
  const length = end - start;
  let slot: u32 = 0;
  if (length >= 4 && length <= <u32>MESSAGE_MAX) {
    slot = messageSlot(start, end);
    if (load<u32>(slot) === length && same(slot + MESSAGE_TEXT, start, length)) return load<u32>(slot, 4);
  }
  if (!hashShape(start, end, FOUND_MAX)) return UNKNOWN;
  const number = shapeNumber();
  if (slot !== 0 && !masked && number !== UNKNOWN) {
    store<u32>(slot, length);
    store<u32>(slot, number, 4);
    memory.copy(slot + MESSAGE_TEXT, start, length);
  }
  return number;
}

@inline
function messageSlot(start: u32, end: u32): u32 {
  const ends = (load<u32>(start) ^ (end - start)) * 31 ^ load<u32>(end - 4);
  return MESSAGES + ((ends * 0x9e3779b1 >>> 20) & (MESSAGE_SLOTS - 1)) * MESSAGE_SIZE;
}

/** Of the shape just hashed. */
function shapeNumber(): u32 {
  for (let i = low & (SHAPE_SLOTS - 1); ; i = (i + 1) & (SHAPE_SLOTS - 1)) {
    const slot = SHAPES + i * SHAPE_SIZE;
    const number = load<u32>(slot, 8);
    if (number === 0) return UNKNOWN;
    if (load<u32>(slot) === low && load<u32>(slot, 4) === high) return number - 1;
  }
  return UNKNOWN;
}

export function learnShape(hashLow: u32, hashHigh: u32, number: u32): void {
  if (shapes * 2 >= <u32>SHAPE_SLOTS) return;
  let i = hashLow & (SHAPE_SLOTS - 1);
  for (; ; i = (i + 1) & (SHAPE_SLOTS - 1)) {
    const slot = SHAPES + i * SHAPE_SIZE;
    if (load<u32>(slot, 8) === 0) {
      store<u32>(slot, hashLow);
      store<u32>(slot, hashHigh, 4);
      store<u32>(slot, number + 1, 8);
      shapes++;
      return;
    }
    if (load<u32>(slot) === hashLow && load<u32>(slot, 4) === hashHigh) return;
  }
}
