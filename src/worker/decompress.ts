/** Streaming decompression. */
import { type Duplex, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import type { Compression } from '../engine/source.ts';
import { ZstdFrames } from './zstdFrames.ts';

const CHUNK = 1 << 18;
const SMALL = 1 << 12;
/** Pieces waiting to be taken; a decoder that is not held back would fill the memory. */
const MOST_WAITING = 8;

/** Rejects after the last piece that could be read where the packed bytes are damaged or end early. */
export async function* decompress(
  compression: Compression,
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const decoder = createDecoder(compression);
  const waiting: Uint8Array[] = [];
  let wake = (): void => {};
  let ended = false;
  let failure: unknown;
  // Events, not iteration: an iterator drops what waits in the stream when the stream fails.
  decoder.on('data', (piece: Uint8Array) => {
    waiting.push(piece);
    if (waiting.length >= MOST_WAITING) decoder.pause();
    wake();
  });
  const settle = (error?: unknown): void => {
    if (ended) return;
    ended = true;
    failure = error;
    for (let piece = decoder.read(); piece !== null; piece = decoder.read()) waiting.push(piece as Uint8Array);
    wake();
  };
  decoder.on('end', settle);
  decoder.on('error', settle);
  // What the pieces' own source fails with destroys the decoder, and comes back as its error.
  const fed = pipeline(Readable.from(small(packed)), decoder).catch(settle);
  try {
    for (;;) {
      for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) yield piece;
      if (ended) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
        decoder.resume();
      });
    }
    if (failure !== undefined) throw failure;
  } finally {
    decoder.destroy();
    await fed;
  }
}

/** A decoder that fails gives nothing of the piece it failed in, so pieces are small. */
async function* small(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += SMALL) yield piece.subarray(at, at + SMALL);
  }
}

function createDecoder(compression: Compression): Duplex {
  return compression === 'gzip' ? createGunzip({ chunkSize: CHUNK }) : zstdDecoder();
}

/**
 * Node before 22.15 has no decoder for zstd, and the one of later versions ends silently after the first frame:
 * what pzstd writes, or what was appended, would be lost.
 */
function zstdDecoder(): Duplex {
  const decoder = new Decompress();
  // The decoder takes the memory that a frame of a few bytes claims to need, up to 2 GB.
  const frames = new ZstdFrames();
  const attempt = (work: () => void, done: (error?: Error) => void) => {
    try {
      work();
      done();
    } catch (error) {
      done(Object.assign(error as Error, { code: 'ZSTD_error' }));
    }
  };
  const stream = new Transform({
    transform: (piece: Uint8Array, _encoding, done) =>
      frames.accepts(piece)
        ? attempt(() => decoder.push(piece), done)
        : done(new Error('unpacking it takes more than 128 MB of memory')),
    flush: (done) => attempt(() => decoder.push(new Uint8Array(0), true), done),
  });
  // The decoder goes on using the memory it hands out.
  decoder.ondata = (bytes) => stream.push(Buffer.from(bytes));
  return stream;
}
