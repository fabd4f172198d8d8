/** The pieces of JSON's grammar on bytes: strings, numbers and words. Each gives the position after it, or -1. */
import { decodeUtf8 } from '../../base/utf8.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Deeper nesting than any logger writes; the line is then no record, and the stack stays whole. */
export const MAX_DEPTH = 500;

/** 1 for the bytes at which a string ends or needs a closer look: quote, backslash and control characters. */
const STOPS = new Uint8Array(256).fill(1, 0, 0x20);
STOPS[QUOTE] = STOPS[BACKSLASH] = 1;

const SIMPLE_ESCAPE = new Uint8Array(256);
for (const c of '"\\/bfnrt') SIMPLE_ESCAPE[c.charCodeAt(0)] = 1;

/**
 * The first quote, backslash or control character at or after `at`; `limit` where there is none. Four bytes
 * a step: `(x - 0x01…) & ~x & 0x80…` is set in the lowest byte of x that is zero.
 */
export function stringStop(view: DataView, at: number, limit: number): number {
  const last = limit - 4;
  while (at <= last) {
    const four = view.getInt32(at, true);
    const quote = four ^ 0x22222222;
    const slash = four ^ 0x5c5c5c5c;
    const found =
      (((quote - 0x01010101) & ~quote) | ((slash - 0x01010101) & ~slash) | ((four - 0x20202020) & ~four)) & 0x80808080;
    if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3);
    at += 4;
  }
  while (at < limit && STOPS[view.getUint8(at)] === 0) at++;
  return at;
}

/** From behind an opening quote to the closing one, whatever escapes stand between. */
function stringEnd(buffer: Uint8Array, at: number, limit: number): number {
  for (; at < limit; at++) {
    const c = buffer[at];
    if (STOPS[c] === 0) continue;
    if (c === QUOTE) return at;
    if (c !== BACKSLASH) return -1;
    const code = buffer[++at];
    if (code === 0x75) {
      for (let i = 1; i <= 4; i++) if (at + i >= limit || !isHex(buffer[at + i])) return -1;
      at += 4;
    } else if (at >= limit || SIMPLE_ESCAPE[code] === 0) return -1;
  }
  return -1;
}

/** `true`, `false` or `null`. */
export function wordEnd(buffer: Uint8Array, at: number, limit: number): number {
  const c = buffer[at];
  if (c === 0x74) return isAt(buffer, at, limit, 0x72, 0x75, 0x65) ? at + 4 : -1;
  if (c === 0x6e) return isAt(buffer, at, limit, 0x75, 0x6c, 0x6c) ? at + 4 : -1;
  return c === 0x66 && isAt(buffer, at, limit - 1, 0x61, 0x6c, 0x73) && buffer[at + 4] === 0x65 ? at + 5 : -1;
}

function isAt(buffer: Uint8Array, at: number, limit: number, second: number, third: number, fourth: number): boolean {
  return at + 4 <= limit && buffer[at + 1] === second && buffer[at + 2] === third && buffer[at + 3] === fourth;
}

export function numberEnd(buffer: Uint8Array, at: number, limit: number): number {
  if (buffer[at] === 0x2d) at++;
  const first = at;
  while (at < limit && isDigit(buffer[at])) at++;
  if (at === first || (buffer[first] === 0x30 && at > first + 1)) return -1;
  if (at >= limit) return at;
  if (buffer[at] === 0x2e) {
    const fraction = ++at;
    while (at < limit && isDigit(buffer[at])) at++;
    if (at === fraction) return -1;
  }
  if (at < limit && (buffer[at] | 0x20) === 0x65) {
    at++;
    if (at < limit && (buffer[at] === 0x2b || buffer[at] === 0x2d)) at++;
    const exponent = at;
    while (at < limit && isDigit(buffer[at])) at++;
    if (at === exponent) return -1;
  }
  return at;
}

const EXACT_DIGITS = 15;
const TENTHS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => 10 ** i);

/** The value of a JSON number, without making a string of a short one. */
export function numberAt(buffer: Uint8Array, start: number, end: number): number {
  const negative = buffer[start] === 0x2d;
  let digits = 0;
  let value = 0;
  let point = end;
  let at = negative ? start + 1 : start;
  for (; at < end; at++) {
    const c = buffer[at];
    if (c === 0x2e && point === end) point = at;
    else if (isDigit(c)) {
      value = value * 10 + (c - 0x30);
      digits++;
    } else break;
  }
  // Up to fifteen digits both parts of the division are exact, so its result is the nearest number.
  if (at < end || digits > EXACT_DIGITS) return Number(decodeUtf8(buffer, start, end));
  if (point < end) value /= TENTHS[end - point - 1];
  return negative ? -value : value;
}

/** Over blanks; the position of the first other byte. */
export function blanksEnd(buffer: Uint8Array, at: number, limit: number): number {
  while (at < limit) {
    const c = buffer[at];
    if (c !== 0x20 && c !== 0x09 && c !== 0x0a && c !== 0x0d) break;
    at++;
  }
  return at;
}

/** Any value, of which only the end is wanted. `depth` counts the arrays and objects around it. */
export function valueEnd(buffer: Uint8Array, view: DataView, at: number, limit: number, depth: number): number {
  if (at >= limit) return -1;
  const c = buffer[at];
  if (c === QUOTE) {
    const close = closingQuote(buffer, view, at + 1, limit);
    return close < 0 ? -1 : close + 1;
  }
  if (c === 0x7b || c === 0x5b) return membersEnd(buffer, view, at, limit, depth + 1);
  return c < 0x3a ? numberEnd(buffer, at, limit) : wordEnd(buffer, at, limit);
}

/** An array or an object, from its opening bracket. */
function membersEnd(buffer: Uint8Array, view: DataView, open: number, limit: number, depth: number): number {
  if (depth > MAX_DEPTH) return -1;
  const isObject = buffer[open] === 0x7b;
  // Closing brackets stand two places after the opening ones.
  const closing = buffer[open] + 2;
  let at = blanksEnd(buffer, open + 1, limit);
  if (at < limit && buffer[at] === closing) return at + 1;
  for (;;) {
    if (isObject) {
      if (at >= limit || buffer[at] !== QUOTE) return -1;
      at = closingQuote(buffer, view, at + 1, limit);
      if (at < 0) return -1;
      at = blanksEnd(buffer, at + 1, limit);
      if (at >= limit || buffer[at] !== 0x3a) return -1;
      at = blanksEnd(buffer, at + 1, limit);
    }
    at = valueEnd(buffer, view, at, limit, depth);
    if (at < 0) return -1;
    at = blanksEnd(buffer, at, limit);
    if (at >= limit) return -1;
    if (buffer[at] === closing) return at + 1;
    if (buffer[at] !== 0x2c) return -1;
    at = blanksEnd(buffer, at + 1, limit);
  }
}

/** From behind an opening quote to the closing one. */
export function closingQuote(buffer: Uint8Array, view: DataView, at: number, limit: number): number {
  const stop = stringStop(view, at, limit);
  return stop < limit && buffer[stop] === QUOTE ? stop : stringEnd(buffer, stop, limit);
}

const isDigit = (c: number) => c >= 0x30 && c <= 0x39;
const isHex = (c: number) => isDigit(c) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x66);

/** The text of a JSON string given without its quotes. */
export function unquote(buffer: Uint8Array, start: number, end: number): string {
  return JSON.parse(`"${decodeUtf8(buffer, start, end)}"`) as string;
}
