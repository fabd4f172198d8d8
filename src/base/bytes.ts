/** Bytes compared and hashed four at a time. Views must be over the same bytes as the arrays they stand for. */

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether `length` bytes of two views are the same. */
export function sameBytes(a: DataView, atA: number, b: DataView, atB: number, length: number): boolean {
  if (length < 4) {
    for (let i = 0; i < length; i++) if (a.getUint8(atA + i) !== b.getUint8(atB + i)) return false;
    return true;
  }
  const last = length - 4;
  // The last word overlaps the one before it where the length is no multiple of four.
  for (let i = 0; i < last; i += 4) if (a.getInt32(atA + i, true) !== b.getInt32(atB + i, true)) return false;
  return a.getInt32(atA + last, true) === b.getInt32(atB + last, true);
}

/** A hash of 32 bits (signed) of the bytes [start, end), told apart further by `seed`. */
export function hashBytes(view: DataView, start: number, end: number, seed: number): number {
  let hash = Math.imul(seed ^ (end - start), 0x2c1b3c6d);
  if (end - start < 4) {
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ view.getUint8(at), 0x01000193);
  } else {
    for (let at = start; at < end - 4; at += 4) {
      hash = Math.imul(hash ^ view.getInt32(at, true), 0x9e3779b1 | 0);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ view.getInt32(end - 4, true), 0x9e3779b1 | 0);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return hash ^ (hash >>> 15);
}
