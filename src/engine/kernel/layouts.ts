/** Follows a tree of learned steps (the text that stands before a value, then the value) through a record. */
import { BACKSLASH, FAILED, membersEnd, numberEnd, QUOTE, stringEnd, stringStop, wordEnd } from './json';
import {
  END,
  ESCAPED,
  FIELDS_MAX,
  FIRST,
  IS_STRING,
  KEY,
  KEY_NUMBER,
  LAST_BLOCK,
  LAST_STEP,
  LENGTH,
  NEXT,
  START,
  TEXT,
  TYPE,
} from './memory';

export const STRING: u32 = 1;
export const NUMBER: u32 = 2;
export const WORD: u32 = 3;
export const ARRAY: u32 = 4;
const EMPTY_OBJECT: u32 = 5;

const LF: u32 = 0x0a;
const CR: u32 = 0x0d;

/**
 * Lists the fields of the record in [at, end), counting positions from `base`; their number, or -1 where the
 * record takes another way than those learned below `root`. `inLines`: the record ends with its line.
 */
export function follow(root: u32, base: u32, at: u32, end: u32, inLines: bool): i32 {
  let from = root;
  let count: u32 = 0;
  for (;;) {
    let before: u32 = 0;
    let step = load<u32>(from, FIRST);
    while (step !== 0 && !(matches(step, at, end) && accepts(step, at + load<u32>(step, LENGTH), end, inLines))) {
      before = step;
      step = load<u32>(step, NEXT);
    }
    if (step === 0) return -1;
    // The way taken last is tried first.
    if (before !== 0) {
      store<u32>(before, load<u32>(step, NEXT), NEXT);
      store<u32>(step, load<u32>(from, FIRST), NEXT);
      store<u32>(from, step, FIRST);
    }
    at += load<u32>(step, LENGTH);
    const key = load<u32>(step, KEY_NUMBER);
    if (key === 0) {
      store<u32>(LAST_STEP, step);
      return count;
    }
    if (count === FIELDS_MAX) return -1;
    const valueAt = at;
    let type = STRING;
    let escaped: u32 = 0;
    if (load<u32>(step, IS_STRING) !== 0) {
      at = stringStop(at, end);
      if (at < end && load<u8>(at) === BACKSLASH) {
        escaped = 1;
        at = stringEnd(at, end);
      }
      if (at >= end || load<u8>(at) !== QUOTE) return -1;
    } else {
      const c: u32 = load<u8>(at);
      if (c < 0x3a) {
        type = NUMBER;
        at = numberEnd(at, end);
      } else if (c === 0x5b) {
        type = ARRAY;
        at = membersEnd(at, end, 1);
        if (inLines && at !== FAILED && holdsLineEnd(valueAt, at)) return -1;
      } else if (c === 0x7b) {
        type = EMPTY_OBJECT;
        at += 2;
      } else {
        type = WORD;
        at = wordEnd(at, end);
      }
      if (at === FAILED) return -1;
    }
    store<u32>(KEY + (count << 2), key);
    store<u32>(START + (count << 2), valueAt - base);
    store<u32>(END + (count << 2), at - base);
    store<u8>(TYPE + count, type as u8);
    store<u8>(ESCAPED + count, escaped as u8);
    count++;
    from = step;
  }
  return -1;
}

@inline
export function matches(step: u32, at: u32, end: u32): bool {
  const length = load<u32>(step, LENGTH);
  if (at + length > end) return false;
  let text = step + TEXT;
  const last = text + ((length - 1) & 0xfffffff0);
  for (; text < last; text += 16, at += 16) {
    if (v128.any_true(v128.xor(v128.load(text), v128.load(at)))) return false;
  }
  return !v128.any_true(v128.and(v128.xor(v128.load(text), v128.load(at)), v128.load(step, LAST_BLOCK)));
}

/** Whether what stands behind the text is what comes after the step: its value, of which the first byte tells enough, or the end. */
@inline
function accepts(step: u32, at: u32, end: u32, inLines: bool): bool {
  if (load<u32>(step, IS_STRING) !== 0) return true;
  if (load<u32>(step, KEY_NUMBER) === 0) return inLines ? endsLine(at, end) : at === end;
  if (at >= end) return false;
  const c: u32 = load<u8>(at);
  if (c === 0x7b) return at + 1 < end && load<u8>(at, 1) === 0x7d;
  return c !== QUOTE;
}

@inline
function endsLine(at: u32, end: u32): bool {
  if (at >= end) return false;
  const c: u32 = load<u8>(at);
  return c === LF || (c === CR && at + 1 < end && load<u8>(at, 1) === LF);
}

/** Blanks between the members of an array may be line ends, and then it is not of one line. */
function holdsLineEnd(at: u32, end: u32): bool {
  for (; at < end; at++) if (load<u8>(at) === LF || load<u8>(at) === CR) return true;
  return false;
}
