/**
 * The shape of a message: its text with the variables masked, as a hash for the index and as text for
 * people. On the same walk it finds the ids inside the text.
 *
 * Masked are words that hold a digit (numbers, hex, UUIDs, addresses, `order_17`) and quoted strings.
 */
import { decodeUtf8 } from '../../base/utf8.ts';

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

/** Key words of an id written as `key: value` or `key=value` in text. */
const ID_KEY = /(?:^|[a-z_.-])id$|ID$|Id$|uuid$|guid$/i;

export class ShapeScanner {
  /** Ids found by the last `hash`; the arrays hold `idCount` ranges. */
  idCount = 0;
  idStart = new Int32Array(16);
  idEnd = new Int32Array(16);
  /** The word before the id, as its key; an empty range where there is none. */
  idKeyStart = new Int32Array(16);
  idKeyEnd = new Int32Array(16);

  #text: string[] | null = null;
  #low = 0;
  #high = 0;

  /** A hash of 53 bits: equal for messages of equal shape. */
  hash(buffer: Uint8Array, start: number, end: number): number {
    this.#walk(buffer, start, end);
    return (this.#high & 0x1fffff) * 0x100000000 + (this.#low >>> 0);
  }

  /** The masked text; the same for all messages of equal hash. */
  text(buffer: Uint8Array, start: number, end: number): string {
    this.#text = [];
    this.#walk(buffer, start, end);
    const text = this.#text.join('');
    this.#text = null;
    return text;
  }

  #walk(buffer: Uint8Array, start: number, end: number): void {
    this.idCount = 0;
    this.#low = 0x811c9dc5;
    this.#high = 0x1b873593;
    let wordStart = -1;
    let wordEnd = -1;
    let at = start;
    while (at < end) {
      const c = buffer[at];
      if (kind[c] !== 0) {
        const wordAt = at;
        let digits = c >= 0x30 && c <= 0x39;
        for (at++; at < end; at++) {
          const next = buffer[at];
          const kindOfNext = kind[next];
          if (kindOfNext === DIGIT) digits = true;
          else if (kindOfNext === 0 && !joins(buffer, at, end)) break;
        }
        if (!digits) {
          for (let i = wordAt; i < at; i++) this.#mix(buffer[i]);
          this.#text?.push(decodeUtf8(buffer, wordAt, at));
        } else {
          this.#mask();
          if (this.#isId(buffer, wordAt, at, wordStart, wordEnd)) this.#addId(wordAt, at, wordStart, wordEnd);
        }
        wordStart = wordAt;
        wordEnd = at;
      } else if (c === 0x22 || (c === 0x27 && opens(buffer, at, start))) {
        const close = closing(buffer, at, end, c);
        if (close < 0) {
          this.#plain(c);
          at++;
          continue;
        }
        // The quoted text is one variable, but an id inside it is still an id.
        if (close - at > 4 && isIdText(buffer, at + 1, close)) this.#addId(at + 1, close, wordStart, wordEnd);
        this.#plain(c);
        this.#mask();
        this.#plain(c);
        at = close + 1;
      } else {
        this.#plain(c);
        at++;
      }
    }
  }

  #plain(c: number): void {
    this.#mix(c);
    this.#text?.push(String.fromCharCode(c));
  }

  #mask(): void {
    this.#mix(1);
    this.#text?.push(MASK);
  }

  #mix(c: number): void {
    this.#low = Math.imul(this.#low ^ c, 0x01000193);
    this.#high = (Math.imul(this.#high, 31) + c) | 0;
  }

  #isId(buffer: Uint8Array, start: number, end: number, keyStart: number, keyEnd: number): boolean {
    if (isIdText(buffer, start, end)) return true;
    if (keyStart < 0 || end - start < 4 || start - keyEnd > 3) return false;
    const between = buffer[keyEnd];
    if (between !== 0x3a && between !== 0x3d) return false;
    return ID_KEY.test(decodeUtf8(buffer, keyStart, keyEnd));
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

/** `-` between word characters, `.` and `:` between digits belong to the word they stand in. */
function joins(buffer: Uint8Array, at: number, end: number): boolean {
  if (at + 1 >= end) return false;
  const c = buffer[at];
  if (c === 0x2d) return kind[buffer[at + 1]] !== 0;
  return (c === 0x2e || c === 0x3a) && kind[buffer[at - 1]] === DIGIT && kind[buffer[at + 1]] === DIGIT;
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
