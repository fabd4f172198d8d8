/**
 * The shape of a message: its text with the variables masked, as a hash for the index and as text for
 * people. On the same walk it finds the ids inside the text.
 *
 * Masked are words that hold a digit (numbers, hex, UUIDs, addresses, `order_17`) and quoted strings, but for
 * the method of a quoted request line.
 */
import { hashBytes, sameBytes, viewOf } from '../../base/bytes.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import type { CorrelationKeys } from '../../protocol.ts';
import { NOT_AN_ID } from '../correlation/idKeys.ts';
import { type IdRank, idRankOf } from '../correlation/ownIdKeys.ts';
import { recordMemory } from '../parse/recordMemory.ts';
import { isIdText } from './idText.ts';
import { DIGIT, kind, WORD } from './wordBytes.ts';

const MASK = '<*>';

const QUOTE_LIMIT = 200;

/** Shorter words are counters, not ids. */
const MIN_ID = 4;

/** Longer messages are rarely the same twice. */
const MEMO_BYTES = 128;
const MEMO_SLOTS = 256;

export class ShapeScanner {
  /** Ids found by the last `hash`; the arrays hold `idCount` ranges. */
  idCount = 0;
  idStart = new Int32Array(16);
  idEnd = new Int32Array(16);
  /** The word before the id, as its key; an empty range where there is none. */
  idKeyStart = new Int32Array(16);
  idKeyEnd = new Int32Array(16);

  /** The masked ranges of the message, in order. */
  #maskCount = 0;
  #maskStart = new Int32Array(64);
  #maskEnd = new Int32Array(64);
  #low = 0;
  #high = 0;
  #buffer: Uint8Array = new Uint8Array(0);
  #view = viewOf(this.#buffer);
  readonly #memory = recordMemory();
  /** Where the buffer begins in the kernel's memory; -1 where it is elsewhere. */
  #place = -1;
  /** The kernel does not say where masks are. */
  #wantsMasks = false;
  readonly #memo = new MessageMemo();
  /** By hash of a word: whether it is the key of an id. */
  readonly #idKeys = new Map<number, boolean>();
  readonly #idRank: IdRank;
  /** Whether the user says of some keys that they hold ids: these have any name, which the kernel does not know. */
  readonly #hasOwnKeys: boolean;

  constructor(own?: CorrelationKeys) {
    this.#idRank = idRankOf(own);
    this.#hasOwnKeys = (own?.include.length ?? 0) > 0;
  }

  /** A hash of 53 bits: equal for messages of equal shape. */
  hash(buffer: Uint8Array, start: number, end: number): number {
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#view = viewOf(buffer);
      this.#place = this.#memory.placeOf(buffer);
    }
    this.idCount = 0;
    const memo = this.#memo;
    const known = memo.find(this.#view, start, end);
    if (known >= 0) {
      this.#maskCount = 0;
      return memo.hash[known];
    }
    if (this.#place >= 0 && !this.#wantsMasks && !this.#hasOwnKeys) {
      const hash = this.#memory.hash(this.#place + start, this.#place + end);
      if (hash >= 0) return hash;
    }
    this.#walk(buffer, start, end);
    const hash = (this.#high & 0x1fffff) * 0x100000000 + (this.#low >>> 0);
    if (this.#maskCount === 0 && this.idCount === 0) memo.keep(buffer, start, end, hash);
    return hash;
  }

  /** The masked text; the same for all messages of equal hash. */
  text(buffer: Uint8Array, start: number, end: number): string {
    this.#wantsMasks = true;
    this.hash(buffer, start, end);
    this.#wantsMasks = false;
    let text = '';
    let from = start;
    for (let i = 0; i < this.#maskCount; i++) {
      text += decodeUtf8(buffer, from, this.#maskStart[i]) + MASK;
      from = this.#maskEnd[i];
    }
    return text + decodeUtf8(buffer, from, end);
  }

  #walk(buffer: Uint8Array, start: number, end: number): void {
    this.#low = 0x811c9dc5 | 0;
    this.#high = 0x1b873593;
    this.#maskCount = 0;
    /** Where the plain text since the last mask begins. */
    let plain = start;
    let at = start;
    while (at < end) {
      const c = buffer[at];
      const k = kind[c];
      if (k <= WORD) {
        at++;
      } else if (k === DIGIT) {
        let from = at;
        // The word that holds the digit may have begun with letters.
        while (from > plain && (kind[buffer[from - 1]] === WORD || hyphenates(buffer, from - 1, plain))) from--;
        for (at++; at < end; at++) {
          const next = kind[buffer[at]];
          if (next !== WORD && next !== DIGIT && !joins(buffer, at, end)) break;
        }
        this.#mask(plain, from, at);
        if (at - from >= MIN_ID) this.#idIn(buffer, from, at, start);
        plain = at;
      } else {
        const close = c === 0x22 || opens(buffer, at, start) ? closing(buffer, at, end, c) : -1;
        if (close < 0) {
          at++;
          continue;
        }
        this.#mask(plain, endOfMethod(buffer, at + 1, close), close);
        // The quoted text is one variable, but an id inside it is still an id.
        if (close - at > MIN_ID && (isIdText(buffer, at + 1, close) || this.#isKeyed(buffer, at, start)))
          this.#addId(buffer, at + 1, close, start, at);
        plain = close;
        at = close + 1;
      }
    }
    this.#mix(plain, end);
  }

  #mask(plain: number, start: number, end: number): void {
    this.#mix(plain, start);
    const at = this.#maskCount++;
    if (at === this.#maskStart.length) {
      this.#maskStart = grown(this.#maskStart);
      this.#maskEnd = grown(this.#maskEnd);
    }
    this.#maskStart[at] = start;
    this.#maskEnd[at] = end;
  }

  /** Takes in a piece of plain text and the mask (or the end) behind it. */
  #mix(start: number, end: number): void {
    const view = this.#view;
    let low = this.#low;
    let high = this.#high ^ (end - start);
    let at = start;
    for (; at <= end - 4; at += 4) {
      const four = view.getInt32(at, true);
      low = Math.imul(low ^ four, 0x9e3779b1);
      low ^= low >>> 15;
      high = Math.imul(high ^ four, 0x85ebca6b);
      high ^= high >>> 13;
    }
    for (; at < end; at++) {
      const c = view.getUint8(at);
      low = Math.imul(low ^ c, 0x01000193);
      high = Math.imul(high ^ c, 0x2c1b3c6d);
    }
    this.#low = Math.imul(low ^ (low >>> 16), 0x7feb352d);
    this.#high = Math.imul(high ^ (high >>> 15), 0x297a2d39);
  }

  /** Whether a masked word is an id: by its look, or by the key before it. */
  #idIn(buffer: Uint8Array, from: number, to: number, start: number): void {
    if (isIdText(buffer, from, to) || this.#isKeyed(buffer, from, start)) this.#addId(buffer, from, to, start, from);
  }

  /** Whether the key of an id, perhaps in quotes, and a colon or an equals sign stand before `at`. */
  #isKeyed(buffer: Uint8Array, at: number, start: number): boolean {
    const keyEnd = keyEndBefore(buffer, at, start);
    if (keyEnd < 0) return false;
    const quoted = buffer[keyEnd] === 0x22 || buffer[keyEnd] === 0x27;
    const betweenAt = quoted ? keyEnd + 1 : keyEnd;
    // The quote may be the one that ends the key: what it opens is no value.
    if (betweenAt >= at || (buffer[betweenAt] !== 0x3a && buffer[betweenAt] !== 0x3d)) return false;
    const endsInId = (buffer[keyEnd - 1] | 0x20) === 0x64 && (buffer[keyEnd - 2] | 0x20) === 0x69;
    if (!endsInId && !this.#hasOwnKeys) return false;
    return this.#isIdKey(buffer, wordBefore(buffer, keyEnd, start), keyEnd);
  }

  #isIdKey(buffer: Uint8Array, start: number, end: number): boolean {
    const hash = hashBytes(this.#view, start, end, 0);
    let isKey = this.#idKeys.get(hash);
    if (isKey === undefined) {
      isKey = this.#idRank(decodeUtf8(buffer, start, end)) > NOT_AN_ID;
      this.#idKeys.set(hash, isKey);
    }
    return isKey;
  }

  /** `keyed`: what its key stands before. */
  #addId(buffer: Uint8Array, from: number, to: number, start: number, keyed: number): void {
    if (this.idCount === this.idStart.length) return;
    const at = this.idCount++;
    const keyEnd = keyEndBefore(buffer, keyed, start);
    this.idStart[at] = from;
    this.idEnd[at] = to;
    this.idKeyStart[at] = keyEnd < 0 ? 0 : wordBefore(buffer, keyEnd, start);
    this.idKeyEnd[at] = keyEnd < 0 ? 0 : keyEnd;
  }
}

/** Messages without variables come again and again: comparing them with one met before is quicker than a walk. */
class MessageMemo {
  readonly hash = new Float64Array(MEMO_SLOTS);
  readonly #bytes = new Uint8Array(MEMO_SLOTS * MEMO_BYTES);
  readonly #view = viewOf(this.#bytes);
  readonly #length = new Int32Array(MEMO_SLOTS).fill(-1);

  /** The slot that holds just this message, or -1. */
  find(view: DataView, start: number, end: number): number {
    const length = end - start;
    if (length < 4 || length > MEMO_BYTES) return -1;
    const slot = slotOf(view, start, end);
    return this.#length[slot] === length && sameBytes(this.#view, slot * MEMO_BYTES, view, start, length) ? slot : -1;
  }

  keep(buffer: Uint8Array, start: number, end: number, hash: number): void {
    const length = end - start;
    if (length < 4 || length > MEMO_BYTES) return;
    const slot = slotOf(viewOf(buffer), start, end);
    this.#bytes.set(buffer.subarray(start, end), slot * MEMO_BYTES);
    this.#length[slot] = length;
    this.hash[slot] = hash;
  }
}

function slotOf(view: DataView, start: number, end: number): number {
  const ends = Math.imul(view.getInt32(start, true) ^ (end - start), 31) ^ view.getInt32(end - 4, true);
  return (Math.imul(ends, 0x9e3779b1 | 0) >>> 20) & (MEMO_SLOTS - 1);
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const more = new Int32Array(array.length * 2);
  more.set(array);
  return more;
}

/** `-` between word characters, `.` and `:` between digits belong to the word they stand in. */
function joins(buffer: Uint8Array, at: number, end: number): boolean {
  const c = buffer[at];
  if (at + 1 >= end || (c !== 0x2d && c !== 0x2e && c !== 0x3a)) return false;
  if (c === 0x2d) return isWord(buffer[at + 1]);
  return kind[buffer[at - 1]] === DIGIT && kind[buffer[at + 1]] === DIGIT;
}

/** Whether a `-` at `at` stands behind a word character, none before `start` counting. */
function hyphenates(buffer: Uint8Array, at: number, start: number): boolean {
  return buffer[at] === 0x2d && at > start && isWord(buffer[at - 1]);
}

const isWord = (c: number) => kind[c] === WORD || kind[c] === DIGIT;

/** Where the word ends that stands before `at` with at most three other characters between; -1 where none does. */
function keyEndBefore(buffer: Uint8Array, at: number, start: number): number {
  for (let end = at; end > start && end >= at - 3; end--) if (isWord(buffer[end - 1])) return end;
  return -1;
}

/** The start of the word that ends at `end`. */
function wordBefore(buffer: Uint8Array, end: number, start: number): number {
  let at = end;
  while (at > start && (isWord(buffer[at - 1]) || hyphenates(buffer, at - 1, start))) at--;
  return at;
}

/** Behind `GET ` in a quoted request line: the method is no variable. `start` where there is none. */
function endOfMethod(buffer: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && buffer[at] >= 0x41 && buffer[at] <= 0x5a) at++;
  const length = at - start;
  return length >= 3 && length <= 7 && at + 1 < end && buffer[at] === 0x20 && buffer[at + 1] === 0x2f ? at + 1 : start;
}

/** Whether a single quote opens a string, and is not the apostrophe of a word. */
function opens(buffer: Uint8Array, at: number, start: number): boolean {
  return at === start || !isWord(buffer[at - 1]);
}

function closing(buffer: Uint8Array, open: number, end: number, quote: number): number {
  const limit = Math.min(end, open + QUOTE_LIMIT);
  for (let i = open + 1; i < limit; i++) if (buffer[i] === quote) return i;
  return -1;
}
