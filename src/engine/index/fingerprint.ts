/**
 * Tells whether the first bytes of a file are still those that were indexed, without reading them all: hashes of
 * the head, of what stands before the end, and of blocks in between.
 */
import { hashBytes, viewOf } from '../../base/bytes.ts';
import type { ByteFile } from '../source.ts';

/** One byte in so many is read, but no more than are enough, and so many at least. */
const SHARE = 128;
const MOST = 1 << 18;
const LEAST = 1 << 11;
const BLOCKS = 16;

/** How many bytes of a file the fingerprint reads. */
export function fingerprintBytes(bytes: number): number {
  return Math.min(bytes, Math.max(LEAST, Math.min(MOST, Math.floor(bytes / SHARE))));
}

/** Of the first `bytes` of a file; empty where the file has fewer. */
export async function fingerprint(file: ByteFile, bytes: number): Promise<string> {
  const budget = fingerprintBytes(bytes);
  // A quarter for the head, a quarter for the tail, the rest in blocks evenly between them.
  const edge = Math.ceil(budget / 4);
  const block = Math.floor((budget - 2 * edge) / BLOCKS);
  const pieces: [from: number, length: number][] = [[0, Math.min(edge, bytes)]];
  for (let i = 1; i <= BLOCKS && block > 0; i++) pieces.push([Math.floor((bytes / (BLOCKS + 1)) * i), block]);
  pieces.push([Math.max(0, bytes - edge), Math.min(edge, bytes)]);
  const buffer = new Uint8Array(edge);
  const view = viewOf(buffer);
  let [low, high] = [1, 2];
  for (const [from, length] of pieces) {
    const wanted = Math.min(length, bytes - from);
    for (let filled = 0; filled < wanted; ) {
      const read = await file.read(buffer.subarray(filled, wanted), from + filled);
      if (read === 0) return '';
      filled += read;
    }
    low = hashBytes(view, 0, wanted, low);
    high = hashBytes(view, 0, wanted, high ^ 0x5bd1e995);
  }
  return `${bytes}:${low >>> 0}:${high >>> 0}`;
}
