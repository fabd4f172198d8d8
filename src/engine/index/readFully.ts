import type { ByteFile } from '../source.ts';

/** As many of the bytes as the file still has. */
export async function readFully(handle: ByteFile | null, from: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (handle && filled < length) {
    const read = await handle.read(bytes.subarray(filled), from + filled).catch(() => 0);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}
