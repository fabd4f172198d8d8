/** Text from bytes and back. Invalid bytes become the replacement character, so that nothing is ever refused. */

/** Without `ignoreBOM` a decoder swallows U+FEFF at the start of each piece it is given: text would be lost. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

export function decodeUtf8(buffer: Uint8Array, start = 0, end = buffer.length): string {
  return decoder.decode(buffer.subarray(start, end));
}

export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text);
}
