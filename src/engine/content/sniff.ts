/** What a stretch of bytes is, told by how it begins. Names are not asked: a `.log` may well be compressed. */

export type Packing = 'gzip' | 'zstd' | 'utf-16le' | 'utf-16be';

/** BOM-less UTF-16 is looked for in so many bytes. */
const SAMPLE = 2048;

/** How the bytes are packed or encoded; null for plain UTF-8. */
export function sniffPacking(head: Uint8Array): Packing | null {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b && c === 0x08) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  // A zstd stream may begin with frames to be skipped, as pzstd writes them.
  if ((a & 0xf0) === 0x50 && b === 0x2a && c === 0x4d && d === 0x18) return 'zstd';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return sniffUtf16(head);
}

/** Text that is mostly ASCII has a zero in every other byte, and hardly ever in the others. */
function sniffUtf16(head: Uint8Array): Packing | null {
  const length = Math.min(head.length & ~1, SAMPLE);
  if (length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (head[at] === 0) even++;
    if (head[at + 1] === 0) odd++;
  }
  const enough = length * 0.35;
  if (odd >= enough && even * 20 < odd) return 'utf-16le';
  return even >= enough && odd * 20 < even ? 'utf-16be' : null;
}
