/**
 * Takes a line of `key=value` pairs apart. There is no standard: values may be quoted (with Go's or JSON's
 * escapes) or not, a key may stand without a value, keys hold dots as they are. A line is one of logfmt when
 * it begins with a pair and hardly holds anything else.
 */
import { sameBytes, viewOf } from '../../base/bytes.ts';
import { FieldList, NUMBER, STRING, WORD } from './fieldList.ts';
import { numberEnd, stringStop, wordEnd } from './jsonText.ts';
import { KeyTable } from './keyTable.ts';
import { LearnedLayouts } from './learnedLayouts.ts';
import { IN_KEY } from './pairKeys.ts';

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;
const EQUALS = 0x3d;

/** A word without a value has this key until the line is known to be logfmt. */
const NOT_YET = -1;

export class LogfmtScanner extends FieldList {
  readonly keys = new KeyTable();
  /** Equal for records with the same keys in the same order; of the record just scanned. */
  layout = 0;

  readonly #learned = new LearnedLayouts(true);
  /** Whether the line just scanned holds what no learned layout tells: a word without a value, or apostrophes. */
  #isOdd = false;
  #buffer: Uint8Array = new Uint8Array(0);
  #view = viewOf(this.#buffer);
  /** Of each key its name with the equals sign, once it was met; lines of one logger look alike, so ... */
  readonly #written: DataView[] = [];
  /** ... of each key the one that last came behind it is tried first; number 0 stands for the line's begin. */
  #behind = new Int32Array(64);

  /** The root of the layouts learned; 0 where there are none. */
  get root(): number {
    return this.#learned.root;
  }

  /** Lists the fields of buffer[start, end); false where that is no line of logfmt. */
  scan(buffer: Uint8Array, start: number, end: number): boolean {
    if (this.#learned.read(this, buffer, start, end)) {
      this.layout = this.#learned.layout;
      return true;
    }
    if (!this.#scanAll(buffer, start, end)) return false;
    if (this.#isOdd) this.#learned.pass();
    else this.#learned.learn(this, buffer, start, end, this.layout);
    return true;
  }

  #scanAll(buffer: Uint8Array, start: number, end: number): boolean {
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#view = viewOf(buffer);
    }
    const view = this.#view;
    this.clear();
    this.#isOdd = false;
    // What is indented belongs to the line above.
    if (start < end && buffer[start] <= 0x20) return false;
    let words = 0;
    let before = 0;
    let at = start;
    for (;;) {
      while (at < end && buffer[at] <= 0x20) at++;
      if (at >= end) break;
      let key = this.#behind[before];
      if (key !== 0) {
        const written = this.#written[key];
        const length = written.byteLength;
        if (at + length <= end && sameBytes(written, 0, view, at, length)) {
          at = this.#value(key, at + length, end);
          before = key;
          continue;
        }
      }
      const keyAt = at;
      while (at < end && IN_KEY[buffer[at]] === 1) at++;
      if (at < end && at > keyAt && buffer[at] === EQUALS) {
        key = this.#learn(before, keyAt, at);
        at = this.#value(key, at + 1, end);
        before = key;
      } else {
        if (this.count === 0) return false;
        while (at < end && buffer[at] > 0x20) at++;
        this.add(NOT_YET, WORD, keyAt, at, 0);
        words++;
      }
    }
    if (words * 3 > this.count || this.count === 0) return false;
    if (words > 0) {
      this.#isOdd = true;
      this.#nameWords(buffer);
    }
    this.#setLayout();
    return true;
  }

  #learn(before: number, start: number, end: number): number {
    const key = this.keys.intern(this.#buffer, start, end, 0);
    this.#written[key] ??= viewOf(this.#buffer.slice(start, end + 1));
    if (this.keys.size > this.#behind.length) {
      const grown = new Int32Array(this.keys.size * 2);
      grown.set(this.#behind);
      this.#behind = grown;
    }
    this.#behind[before] = key;
    return key;
  }

  /** Adds the value at `at`; the position after it. */
  #value(key: number, at: number, end: number): number {
    const buffer = this.#buffer;
    const first = at < end ? buffer[at] : 0x20;
    if (first === QUOTE) return this.#quoted(key, at + 1, end);
    if (first === APOSTROPHE) {
      const close = closingApostrophe(buffer, at + 1, end);
      if (close > 0) {
        this.#isOdd = true;
        this.add(key, STRING, at + 1, close, 0);
        return close + 1;
      }
    }
    const stop = blankStop(this.#view, at, end);
    this.add(key, typeOf(buffer, at, stop), at, stop, 0);
    return stop;
  }

  /** A string that the line's end cut off goes up to there. */
  #quoted(key: number, start: number, end: number): number {
    const buffer = this.#buffer;
    let escaped = 0;
    let at = stringStop(this.#view, start, end);
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

/** The first blank or control character at or after `at`; `end` where there is none. Four bytes a step. */
function blankStop(view: DataView, at: number, end: number): number {
  const last = end - 4;
  while (at <= last) {
    const four = view.getInt32(at, true);
    const found = (four - 0x21212121) & ~four & 0x80808080;
    if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3);
    at += 4;
  }
  while (at < end && view.getUint8(at) > 0x20) at++;
  return at;
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
