/** Looks for ASCII words in bytes, whatever their case: Horspool's way, which skips most bytes without a look. */

export interface ByteWord {
  /** In lower case. */
  bytes: Uint8Array;
  /** By byte: how far the window may move on where it ends with that byte. */
  shift: Uint16Array;
}

const LONGEST = 0xffff;

export function byteWord(word: string): ByteWord {
  const bytes = Uint8Array.from(word.toLowerCase().slice(0, LONGEST), (char) => char.charCodeAt(0));
  const shift = new Uint16Array(256).fill(bytes.length);
  for (let at = 0; at < bytes.length - 1; at++) {
    shift[bytes[at]] = bytes.length - 1 - at;
    shift[upper(bytes[at])] = bytes.length - 1 - at;
  }
  return { bytes, shift };
}

function upper(byte: number): number {
  return byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte;
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

/** Where the word begins next; -1 where it does not. */
export function nextWord(buffer: Uint8Array, start: number, end: number, { bytes, shift }: ByteWord): number {
  const last = bytes.length - 1;
  for (let at = start + last; at < end; at += shift[buffer[at]]) {
    let back = 0;
    while (back <= last && lower(buffer[at - back]) === bytes[last - back]) back++;
    if (back > last) return at - last;
  }
  return -1;
}
