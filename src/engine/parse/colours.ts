/** Takes the colours off lines that were written for a terminal. */

const ESCAPE = 0x1b;
const BELL = 0x07;

/** Whether buffer[start, end) holds an escape sequence. */
export function isColoured(buffer: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (buffer[at] === ESCAPE) return true;
  return false;
}

/** Writes buffer[start, end) without escape sequences to `target`, which has room for all of it; the length. */
export function withoutColours(buffer: Uint8Array, start: number, end: number, target: Uint8Array): number {
  let out = 0;
  for (let at = start; at < end; at++) {
    if (buffer[at] === ESCAPE) at = sequenceEnd(buffer, at, end) - 1;
    else target[out++] = buffer[at];
  }
  return out;
}

/** Behind the escape sequence at `at`: `ESC [ … letter`, `ESC ] … BEL`, or two bytes. */
function sequenceEnd(buffer: Uint8Array, at: number, end: number): number {
  const kind = at + 1 < end ? buffer[at + 1] : 0;
  let stop = at + 2;
  if (kind === 0x5b) {
    while (stop < end && (buffer[stop] < 0x40 || buffer[stop] > 0x7e)) stop++;
    return Math.min(end, stop + 1);
  }
  if (kind === 0x5d) {
    while (stop < end && buffer[stop] !== BELL && buffer[stop] !== ESCAPE) stop++;
    return Math.min(end, buffer[stop] === BELL ? stop + 1 : stop + 2);
  }
  return Math.min(end, stop);
}
