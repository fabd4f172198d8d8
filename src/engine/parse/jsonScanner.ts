/**
 * Takes one JSON object apart without making objects: for every value the number of its (dotted) key and
 * where it stands. It accepts exactly the texts that JSON.parse accepts, as far as they are objects.
 */
import { decodeUtf8 } from '../../base/utf8.ts';
import { hashKey, KeyTable } from './keyTable.ts';

export const STRING = 1;
export const NUMBER = 2;
/** true, false or null. */
export const WORD = 3;
export const ARRAY = 4;
/** An object without members; one with members is listed member by member. */
export const EMPTY_OBJECT = 5;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MAX_DEPTH = 500;

/** Deeper nesting than any logger writes; the line is then no record, and the stack stays whole. */
class TooDeep extends Error {}

export class JsonScanner {
  readonly keys = new KeyTable();
  /** How many values the last scan found; the arrays below hold that many. */
  count = 0;
  key = new Int32Array(64);
  /** Of a string without its quotes. */
  start = new Int32Array(64);
  end = new Int32Array(64);
  type = new Uint8Array(64);
  /** 1 where a string holds backslash escapes. */
  escaped = new Uint8Array(64);

  #buffer: Uint8Array = new Uint8Array(0);
  #limit = 0;
  #escapes = false;
  /** The keys of the last record in order of appearance: records of one logger look alike, so they are tried first. */
  #expected = new Int32Array(64);
  #met = 0;

  /** Scans buffer[start, end); false where that is not one JSON object with nothing but blanks around it. */
  scan(buffer: Uint8Array, start: number, end: number): boolean {
    this.#buffer = buffer;
    this.#limit = end;
    this.count = 0;
    this.#met = 0;
    const open = this.#blanks(start);
    if (open >= end || buffer[open] !== 0x7b) return false;
    try {
      const close = this.#object(open, 0, 0);
      return close > 0 && this.#blanks(close) === end;
    } catch (error) {
      if (error instanceof TooDeep) return false;
      throw error;
    }
  }

  #add(key: number, type: number, start: number, end: number, escaped: boolean): void {
    const at = this.count++;
    if (at === this.key.length) this.#grow();
    this.key[at] = key;
    this.type[at] = type;
    this.start[at] = start;
    this.end[at] = end;
    this.escaped[at] = escaped ? 1 : 0;
  }

  #grow(): void {
    for (const column of ['key', 'start', 'end'] as const) {
      const grown = new Int32Array(this[column].length * 2);
      grown.set(this[column]);
      this[column] = grown;
    }
    for (const column of ['type', 'escaped'] as const) {
      const grown = new Uint8Array(this[column].length * 2);
      grown.set(this[column]);
      this[column] = grown;
    }
  }

  #blanks(at: number): number {
    const buffer = this.#buffer;
    while (at < this.#limit) {
      const c = buffer[at];
      if (c !== 0x20 && c !== 0x09 && c !== 0x0a && c !== 0x0d) break;
      at++;
    }
    return at;
  }

  /** From the opening brace; the position after the closing one, or -1. */
  #object(open: number, parent: number, depth: number): number {
    if (depth > MAX_DEPTH) throw new TooDeep();
    const buffer = this.#buffer;
    let at = this.#blanks(open + 1);
    if (buffer[at] === 0x7d && at < this.#limit) {
      if (parent !== 0) this.#add(parent, EMPTY_OBJECT, open, at + 1, false);
      return at + 1;
    }
    for (;;) {
      if (at >= this.#limit || buffer[at] !== QUOTE) return -1;
      const expected = this.#expected[this.#met % this.#expected.length];
      let key = expected;
      let keyEnd = expected === 0 ? -1 : this.keys.match(expected, parent, buffer, at + 1, this.#limit);
      if (keyEnd < 0) {
        keyEnd = this.#string(at + 1);
        if (keyEnd < 0) return -1;
        key = this.#escapes
          ? this.keys.internText(unquote(buffer, at + 1, keyEnd), parent)
          : this.keys.intern(buffer, at + 1, keyEnd, parent, hashKey(buffer, at + 1, keyEnd, parent));
        // A key written with escapes is not known by the bytes it was written in.
        this.#expected[this.#met % this.#expected.length] = this.#escapes ? 0 : key;
      }
      this.#met++;
      at = this.#blanks(keyEnd + 1);
      if (at >= this.#limit || buffer[at] !== 0x3a) return -1;
      at = this.#value(this.#blanks(at + 1), key, depth);
      if (at < 0) return -1;
      at = this.#blanks(at);
      if (at >= this.#limit) return -1;
      if (buffer[at] === 0x7d) return at + 1;
      if (buffer[at] !== 0x2c) return -1;
      at = this.#blanks(at + 1);
    }
  }

  /** Any value; with a key (0: inside an array) it is listed. The position after it, or -1. */
  #value(at: number, key: number, depth: number): number {
    if (at >= this.#limit) return -1;
    const c = this.#buffer[at];
    if (c === QUOTE) {
      const close = this.#string(at + 1);
      if (close < 0) return -1;
      if (key !== 0) this.#add(key, STRING, at + 1, close, this.#escapes);
      return close + 1;
    }
    if (c === 0x7b) {
      if (key !== 0) return this.#object(at, key, depth + 1);
      // Objects inside arrays are part of the array's text: nothing of them is listed.
      const before = this.count;
      const close = this.#object(at, 0, depth + 1);
      this.count = before;
      return close;
    }
    let end: number;
    let type: number;
    if (c === 0x5b) {
      end = this.#array(at, depth + 1);
      type = ARRAY;
    } else if (c === 0x74 || c === 0x66 || c === 0x6e) {
      end = this.#word(at, c === 0x74 ? 'true' : c === 0x66 ? 'false' : 'null');
      type = WORD;
    } else {
      end = this.#number(at);
      type = NUMBER;
    }
    if (end > 0 && key !== 0) this.#add(key, type, at, end, false);
    return end;
  }

  #array(open: number, depth: number): number {
    if (depth > MAX_DEPTH) throw new TooDeep();
    let at = this.#blanks(open + 1);
    if (at < this.#limit && this.#buffer[at] === 0x5d) return at + 1;
    for (;;) {
      at = this.#value(at, 0, depth);
      if (at < 0) return -1;
      at = this.#blanks(at);
      if (at >= this.#limit) return -1;
      if (this.#buffer[at] === 0x5d) return at + 1;
      if (this.#buffer[at] !== 0x2c) return -1;
      at = this.#blanks(at + 1);
    }
  }

  /** From behind the opening quote to the closing one, or -1. Sets #escapes. */
  #string(at: number): number {
    const buffer = this.#buffer;
    const limit = this.#limit;
    this.#escapes = false;
    for (; at < limit; at++) {
      const c = buffer[at];
      if (c === QUOTE) return at;
      if (c === BACKSLASH) {
        this.#escapes = true;
        const code = buffer[++at];
        if (code === 0x75) {
          for (let i = 1; i <= 4; i++) if (at + i >= limit || !isHex(buffer[at + i])) return -1;
          at += 4;
        } else if (!SIMPLE_ESCAPE.has(code)) return -1;
      } else if (c < 0x20) return -1;
    }
    return -1;
  }

  #word(at: number, word: string): number {
    if (at + word.length > this.#limit) return -1;
    for (let i = 1; i < word.length; i++) if (this.#buffer[at + i] !== word.charCodeAt(i)) return -1;
    return at + word.length;
  }

  #number(at: number): number {
    const buffer = this.#buffer;
    const limit = this.#limit;
    if (buffer[at] === 0x2d) at++;
    const first = at;
    while (at < limit && isDigit(buffer[at])) at++;
    if (at === first || (buffer[first] === 0x30 && at > first + 1)) return -1;
    if (at < limit && buffer[at] === 0x2e) {
      const fraction = ++at;
      while (at < limit && isDigit(buffer[at])) at++;
      if (at === fraction) return -1;
    }
    if (at < limit && (buffer[at] | 0x20) === 0x65) {
      at++;
      if (at < limit && (buffer[at] === 0x2b || buffer[at] === 0x2d)) at++;
      const exponent = at;
      while (at < limit && isDigit(buffer[at])) at++;
      if (at === exponent) return -1;
    }
    return at;
  }
}

const SIMPLE_ESCAPE = new Set([0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74]);

const isDigit = (c: number) => c >= 0x30 && c <= 0x39;
const isHex = (c: number) => isDigit(c) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x66);

/** The text of a JSON string given without its quotes. */
export function unquote(buffer: Uint8Array, start: number, end: number): string {
  return JSON.parse(`"${decodeUtf8(buffer, start, end)}"`) as string;
}
