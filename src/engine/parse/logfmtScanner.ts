/**
 * Takes a line of `key=value` pairs apart. There is no standard: values may be quoted (with Go's or JSON's
 * escapes) or not, a key may stand without a value, keys hold dots as they are. A line is one of logfmt when
 * it begins with a pair and hardly holds anything else.
 */
import { FieldList, NUMBER, STRING, WORD } from './fieldList.ts';
import { numberEnd, wordEnd } from './jsonText.ts';
import { KeyTable } from './keyTable.ts';

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;
const EQUALS = 0x3d;

/** Bytes that keys are made of: no quotes, commas or the like, which text has before an equals sign. */
const IN_KEY = new Uint8Array(256).fill(1, 0x80);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-/@:$#%*+[]')
  IN_KEY[c.charCodeAt(0)] = 1;

/** A word without a value has this key until the line is known to be logfmt. */
const NOT_YET = -1;

export class LogfmtScanner extends FieldList {
  readonly keys = new KeyTable();
  /** Equal for records with the same keys in the same order; of the record just scanned. */
  layout = 0;

  /** Lists the fields of buffer[start, end); false where that is no line of logfmt. */
  scan(buffer: Uint8Array, start: number, end: number): boolean {
    this.count = 0;
    let words = 0;
    let at = start;
    for (;;) {
      while (at < end && buffer[at] <= 0x20) at++;
      if (at >= end) break;
      const keyAt = at;
      while (at < end && IN_KEY[buffer[at]] === 1) at++;
      if (at < end && at > keyAt && buffer[at] === EQUALS) {
        at = this.#value(this.keys.intern(buffer, keyAt, at, 0), buffer, at + 1, end);
      } else {
        if (this.count === 0) return false;
        while (at < end && buffer[at] > 0x20) at++;
        this.add(NOT_YET, WORD, keyAt, at, 0);
        words++;
      }
    }
    if (words * 3 > this.count || this.count === 0) return false;
    if (words > 0) this.#nameWords(buffer);
    this.#setLayout();
    return true;
  }

  /** Adds the value at `at`; the position after it. */
  #value(key: number, buffer: Uint8Array, at: number, end: number): number {
    const first = at < end ? buffer[at] : 0x20;
    if (first === QUOTE) return this.#quoted(key, buffer, at + 1, end);
    if (first === APOSTROPHE) {
      const close = closingApostrophe(buffer, at + 1, end);
      if (close > 0) {
        this.add(key, STRING, at + 1, close, 0);
        return close + 1;
      }
    }
    let stop = at;
    while (stop < end && buffer[stop] > 0x20) stop++;
    this.add(key, typeOf(buffer, at, stop), at, stop, 0);
    return stop;
  }

  /** A string that the line's end cut off goes up to there. */
  #quoted(key: number, buffer: Uint8Array, start: number, end: number): number {
    let escaped = 0;
    let at = start;
    for (; at < end && buffer[at] !== QUOTE; at++) {
      if (buffer[at] === BACKSLASH && at + 1 < end) {
        escaped = 1;
        at++;
      }
    }
    this.add(key, STRING, start, at, escaped);
    return at + 1;
  }

  #nameWords(buffer: Uint8Array): void {
    for (let i = 0; i < this.count; i++) {
      if (this.key[i] === NOT_YET) this.key[i] = this.keys.intern(buffer, this.start[i], this.end[i], 0);
    }
  }

  #setLayout(): void {
    let layout = 0x811c9dc5;
    for (let i = 0; i < this.count; i++) layout = Math.imul(layout ^ this.key[i], 0x01000193);
    this.layout = layout >>> 0;
  }
}

function typeOf(buffer: Uint8Array, start: number, end: number): number {
  const first = start < end ? buffer[start] : 0;
  if ((first >= 0x30 && first <= 0x39) || first === 0x2d)
    return numberEnd(buffer, start, end) === end ? NUMBER : STRING;
  if (first !== 0x74 && first !== 0x66 && first !== 0x6e) return STRING;
  return wordEnd(buffer, start, end) === end ? WORD : STRING;
}

/** Ruby's loggers quote with apostrophes; one that a blank or the end follows closes, one inside a word does not. */
function closingApostrophe(buffer: Uint8Array, at: number, end: number): number {
  for (; at < end; at++) if (buffer[at] === APOSTROPHE && (at + 1 === end || buffer[at + 1] <= 0x20)) return at;
  return -1;
}
