/** Which words of a text are ids by their look alone. kernel/shape.ts tells the same. */

const ID_MIN_HEX = 16;
const UUID = 36;
/** Letters before a UUID, as in `req-38101a0b-…`. */
const LONGEST_PREFIX = 12;
const LONGEST_GROUP = 32;

/** Groups of digits of a UUID, a `traceparent`, a `b3` header, an id of X-Ray. */
const HYPHENATED = new Set(
  [
    [8, 4, 4, 4, 12],
    [2, 32, 16, 2],
    ...[16, 32].flatMap((trace) => [
      [trace, 16],
      [trace, 16, 1],
      [trace, 16, 1, 16],
    ]),
    [1, 8, 24],
  ].map((groups) => groups.reduce((all, group) => all * 64 + group, 0)),
);

/** At least 16 hex digits with a decimal one among them; a UUID; what a header says of a trace. */
export function isIdText(buffer: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < ID_MIN_HEX || (length === ID_MIN_HEX && isAddress(buffer, start))) return false;
  if (length > UUID && length <= UUID + 1 + LONGEST_PREFIX && isPrefix(buffer, start, end - UUID)) start = end - UUID;
  return isPlainId(buffer, start, end);
}

/**
 * 64 bits that begin with 16 equal ones point into memory, of a process (`00007ffff7a2d830`) or of the system
 * (`ffffffff81a0b2c3`). Of random ids one in thirty thousand looks so; behind a key it is one all the same.
 */
function isAddress(buffer: Uint8Array, start: number): boolean {
  const first = buffer[start] | 0x20;
  if (first !== 0x30 && first !== 0x66) return false;
  for (let i = start + 1; i < start + 4; i++) if ((buffer[i] | 0x20) !== first) return false;
  return true;
}

/** Whether `req-` or the like stands before a UUID: letters and a hyphen. */
function isPrefix(buffer: Uint8Array, start: number, end: number): boolean {
  if (buffer[end - 1] !== 0x2d || end - start < 2) return false;
  let other = false;
  for (let i = start; i < end - 1; i++) {
    const letter = buffer[i] | 0x20;
    if (letter < 0x61 || letter > 0x7a) return false;
    // Of hexadecimal digits alone it is rather part of a longer header.
    if (letter > 0x66) other = true;
  }
  return other;
}

function isPlainId(buffer: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  let digits = 0;
  /** Lengths of what stands between hyphens, in base 64. */
  let groups = 0;
  let group = 0;
  for (let i = start; i < end; i++) {
    const c = buffer[i];
    if (c >= 0x30 && c <= 0x39) digits++;
    else if (c === 0x2d && length > 32) {
      if (group > LONGEST_GROUP) return false;
      groups = groups * 64 + group;
      group = -1;
    } else if ((c | 0x20) < 0x61 || (c | 0x20) > 0x66) return false;
    group++;
  }
  if (digits === 0) return false;
  return group === length || (group <= LONGEST_GROUP && HYPHENATED.has(groups * 64 + group));
}
