/**
 * The shape of a message: its text with the variables masked, as a hash for the index and as text for
 * people. On the same walk it finds the ids inside the text.
 *
 * Masked are words that hold a digit (numbers, hex, UUIDs, addresses, `order_17`) and quoted strings, but for
 * the method of a quoted request line.
 */
import { hashBytes, sameBytes, viewOf } from '../../base/bytes.ts';
import { decodeUtf8 } from '../../base/utf8.ts';
import { idKeyRank, NOT_AN_ID } from '../correlation/idKeys.ts';

const MASK = '<*>';

const QUOTE_LIMIT = 200;
const ID_MIN_HEX = 16;

const WORD = 1;
const DIGIT = 2;
/** What a byte is to a word; bytes of non-ASCII characters are letters. */
const kind = new Uint8Array(256);
for (let c = 0; c < 256; c++) {
  const char = String.fromCharCode(c);
  if (/[0-9]/.test(char)) kind[c] = DIGIT;
  else if (/[A-Za-z_]/.test(char) || c >= 0x80) kind[c] = WORD;
}

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
  readonly #memo = new MessageMemo();
  /** By hash of a word: whether it is the key of an id. */
  readonly #idKeys = new Map<number, boolean>();

  /** A hash of 53 bits: equal for messages of equal shape. */
  hash(buffer: Uint8Array, start: number, end: number): number {
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#view = viewOf(buffer);
    }
    this.idCount = 0;
    const memo = this.#memo;
    const known = memo.find(this.#view, start, end);
    if (known >= 0) {
      this.#maskCount = 0;
      return memo.hash[known];
    }
    this.#walk(buffer, start, end);
    const hash = (this.#high & 0x1fffff) * 0x100000000 + (this.#low >>> 0);
    if (this.#maskCount === 0 && this.idCount === 0) memo.keep(buffer, start, end, hash);
    return hash;
  }

  /** The masked text; the same for all messages of equal hash. */
  text(buffer: Uint8Array, start: number, end: number): string {
    this.hash(buffer, start, end);
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
    let wordStart = -1;
    let wordEnd = -1;
    let at = start;
    while (at < end) {
      const c = buffer[at];
      if (kind[c] !== 0) {
        const wordAt = at;
        let digits = 0;
        for (; at < end; at++) {
          const k = kind[buffer[at]];
          digits |= k;
          if (k === 0 && !joins(buffer, at, end)) break;
        }
        if ((digits & DIGIT) !== 0) {
          this.#mask(plain, wordAt, at);
          plain = at;
          if (this.#isId(buffer, wordAt, at, wordStart, wordEnd)) this.#addId(wordAt, at, wordStart, wordEnd);
        }
        wordStart = wordAt;
        wordEnd = at;
      } else if (c === 0x22 || (c === 0x27 && opens(buffer, at, start))) {
        const close = closing(buffer, at, end, c);
        if (close < 0) {
          at++;
          continue;
        }
        // The quoted text is one variable, but an id inside it is still an id.
        if (close - at > 4 && isIdText(buffer, at + 1, close)) this.#addId(at + 1, close, wordStart, wordEnd);
        this.#mask(plain, endOfMethod(buffer, at + 1, close), close);
        plain = close;
        at = close + 1;
      } else at++;
    }
    this.#mix(plain, end);
  }

  #mask(plain: number, start: number, end: number): void {
    this.#mix(plain, start);
    this.#low = Math.imul(this.#low ^ 1, 0x01000193);
    const at = this.#maskCount++;
    if (at === this.#maskStart.length) {
      this.#maskStart = grown(this.#maskStart);
      this.#maskEnd = grown(this.#maskEnd);
    }
    this.#maskStart[at] = start;
    this.#maskEnd[at] = end;
  }

  #mix(start: number, end: number): void {
    this.#low = hashBytes(this.#view, start, end, this.#low);
    this.#high = hashBytes(this.#view, start, end, this.#high ^ 0x5bd1e995);
  }

  #isId(buffer: Uint8Array, start: number, end: number, keyStart: number, keyEnd: number): boolean {
    if (isIdText(buffer, start, end)) return true;
    if (keyStart < 0 || end - start < 4 || start - keyEnd > 3) return false;
    const between = buffer[keyEnd];
    if (between !== 0x3a && between !== 0x3d) return false;
    if ((buffer[keyEnd - 1] | 0x20) !== 0x64 || (buffer[keyEnd - 2] | 0x20) !== 0x69) return false;
    const hash = hashBytes(this.#view, keyStart, keyEnd, 0);
    let isKey = this.#idKeys.get(hash);
    if (isKey === undefined) {
      isKey = idKeyRank(decodeUtf8(buffer, keyStart, keyEnd)) !== NOT_AN_ID;
      this.#idKeys.set(hash, isKey);
    }
    return isKey;
  }

  #addId(start: number, end: number, keyStart: number, keyEnd: number): void {
    if (this.idCount === this.idStart.length) return;
    const at = this.idCount++;
    const near = keyStart >= 0 && start - keyEnd <= 3;
    this.idStart[at] = start;
    this.idEnd[at] = end;
    this.idKeyStart[at] = near ? keyStart : 0;
    this.idKeyEnd[at] = near ? keyEnd : 0;
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
  if (at + 1 >= end) return false;
  const c = buffer[at];
  if (c === 0x2d) return kind[buffer[at + 1]] !== 0;
  return (c === 0x2e || c === 0x3a) && kind[buffer[at - 1]] === DIGIT && kind[buffer[at + 1]] === DIGIT;
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
  return at === start || kind[buffer[at - 1]] === 0;
}

function closing(buffer: Uint8Array, open: number, end: number, quote: number): number {
  const limit = Math.min(end, open + QUOTE_LIMIT);
  for (let i = open + 1; i < limit; i++) if (buffer[i] === quote) return i;
  return -1;
}

/** A UUID, or at least 16 hex digits with a decimal one among them. */
function isIdText(buffer: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < ID_MIN_HEX) return false;
  const uuid = length === 36;
  let digits = 0;
  for (let i = 0; i < length; i++) {
    const c = buffer[start + i];
    if (uuid && (i === 8 || i === 13 || i === 18 || i === 23)) {
      if (c !== 0x2d) return false;
    } else if (c >= 0x30 && c <= 0x39) digits++;
    else if ((c | 0x20) < 0x61 || (c | 0x20) > 0x66) return false;
  }
  return digits > 0;
}
