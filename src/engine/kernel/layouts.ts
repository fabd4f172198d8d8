/**
 * AssemblyScript, compiled to WebAssembly: the innermost loop of reading JSON, sixteen bytes a step.
 *
 * Follows a tree of learned steps (the text that stands before a value, then the value) through a record and
 * lists its fields. parse/recordMemory.ts lays out the memory and writes the tree; what is here in numbers
 * stands there again.
 */

/** The fields found: Int32 key, start and end, Uint8 type and escaped, FIELDS_MAX places each. */
const FIELDS_MAX: u32 = 512;
/** The layout of the record just read, Uint32. */
const FOUND_LAYOUT: u32 = 1020;
const KEY: u32 = 1024;
const START: u32 = KEY + FIELDS_MAX * 4;
const END: u32 = START + FIELDS_MAX * 4;
const TYPE: u32 = END + FIELDS_MAX * 4;
const ESCAPED: u32 = TYPE + FIELDS_MAX;

/** Places in a step, all Uint32: the first step after it, the next one beside it, the length of its text… */
const FIRST: u32 = 0;
const NEXT: u32 = 4;
const LENGTH: u32 = 8;
/** 0 in the last step of a record, which has no value. */
const KEY_NUMBER: u32 = 12;
const IS_STRING: u32 = 16;
const LAYOUT: u32 = 20;
/** Sixteen bytes with all bits set where the last block of the text counts; then the text in blocks of sixteen. */
const LAST_BLOCK: u32 = 32;
const TEXT: u32 = 48;

const STRING: u32 = 1;
const NUMBER: u32 = 2;
const WORD: u32 = 3;
const ARRAY: u32 = 4;
const EMPTY_OBJECT: u32 = 5;

const QUOTE: u32 = 0x22;
const BACKSLASH: u32 = 0x5c;
const FAILED: u32 = 0xffffffff;
const MAX_DEPTH: u32 = 500;

/**
 * Lists the fields of the record in [at, end), counting positions from `base`; their number, or -1 where the
 * record takes another way than those learned below `root`.
 */
export function read(root: u32, base: u32, at: u32, end: u32): i32 {
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
    // The way taken last is tried first.
    if (before !== 0) {
      store<u32>(before, load<u32>(step, NEXT), NEXT);
      store<u32>(step, load<u32>(from, FIRST), NEXT);
      store<u32>(from, step, FIRST);
    }
    at += load<u32>(step, LENGTH);
    const key = load<u32>(step, KEY_NUMBER);
    if (key === 0) {
      store<u32>(FOUND_LAYOUT, load<u32>(step, LAYOUT));
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
function matches(step: u32, at: u32, end: u32): bool {
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
function accepts(step: u32, at: u32, end: u32): bool {
  if (load<u32>(step, IS_STRING) !== 0) return true;
  if (load<u32>(step, KEY_NUMBER) === 0) return at === end;
  if (at >= end) return false;
  const c: u32 = load<u8>(at);
  if (c === 0x7b) return at + 1 < end && load<u8>(at, 1) === 0x7d;
  return c !== QUOTE;
}

/** The first quote, backslash or control character; at or past `end` where there is none. */
@inline
function stringStop(at: u32, end: u32): u32 {
  for (; at < end; at += 16) {
    const block = v128.load(at);
    const stops = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(block, i8x16.splat(QUOTE as i8)), i8x16.eq(block, i8x16.splat(BACKSLASH as i8))),
        i8x16.lt_u(block, i8x16.splat(0x20)),
      ),
    );
    if (stops !== 0) return at + ctz(stops);
  }
  return end;
}

/** From inside a string to its closing quote, whatever escapes stand between. */
function stringEnd(at: u32, end: u32): u32 {
  for (at = stringStop(at, end); at < end; at = stringStop(at + 1, end)) {
    const c: u32 = load<u8>(at);
    if (c === QUOTE) return at;
    if (c !== BACKSLASH) return FAILED;
    at++;
    const code: u32 = load<u8>(at);
    if (code === 0x75) {
      for (let i: u32 = 1; i <= 4; i++) if (at + i >= end || !isHex(load<u8>(at + i))) return FAILED;
      at += 4;
    } else if (at >= end || !isEscape(code)) return FAILED;
  }
  return FAILED;
}

/** `"`, `\`, `/`, b, f, n, r, t */
function isEscape(c: u32): bool {
  return c === QUOTE || c === BACKSLASH || c === 0x2f || c === 0x62 || c === 0x66 || c === 0x6e || c === 0x72 || c === 0x74;
}

@inline
function isDigit(c: u32): bool {
  return c - 0x30 < 10;
}

function isHex(c: u32): bool {
  return isDigit(c) || (c | 0x20) - 0x61 < 6;
}

function digitsEnd(at: u32, end: u32): u32 {
  while (at < end && isDigit(load<u8>(at))) at++;
  return at;
}

function numberEnd(at: u32, end: u32): u32 {
  if (load<u8>(at) === 0x2d) at++;
  const first = at;
  at = digitsEnd(at, end);
  if (at === first || (load<u8>(first) === 0x30 && at > first + 1)) return FAILED;
  if (at < end && load<u8>(at) === 0x2e) {
    const fraction = at + 1;
    at = digitsEnd(fraction, end);
    if (at === fraction) return FAILED;
  }
  if (at < end && (load<u8>(at) | 0x20) === 0x65) {
    at++;
    if (at < end && (load<u8>(at) === 0x2b || load<u8>(at) === 0x2d)) at++;
    const exponent = at;
    at = digitsEnd(exponent, end);
    if (at === exponent) return FAILED;
  }
  return at;
}

/** `true`, `false` or `null`. */
function wordEnd(at: u32, end: u32): u32 {
  if (at + 4 > end) return FAILED;
  const four = load<u32>(at);
  if (four === 0x65757274 || four === 0x6c6c756e) return at + 4;
  return four === 0x736c6166 && at + 5 <= end && load<u8>(at, 4) === 0x65 ? at + 5 : FAILED;
}

function blanksEnd(at: u32, end: u32): u32 {
  while (at < end && load<u8>(at) <= 0x20 && isBlank(load<u8>(at))) at++;
  return at;
}

@inline
function isBlank(c: u32): bool {
  return c === 0x20 || c === 0x09 || c === 0x0a || c === 0x0d;
}

function valueEnd(at: u32, end: u32, depth: u32): u32 {
  if (at >= end) return FAILED;
  const c: u32 = load<u8>(at);
  if (c === QUOTE) {
    at = stringEnd(at + 1, end);
    return at === FAILED ? FAILED : at + 1;
  }
  if (c === 0x7b || c === 0x5b) return membersEnd(at, end, depth + 1);
  return c < 0x3a ? numberEnd(at, end) : wordEnd(at, end);
}

/** An array or an object, from its opening bracket. */
function membersEnd(open: u32, end: u32, depth: u32): u32 {
  if (depth > MAX_DEPTH) return FAILED;
  const isObject = load<u8>(open) === 0x7b;
  // Closing brackets stand two places after the opening ones.
  const closing: u32 = load<u8>(open) + 2;
  let at = blanksEnd(open + 1, end);
  if (at < end && load<u8>(at) === closing) return at + 1;
  for (;;) {
    if (isObject) {
      if (at >= end || load<u8>(at) !== QUOTE) return FAILED;
      at = stringEnd(at + 1, end);
      if (at === FAILED) return FAILED;
      at = blanksEnd(at + 1, end);
      if (at >= end || load<u8>(at) !== 0x3a) return FAILED;
      at = blanksEnd(at + 1, end);
    }
    at = valueEnd(at, end, depth);
    if (at === FAILED) return FAILED;
    at = blanksEnd(at, end);
    if (at >= end) return FAILED;
    if (load<u8>(at) === closing) return at + 1;
    if (load<u8>(at) !== 0x2c) return FAILED;
    at = blanksEnd(at + 1, end);
  }
  return FAILED;
}
