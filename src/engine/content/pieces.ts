/** Streams of bytes: from a file, and with a look at how they begin. */
import type { ByteFile } from '../source.ts';

/** Small, because a decoder makes up to a thousand times as much of a piece. */
const PIECE = 1 << 15;

/** The bytes of a file in order. `onRead` hears how far it came; it may throw to stop. */
export async function* piecesOf(file: ByteFile, onRead?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; ) {
    // A new buffer each time: the piece may still wait in a decoder when the next one is read.
    const piece = new Uint8Array(PIECE);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < PIECE; filled += read)
      read = await file.read(piece.subarray(filled), at + filled);
    if (filled === 0) return;
    at += filled;
    onRead?.(at);
    yield piece.subarray(0, filled);
  }
}

/** As many bytes from the start as there are, up to `wanted`. */
export async function headOf(file: ByteFile, wanted: number): Promise<Uint8Array> {
  const head = new Uint8Array(Math.min(wanted, file.bytes));
  let filled = 0;
  while (filled < head.length) {
    const read = await file.read(head.subarray(filled), filled);
    if (read === 0) break;
    filled += read;
  }
  return head.subarray(0, filled);
}

export interface Peeked {
  /** Up to the bytes asked for; fewer only where the stream has no more. */
  head: Uint8Array;
  /** The whole stream, the head included. To be read once. */
  all: AsyncIterable<Uint8Array>;
}

export async function peek(stream: AsyncIterable<Uint8Array>, wanted: number): Promise<Peeked> {
  const rest = stream[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  while (length < wanted) {
    const next = await rest.next();
    if (next.done) break;
    seen.push(next.value);
    length += next.value.length;
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const piece of seen) {
    joined.set(piece, at);
    at += piece.length;
  }
  return { head: joined.subarray(0, wanted), all: resumed(joined, rest) };
}

async function* resumed(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
