/** The pieces of JSON's grammar. Each gives the position after it, or FAILED. */

export const QUOTE: u32 = 0x22;
export const BACKSLASH: u32 = 0x5c;
export const FAILED: u32 = 0xffffffff;
const MAX_DEPTH: u32 = 500;

/** The first quote, backslash or control character; at or past `end` where there is none. */
@inline
export function stringStop(at: u32, end: u32): u32 {
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
export function stringEnd(at: u32, end: u32): u32 {
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
export function isDigit(c: u32): bool {
  return c - 0x30 < 10;
}

export function isHex(c: u32): bool {
  return isDigit(c) || (c | 0x20) - 0x61 < 6;
}

function digitsEnd(at: u32, end: u32): u32 {
  while (at < end && isDigit(load<u8>(at))) at++;
  return at;
}

export function numberEnd(at: u32, end: u32): u32 {
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
export function wordEnd(at: u32, end: u32): u32 {
  if (at + 4 > end) return FAILED;
  const four = load<u32>(at);
  if (four === 0x65757274 || four === 0x6c6c756e) return at + 4;
  return four === 0x736c6166 && at + 5 <= end && load<u8>(at, 4) === 0x65 ? at + 5 : FAILED;
}

export function blanksEnd(at: u32, end: u32): u32 {
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
export function membersEnd(open: u32, end: u32, depth: u32): u32 {
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
