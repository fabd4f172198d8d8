/**
 * Takes one JSON object apart without making objects: for every value the number of its (dotted) key and
 * where it stands. It accepts exactly the texts that JSON.parse accepts, as far as they are objects.
 */
import { ARRAY, EMPTY_OBJECT, FieldList, NUMBER, STRING, WORD } from './fieldList.ts';
import { blanksEnd, closingQuote, MAX_DEPTH, stringStop, unquote, valueEnd } from './jsonText.ts';
import { KeyTable } from './keyTable.ts';
import { LearnedLayouts } from './learnedLayouts.ts';

const QUOTE = 0x22;

export class JsonScanner extends FieldList {
  readonly keys = new KeyTable();
  /** Equal for records with the same keys in the same order; of the record just scanned. */
  layout = 0;

  readonly #learned = new LearnedLayouts();
  #buffer: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#buffer.buffer);
  #limit = 0;
  /** Whether the string just passed holds escapes. */
  #escapes = false;

  /** Scans buffer[start, end); false where that is not one JSON object with nothing but blanks around it. */
  scan(buffer: Uint8Array, start: number, end: number): boolean {
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
    }
    this.#limit = end;
    if (this.#learned.read(this, buffer, start, end)) {
      this.layout = this.#learned.layout;
      return true;
    }
    return this.#scanAll(buffer, start, end);
  }

  /** The root of the layouts learned; 0 where there are none. */
  get root(): number {
    return this.#learned.root;
  }

  #scanAll(buffer: Uint8Array, start: number, end: number): boolean {
    this.clear();
    const open = blanksEnd(this.#buffer, start, this.#limit);
    if (open >= end || buffer[open] !== 0x7b) return false;
    const close = this.#object(open, 0, 0);
    if (close < 0 || blanksEnd(buffer, close, end) !== end) return false;
    this.layout = layoutOf(this);
    this.#learned.learn(this, buffer, start, end, this.layout);
    return true;
  }

  /** From the opening brace; the position after the closing one, or -1. */
  #object(open: number, parent: number, depth: number): number {
    if (depth > MAX_DEPTH) return -1;
    const buffer = this.#buffer;
    let at = blanksEnd(this.#buffer, open + 1, this.#limit);
    if (buffer[at] === 0x7d && at < this.#limit) {
      if (parent !== 0) this.add(parent, EMPTY_OBJECT, open, at + 1, 0);
      return at + 1;
    }
    for (;;) {
      if (at >= this.#limit || buffer[at] !== QUOTE) return -1;
      const keyEnd = this.#string(at + 1);
      if (keyEnd < 0) return -1;
      const key = this.#escapes
        ? this.keys.internText(unquote(buffer, at + 1, keyEnd), parent)
        : this.keys.intern(buffer, at + 1, keyEnd, parent);
      at = blanksEnd(this.#buffer, keyEnd + 1, this.#limit);
      if (at >= this.#limit || buffer[at] !== 0x3a) return -1;
      at = this.#value(blanksEnd(this.#buffer, at + 1, this.#limit), key, depth);
      if (at < 0) return -1;
      at = blanksEnd(this.#buffer, at, this.#limit);
      if (at >= this.#limit) return -1;
      if (buffer[at] === 0x7d) return at + 1;
      if (buffer[at] !== 0x2c) return -1;
      at = blanksEnd(this.#buffer, at + 1, this.#limit);
    }
  }

  /** A value, listed under its key. The position after it, or -1. */
  #value(at: number, key: number, depth: number): number {
    const buffer = this.#buffer;
    const limit = this.#limit;
    if (at >= limit) return -1;
    const c = buffer[at];
    if (c === QUOTE) {
      const close = this.#string(at + 1);
      if (close < 0) return -1;
      this.add(key, STRING, at + 1, close, this.#escapes ? 1 : 0);
      return close + 1;
    }
    if (c === 0x7b) return this.#object(at, key, depth + 1);
    // Objects inside arrays are part of the array's text: nothing of them is listed. An array's depth counts from its
    // own bracket, for a learned layout knows no other.
    const end = valueEnd(buffer, this.#view, at, limit, 0);
    if (end > 0) this.add(key, c === 0x5b ? ARRAY : c < 0x3a ? NUMBER : WORD, at, end, 0);
    return end;
  }

  /** From behind the opening quote to the closing one, or -1. */
  #string(at: number): number {
    const stop = stringStop(this.#view, at, this.#limit);
    this.#escapes = stop === this.#limit || this.#buffer[stop] !== QUOTE;
    return this.#escapes ? closingQuote(this.#buffer, this.#view, stop, this.#limit) : stop;
  }
}

function layoutOf(fields: FieldList): number {
  let layout = 0x811c9dc5;
  for (let i = 0; i < fields.count; i++) layout = Math.imul(layout ^ fields.key[i], 0x01000193);
  return layout >>> 0;
}
