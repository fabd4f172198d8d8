/**
 * Splits a file into lines at \n, \r\n and a lone \r, as VS Code does, or jumps land wrong.
 * Lines are handed out as ranges of a shared buffer, so that a line costs no allocation.
 */
import type { ByteFile } from '../source.ts';
import { recordMemory } from './recordMemory.ts';

const CR = 13;
const LF = 10;

export interface LineSink {
  /** A line without its end. `offset` is the position in the file of `start`. Valid during the call only. */
  line(buffer: Uint8Array, start: number, end: number, offset: number): void;
  /**
   * Takes whole lines of buffer[start, end) from `start` on, as many as it likes; where the first one begins that it
   * leaves to be handed out. `base` is the position in the file of buffer[0].
   */
  lines?(buffer: Uint8Array, start: number, end: number, base: number): number;
}

/**
 * Reads from `from` up to `to` and hands every line to the sink; a last line without an end counts, an
 * empty rest after the last line end does not. A file that shrinks meanwhile just ends earlier; the position
 * where reading ended comes back. `onChunk` is called after each read with that position; it may throw to stop.
 */
export async function readLines(
  file: ByteFile,
  sink: LineSink,
  from = 0,
  to = Number.POSITIVE_INFINITY,
  onChunk?: (position: number) => void | Promise<void>,
): Promise<number> {
  const chunk = recordMemory().takeChunk();
  let buffer = chunk;
  let filled = 0;
  /** Position in the file of buffer[0]. */
  let base = from;
  try {
    for (;;) {
      if (filled === buffer.length) {
        // One line is longer than the buffer: grow it, whatever its length.
        const grown = new Uint8Array(buffer.length * 2);
        grown.set(buffer);
        buffer = grown;
      }
      const room = Math.min(buffer.length, to - base) - filled;
      const read = room > 0 ? await file.read(buffer.subarray(filled, filled + room), base + filled) : 0;
      const total = filled + read;
      const atEnd = read === 0 || base + total >= to;
      const consumed = splitLines(buffer, total, atEnd, base, sink);
      await onChunk?.(base + total);
      if (atEnd) return base + total;
      buffer.copyWithin(0, consumed, total);
      filled = total - consumed;
      base += consumed;
    }
  } finally {
    recordMemory().giveBack(chunk);
  }
}

/** Hands out the whole lines in buffer[0, length); the number of bytes they took. */
export function splitLines(buffer: Uint8Array, length: number, atEnd: boolean, base: number, sink: LineSink): number {
  // Buffer's indexOf searches many bytes at once; that of a plain typed array goes one by one.
  const bytes = Buffer.from(buffer.buffer, buffer.byteOffset, length);
  let start = 0;
  let cr = bytes.indexOf(CR);
  for (;;) {
    if (sink.lines) {
      start = sink.lines(buffer, start, length, base);
      if (cr >= 0 && cr < start) cr = bytes.indexOf(CR, start);
    }
    let lf = bytes.indexOf(LF, start);
    if (lf < 0) lf = length;
    // Carriage returns before the next line feed end lines of their own, unless they stand right before it.
    while (cr >= 0 && cr < lf - 1) {
      sink.line(buffer, start, cr, base + start);
      start = cr + 1;
      cr = bytes.indexOf(CR, start);
    }
    if (lf === length) {
      if (cr === length - 1 && cr >= start && atEnd) {
        sink.line(buffer, start, cr, base + start);
        return length;
      }
      if (atEnd && start < length) {
        sink.line(buffer, start, length, base + start);
        return length;
      }
      return start;
    }
    const crlf = cr === lf - 1 && cr >= start;
    sink.line(buffer, start, crlf ? cr : lf, base + start);
    start = lf + 1;
    if (crlf) cr = bytes.indexOf(CR, start);
  }
}

/** Where an object ends, without the comma that parts it from the next one or the bracket of their list; `end` where none follows. */
export function objectEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && (bytes[at - 1] === 0x20 || bytes[at - 1] === 0x09)) at--;
  if (at > start && (bytes[at - 1] === 0x2c || bytes[at - 1] === 0x5d)) at--;
  while (at > start && (bytes[at - 1] === 0x20 || bytes[at - 1] === 0x09)) at--;
  return at > start && bytes[at - 1] === 0x7d ? at : end;
}
