/** Follows a tree of learned steps, as layouts.ts does, through a line of logfmt: parse/logfmtScanner.ts tells what that is. */
import { BACKSLASH, isDigit, numberEnd, QUOTE, stringStop, wordEnd } from './json';
import { matches, NUMBER, STRING, WORD } from './layouts';
import {
  END,
  ESCAPED,
  FIELDS_MAX,
  FIRST,
  IS_STRING,
  KEY,
  KEY_NUMBER,
  LAST_STEP,
  LENGTH,
  NEXT,
  START,
  TYPE,
} from './memory';

const APOSTROPHE: u32 = 0x27;

/** The number of fields of the line in [at, end), listed with positions from `base`; -1 where it takes another way. */
export function followPairs(root: u32, base: u32, at: u32, end: u32): i32 {
  let from = root;
  let count: u32 = 0;
  for (;;) {
    let before: u32 = 0;
    let step = load<u32>(from, FIRST);
    while (step !== 0 && !(matches(step, at, end) && accepts(step, at + load<u32>(step, LENGTH), end))) {
      before = step;
      step = load<u32>(step, NEXT);
    }
    if (step === 0) return -1;
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
      for (at = stringStop(at, end); at < end && load<u8>(at) !== QUOTE; at++) {
        if (load<u8>(at) === BACKSLASH && at + 1 < end) {
          escaped = 1;
          at++;
        }
      }
      if (at >= end) return -1;
    } else {
      at = blankStop(at, end);
      type = typeOf(valueAt, at);
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

/** Whether what stands behind the text is what comes after the step: a value without quotes, or the end. */
@inline
function accepts(step: u32, at: u32, end: u32): bool {
  if (load<u32>(step, IS_STRING) !== 0) return true;
  if (load<u32>(step, KEY_NUMBER) === 0) return at === end;
  if (at >= end) return true;
  const c: u32 = load<u8>(at);
  return c !== QUOTE && c !== APOSTROPHE;
}

/** The first blank or control character; `end` where there is none. */
@inline
function blankStop(at: u32, end: u32): u32 {
  for (; at < end; at += 16) {
    const stops = i8x16.bitmask(i8x16.lt_u(v128.load(at), i8x16.splat(0x21)));
    if (stops !== 0) return min(at + ctz(stops), end);
  }
  return end;
}

function typeOf(start: u32, end: u32): u32 {
  if (start === end) return STRING;
  const c: u32 = load<u8>(start);
  if (isDigit(c) || c === 0x2d) return numberEnd(start, end) === end ? NUMBER : STRING;
  if (c !== 0x74 && c !== 0x66 && c !== 0x6e) return STRING;
  return wordEnd(start, end) === end ? WORD : STRING;
}
