/** UTF-16 as UTF-8. Lines and columns stay what an editor shows of the file itself. */
import { encodeUtf8 } from '../../base/utf8.ts';

/** Half a surrogate pair, and half a unit at the end, become the replacement character. A byte order mark goes. */
export async function* fromUtf16(
  encoding: 'utf-16le' | 'utf-16be',
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of bytes) yield encodeUtf8(decoder.decode(piece, { stream: true }));
  yield encodeUtf8(decoder.decode());
}
