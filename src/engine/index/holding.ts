/** Which entries may hold a word, from the bytes of their files: none of them is taken apart for it. */
import { type ByteWord, byteWord, nextWord } from '../../base/byteSearch.ts';
import type { ByteFile, ByteSource } from '../source.ts';
import type { MergedLog } from './mergedLog.ts';
import { readFully } from './readFully.ts';

/** Bytes read at once. */
const PIECE = 1 << 21;
/** Entries nearer to each other than this are read in one go. */
const GAP = 1 << 14;
/** Where an entry stands is looked up once for so many that follow each other. */
const STRIDE = 256;
/** As the journal writes a message with colours or broken characters: as numbers, in which no word is to be seen. */
const NUMBERS = ['message":[', 'message": [', 'message\\":[', 'message\\": ['];
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;

type Placed = Pick<MergedLog, 'file' | 'indexed' | 'rangeOf'>;

/** In the order asked. What was not all read, or holds escaped characters or a message of numbers, may hold any word. */
export async function entriesHolding(
  log: Placed,
  source: ByteSource,
  root: string,
  entries: ArrayLike<number>,
  words: readonly string[],
): Promise<number[]> {
  const wanted = [...words, ...NUMBERS].map(byteWord);
  const may = new Set<number>();
  const sorted = Uint32Array.from(entries).sort();
  for (let at = 0; at < sorted.length; ) {
    const file = log.file[sorted[at]];
    const handle = await source.open(source.resolve(root, log.indexed[file].path)).catch(() => null);
    try {
      while (at < sorted.length && log.file[sorted[at]] === file) {
        const end = endOfPiece(log, sorted, at, file);
        await searchPiece(log, handle, sorted.subarray(at, end), wanted, may);
        at = end;
      }
    } finally {
      await handle?.close();
    }
  }
  return Array.from(entries).filter((entry) => may.has(entry));
}

/** How far entries stand close enough together to be read at once. */
function endOfPiece(log: Placed, sorted: Uint32Array, at: number, file: number): number {
  const { from } = log.rangeOf(sorted[at]);
  let end = at + 1;
  for (; end < sorted.length && log.file[sorted[end]] === file; end++) {
    const isNext = sorted[end] === sorted[end - 1] + 1;
    if (isNext && (end - at) % STRIDE !== 0) continue;
    const next = log.rangeOf(sorted[end]).from;
    if (next - from > PIECE) break;
    if (!isNext && next - log.rangeOf(sorted[end - 1]).to > GAP) break;
  }
  return end;
}

async function searchPiece(
  log: Placed,
  handle: ByteFile | null,
  entries: Uint32Array,
  words: readonly ByteWord[],
  may: Set<number>,
): Promise<void> {
  const { from } = log.rangeOf(entries[0]);
  const { to } = log.rangeOf(entries[entries.length - 1]);
  const bytes = await readFully(handle, from, to - from);
  // A word may lie over the end of what could still be read.
  if (bytes.length < to - from) for (const entry of entries) may.add(entry);
  /** The entry at a byte; where the search goes on. */
  const add = (found: number): number => {
    const place = lastBeginningBy(log, entries, from + found);
    const range = log.rangeOf(entries[place]);
    if (from + found < range.to) may.add(entries[place]);
    return place + 1 < entries.length
      ? Math.max(found + 1, Math.min(range.to, log.rangeOf(entries[place + 1]).from) - from)
      : bytes.length;
  };
  for (const word of words) {
    for (let at = nextWord(bytes, 0, bytes.length, word); at >= 0; at = nextWord(bytes, at, bytes.length, word)) {
      at = add(at);
    }
  }
  for (let at = bytes.indexOf(BACKSLASH); at >= 0; at = bytes.indexOf(BACKSLASH, at)) {
    // A pair of them is a backslash itself, but in JSON within JSON it may stand for one that escapes.
    if (bytes[at + 1] === LETTER_U) at = add(at);
    else at++;
  }
}

/** The place of the last entry that begins at or before a byte of the file. */
function lastBeginningBy(log: Placed, entries: Uint32Array, offset: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (log.rangeOf(entries[middle]).from <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
