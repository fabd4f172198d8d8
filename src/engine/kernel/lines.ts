/** Reads whole lines into rows as long as they hold nothing that was not met before. */
import { hashBytes, idNumber } from './ids';
import { isDigit } from './json';
import { ARRAY, follow, NUMBER, STRING } from './layouts';
import {
  DURATION_AT,
  END,
  ESCAPED,
  FOUND,
  FOUND_SIZE,
  ID_END,
  ID_HASH,
  ID_KEY,
  ID_ROW,
  ID_START,
  IDS,
  IDS_AT,
  IDS_MAX,
  KEYS_OF_IDS,
  KEYS_OF_OTHERS,
  LAST_STEP,
  LAYOUT_NUMBER,
  LEVEL,
  LEVEL_AT,
  LENGTH,
  LEVEL_SEED,
  MESSAGE_AT,
  MOST_IDS,
  NEVER_IDS,
  OWNER,
  PAIR_ID,
  PAIR_KEY,
  PLAN,
  ROW_DURATION,
  ROW_IDS,
  ROW_IS_TEXT,
  ROW_LAYOUT,
  ROW_LEVEL,
  ROW_LINE,
  ROW_OFFSET,
  ROW_SERVICE,
  ROW_SHAPE,
  ROW_TIME,
  ROWS_MAX,
  SERVICE,
  SERVICE_AT,
  SERVICES,
  SHAPE,
  START,
  TIME_AT,
  TYPE,
  UNIT,
} from './memory';
import { forgetFound, found } from './shape';
import { minuteOf, nameValue, shapeOf } from './tables';

const NONE: i32 = -1;
/** No table answers so. */
const UNKNOWN: u32 = 0xffffffff;

/** How many rows and ids were given. */
export let rows: u32 = 0;
export let ids: u32 = 0;

/** Whether ids get their numbers here; then how many pairs of row and id there are. */
export let numbering: bool = false;
export let pairs: u32 = 0;
/** The id on which the last row failed, for its number is for others to tell; none where both are 0. */
export let oddStart: u32 = 0;
export let oddEnd: u32 = 0;

/**
 * Gives rows for the lines in [at, stop) of the file's bytes up to `end`; where the first line begins for which it
 * gave none. `offset` is what a row's offset is of position 0, `line` the number of the first line.
 */
export function take(root: u32, owner: u32, at: u32, stop: u32, end: u32, offset: u32, line: u32): u32 {
  startRows();
  while (at < stop && hasRoom()) {
    const count = follow(root, 0, at, end, true);
    if (count < 0) return at;
    const step = load<u32>(LAST_STEP);
    const plan = load<u32>(step, PLAN);
    if (plan === 0 || load<u32>(plan, OWNER) !== owner || !giveRow(plan, at + offset, line)) return at;
    // Behind the last field stands the text of the last step, and then the line's end.
    at = load<u32>(END + ((count - 1) << 2)) + load<u32>(step, LENGTH);
    at += load<u8>(at) === 0x0d ? 2 : 1;
    line++;
  }
  return at;
}

@inline
export function startRows(): void {
  rows = 0;
  ids = 0;
  pairs = 0;
  oddStart = 0;
  oddEnd = 0;
}

/** Whether there is room for another row and as many ids as it may have. */
@inline
export function hasRoom(): bool {
  return rows < <u32>ROWS_MAX && ids + MOST_IDS <= <u32>IDS_MAX;
}

@inline
export function addId(start: u32, end: u32, key: u32): void {
  const at = ids << 2;
  store<u32>(ID_ROW + at, rows);
  store<u32>(ID_START + at, start);
  store<u32>(ID_END + at, end);
  store<u32>(ID_KEY + at, key);
  if (!numbering) store<u32>(ID_HASH + at, hashBytes(start, end));
  ids++;
}

/** Takes back the ids of a row that was not given. */
@inline
export function dropIds(first: u32): void {
  ids = first;
}

/** Adds the ids in the message just hashed, the row having `first` so far; false where they are for others to judge. */
export function addFound(first: u32): bool {
  for (let i: u32 = 0; i < found; i++) {
    const at = FOUND + i * FOUND_SIZE;
    const keyStart = load<u32>(at, 8);
    // Keys of Datadog's tracers make another id of the same text.
    const isDatadog = load<u8>(keyStart - 1) === 0x2e && load<u8>(keyStart - 2) === 0x64 && load<u8>(keyStart - 3) === 0x64;
    const key = nameValue(load<u32>(at, 16) === 0 ? KEYS_OF_IDS : KEYS_OF_OTHERS, keyStart, load<u32>(at, 12));
    if (isDatadog || key === UNKNOWN || ids - first === MOST_IDS) return false;
    if (key !== <u32>NEVER_IDS) addId(load<u32>(at), load<u32>(at, 4), key);
  }
  return true;
}

/** Numbers the ids of a row that is sure to be given, `first` and on; false where it must wait for the number of one. */
export function numberIds(first: u32): bool {
  if (!numbering) return true;
  const before = pairs;
  for (let i = first; i < ids; i++) {
    const at = i << 2;
    const start = load<u32>(ID_START + at);
    const end = load<u32>(ID_END + at);
    const number = idNumber(start, end);
    if (number === UNKNOWN) {
      pairs = before;
      oddStart = start;
      oddEnd = end;
      return false;
    }
    if (number === 0 || holds(before, number)) continue;
    store<u32>(PAIR_ID + (pairs << 2), number);
    store<u32>(PAIR_KEY + (pairs << 2), load<u32>(ID_KEY + at));
    pairs++;
  }
  store<u8>(ROW_IDS + rows, <u8>(pairs - before));
  return true;
}

@inline
function holds(from: u32, number: u32): bool {
  for (let pair = from; pair < pairs; pair++) if (load<u32>(PAIR_ID + (pair << 2)) === number) return true;
  return false;
}

export function addRow(time: f64, level: u32, service: u32, shape: u32, duration: f64, layout: u32, offset: u32, line: u32): void {
  store<f64>(ROW_TIME + (rows << 3), time);
  store<u32>(ROW_OFFSET + (rows << 2), offset);
  store<u32>(ROW_LINE + (rows << 2), line);
  store<f32>(ROW_DURATION + (rows << 2), <f32>duration);
  store<u16>(ROW_SERVICE + (rows << 1), <u16>service);
  store<u16>(ROW_SHAPE + (rows << 1), <u16>shape);
  store<u16>(ROW_LAYOUT + (rows << 1), <u16>layout);
  store<u8>(ROW_LEVEL + rows, <u8>level);
  store<u8>(ROW_IS_TEXT + rows, 0);
  rows++;
}

/** A row of the fields just listed. */
export function giveRow(plan: u32, offset: u32, line: u32): bool {
  const time = timeOf(load<i32>(plan, TIME_AT));
  if (isNaN(time)) return false;

  let level: u32 = load<u32>(plan, LEVEL);
  let place = load<i32>(plan, LEVEL_AT);
  if (place !== NONE) {
    if (typeOf(place) > NUMBER) return false;
    level = nameValue(load<u32>(plan, LEVEL_SEED), startOf(place), endOf(place));
    if (level === UNKNOWN) return false;
  }

  let service: u32 = load<u32>(plan, SERVICE);
  place = load<i32>(plan, SERVICE_AT);
  if (place !== NONE) {
    if (typeOf(place) !== STRING || isEscaped(place)) return false;
    service = nameValue(SERVICES, startOf(place), endOf(place));
    if (service === UNKNOWN) return false;
  }

  forgetFound();
  let shape: u32 = load<u32>(plan, SHAPE);
  place = load<i32>(plan, MESSAGE_AT);
  if (place !== NONE) {
    if (typeOf(place) !== STRING || isEscaped(place)) return false;
    shape = shapeOf(startOf(place), endOf(place));
    if (shape === UNKNOWN) return false;
  }

  let duration: f64 = NaN;
  place = load<i32>(plan, DURATION_AT);
  if (place !== NONE) {
    if (typeOf(place) !== NUMBER) return false;
    duration = numberOf(startOf(place), endOf(place)) * load<f64>(plan, UNIT);
    if (isNaN(duration)) return false;
  }

  const first = ids;
  const count = load<u32>(plan, IDS);
  for (let i: u32 = 0; i < count; i++) {
    const id = plan + IDS_AT + (i << 4);
    place = load<i32>(id);
    const start = startOf(place);
    const end = endOf(place);
    // A list may hold ids.
    if (typeOf(place) === ARRAY && end - start > 2) {
      ids = first;
      return false;
    }
    if (typeOf(place) > NUMBER || start === end || end - start < load<u32>(id, 8)) continue;
    if (isEscaped(place)) {
      ids = first;
      return false;
    }
    addId(start, end, load<u32>(id, 4));
  }
  if (!addFound(first) || !numberIds(first)) {
    ids = first;
    return false;
  }
  addRow(time, level, service, shape, duration, load<u32>(plan, LAYOUT_NUMBER), offset, line);
  return true;
}

@inline
function startOf(place: i32): u32 {
  return load<u32>(START + (place << 2));
}

@inline
function endOf(place: i32): u32 {
  return load<u32>(END + (place << 2));
}

@inline
function typeOf(place: i32): u32 {
  return load<u8>(TYPE + place);
}

@inline
function isEscaped(place: i32): bool {
  return load<u8>(ESCAPED + place) !== 0;
}

/** Microseconds; NaN where no table tells. */
function timeOf(place: i32): f64 {
  const start = startOf(place);
  const end = endOf(place);
  if (typeOf(place) === STRING) return minuteOf(start, end);
  return typeOf(place) === NUMBER ? epochOf(start, end) : NaN;
}

/** Seconds of ten digits and a fraction, or milliseconds of thirteen digits. Digits past the microsecond are cut. */
function epochOf(start: u32, end: u32): f64 {
  let value: u64 = 0;
  let at = start;
  for (; at < end && isDigit(load<u8>(at)); at++) value = value * 10 + (load<u8>(at) - 0x30);
  if (at - start === 13) return at === end ? <f64>(value * 1000) : NaN;
  if (at - start !== 10) return NaN;
  let micros = value * 1_000_000;
  if (at < end) {
    if (load<u8>(at) !== 0x2e) return NaN;
    let unit: u64 = 100_000;
    for (at++; at < end; at++, unit /= 10) {
      if (!isDigit(load<u8>(at))) return NaN;
      micros += (load<u8>(at) - 0x30) * unit;
    }
  }
  return <f64>micros;
}

/** A number without sign and exponent, summed up as formats/duration.ts does; NaN for others. */
function numberOf(start: u32, end: u32): f64 {
  let value: f64 = 0;
  let at = start;
  for (; at < end && isDigit(load<u8>(at)); at++) value = value * 10 + <f64>(<u32>load<u8>(at) - 0x30);
  if (at === end) return value;
  if (load<u8>(at) !== 0x2e || at === start) return NaN;
  let place: f64 = 0.1;
  for (at++; at < end; at++, place /= 10) {
    if (!isDigit(load<u8>(at))) return NaN;
    value += <f64>(<u32>load<u8>(at) - 0x30) * place;
  }
  return value;
}
