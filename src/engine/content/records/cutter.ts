/**
 * Cuts a stream of JSON into its records without holding it whole: a byte scanner that follows strings and
 * brackets. An object is collected whole where it is of a common size; a greater one is entered, and its
 * elements come one by one, each in a skeleton of the objects around it. So one function that knows whole
 * documents (expand.ts) is enough for documents of any size.
 */
import { decodeUtf8 } from '../../../base/utf8.ts';
import type { Json } from '../../../model.ts';
import { DEEPEST, define, type JsonObject, parseJson } from './json.ts';

/** What the cutter finds. Valid until the next is asked for. */
export interface Cut {
  /** An object or another value that stands in an array; a line that stands by itself; a value that breaks off. */
  kind: 'value' | 'line' | 'broken';
  bytes: Uint8Array;
  around: Around;
}

/** Makes a part the document it is a part of; null where it is the whole. All parts share what is around them. */
export type Around = ((part: Json) => JsonObject) | null;

export interface CutterOptions {
  /** Every line stands by itself: one that breaks off does not spoil the next. */
  linewise: boolean;
  /** Bytes of an object that is collected whole. */
  largest?: number;
}

/** A whole trace fits many times; a parsed object takes some times its bytes. */
const LARGEST = 1 << 24;
/** Strings and numbers cannot be entered. What is longer than this is cut. */
const LONGEST_SCALAR = 1 << 27;

/** Containers that are entered one in the other: each is read again from its start. */
const MOST_ENTERED = 64;
/** Envelopes have a few members beside their records; more are not kept. */
const MOST_MEMBERS = 1000;

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** Between records of RFC 7464. */
const RECORD_SEPARATOR = 0x1e;

/** A container that was entered. */
interface Frame {
  isList: boolean;
  /** The members met so far that are no container entered; of an object. */
  members: JsonObject;
  count: number;
  /** The member that is being read. */
  key: string | null;
}

/** What is being collected. */
const NOTHING = 0;
const NESTED = 1;
const STRING = 2;
const SCALAR = 3;
const LINE = 4;

export class JsonCutter {
  readonly #linewise: boolean;
  readonly #largest: number;
  #stack: Frame[] = [];
  #unit = new Uint8Array(1 << 16);
  #length = 0;
  #what = NOTHING;
  /** What was collected of a container and is to be read as what is in it. */
  #again: Uint8Array | null = null;
  #found: Cut | null = null;
  #depth = 0;
  #inString = false;
  #escaped = false;

  constructor({ linewise, largest = LARGEST }: CutterOptions) {
    this.#linewise = linewise;
    this.#largest = largest;
  }

  /** One by one, so that what is made of one value is gone before the next. */
  *push(bytes: Uint8Array): Generator<Cut> {
    // A stack of its own: going into containers within containers would keep a copy of each.
    const rests = [{ bytes, at: 0 }];
    for (let rest = rests.pop(); rest !== undefined; rest = rests.pop()) {
      while (rest.at < rest.bytes.length && this.#again === null) {
        const { bytes, at } = rest;
        rest.at = this.#what === NOTHING ? this.#between(bytes, at) : this.#collect(bytes, at);
        yield* this.#handOut();
      }
      if (rest.at < rest.bytes.length) rests.push(rest);
      if (this.#again) rests.push({ bytes: this.#again, at: 0 });
      this.#again = null;
    }
  }

  /** Hands out what the end of the stream cut off. */
  *end(): Generator<Cut> {
    if (this.#what === LINE || this.#what === SCALAR) this.#finish();
    else if (this.#what !== NOTHING) this.#breakOff();
    yield* this.#handOut();
  }

  *#handOut(): Generator<Cut> {
    if (this.#found === null) return;
    yield this.#found;
    this.#found = null;
    for (const { members, key } of this.#stack) if (key !== null) delete members[key];
  }

  /** One byte between values: the position after it. */
  #between(bytes: Uint8Array, at: number): number {
    const c = bytes[at];
    const frame = this.#stack.at(-1);
    if (c === LF && this.#linewise) this.#stack = [];
    if (c === COMMA || c === RECORD_SEPARATOR || (c <= 0x20 && (frame !== undefined || isBlank(c)))) return at + 1;
    if (frame && c === (frame.isList ? CLOSE_LIST : CLOSE)) {
      this.#stack.pop();
      const outer = this.#stack.at(-1);
      if (outer) outer.key = null;
      return at + 1;
    }
    if (frame && !frame.isList && c === COLON) return at + 1;
    if (frame && (isClosing(c) || (!frame.isList && frame.key === null && c !== QUOTE))) {
      // The brackets do not fit, or no member can begin so: what follows is read as from a start.
      this.#stack = [];
      return at;
    }
    if (c === OPEN_LIST && (frame?.isList ?? !this.#linewise)) {
      this.#enter(true);
      return at + 1;
    }
    this.#length = 0;
    this.#depth = 0;
    this.#inString = this.#escaped = false;
    if (frame === undefined && (this.#linewise || (c !== OPEN && c !== OPEN_LIST))) this.#what = LINE;
    else this.#what = c === OPEN || c === OPEN_LIST ? NESTED : c === QUOTE ? STRING : SCALAR;
    return at;
  }

  /** Collects from `at` until the value ends or the bytes do: the position after what was taken. */
  #collect(bytes: Uint8Array, at: number): number {
    const start = at;
    let done = false;
    switch (this.#what) {
      case NESTED:
      case STRING:
        for (; at < bytes.length && !done; at++) {
          const c = bytes[at];
          if (this.#inString) {
            if (this.#escaped) this.#escaped = false;
            else if (c === BACKSLASH) this.#escaped = true;
            else if (c === QUOTE) {
              this.#inString = false;
              done = this.#depth === 0;
            }
            if (c === LF) return this.#broken(bytes, start, at) + 1;
          } else if (c === QUOTE) this.#inString = true;
          else if (c === OPEN || c === OPEN_LIST) {
            if (++this.#depth > DEEPEST) return this.#broken(bytes, start, at);
          } else if (isClosing(c)) done = --this.#depth === 0;
          else if (c === LF && this.#linewise) return this.#broken(bytes, start, at) + 1;
        }
        break;
      case SCALAR:
        for (; at < bytes.length && !done; at++) {
          const c = bytes[at];
          done = c === COMMA || isClosing(c) || c <= 0x20;
        }
        if (done) at--;
        break;
      default: {
        const end = bytes.indexOf(LF, at);
        done = end >= 0;
        at = done ? end : bytes.length;
      }
    }
    this.#keep(bytes, start, at);
    // Size alone decides, not where the pieces of the stream happen to end.
    if (this.#length > this.#largest && this.#enterable()) this.#goInto();
    else if (done) this.#finish();
    else if (this.#length > LONGEST_SCALAR) this.#breakOff();
    return at;
  }

  /** A line end where none may stand, or a bracket too many: what was collected is no value. */
  #broken(bytes: Uint8Array, start: number, at: number): number {
    this.#keep(bytes, start, at);
    this.#breakOff();
    return at;
  }

  #keep(bytes: Uint8Array, start: number, end: number): void {
    const length = this.#length + end - start;
    if (length > this.#unit.length) {
      const grown = new Uint8Array(Math.max(length, this.#unit.length * 2));
      grown.set(this.#unit.subarray(0, this.#length));
      this.#unit = grown;
    }
    this.#unit.set(bytes.subarray(start, end), this.#length);
    this.#length = length;
  }

  #finish(): void {
    const what = this.#what;
    const unit = this.#unit.subarray(0, this.#length);
    const frame = this.#stack.at(-1);
    this.#what = NOTHING;
    if (what === LINE) this.#found = { kind: 'line', bytes: unit, around: null };
    else if (frame && !frame.isList) this.#member(frame, unit);
    else this.#found = { kind: 'value', bytes: unit, around: this.#around() };
  }

  #member(frame: Frame, unit: Uint8Array): void {
    const value = parseJson(decodeUtf8(unit));
    if (frame.key === null) {
      if (typeof value === 'string') frame.key = value;
      else this.#found = { kind: 'line', bytes: unit, around: null };
      return;
    }
    if (value === undefined) this.#found = { kind: 'line', bytes: unit, around: null };
    else if (frame.count++ < MOST_MEMBERS) define(frame.members, frame.key, value);
    frame.key = null;
  }

  #around(): Around {
    const outermost = this.#stack.findIndex((frame) => !frame.isList);
    if (outermost < 0) return null;
    const frames = this.#stack.slice(outermost);
    return (part) =>
      frames.reduceRight<Json>(
        (inner, frame) => (frame.isList ? [inner] : withMember(frame, inner)),
        part,
      ) as JsonObject;
  }

  #enterable(): boolean {
    const first = this.#unit[0];
    return this.#what === NESTED || (this.#what === LINE && (first === OPEN || first === OPEN_LIST));
  }

  /** Takes what was collected as the first of what is in a container too large to be collected. */
  #goInto(): void {
    const taken = this.#unit.slice(0, this.#length);
    this.#what = NOTHING;
    this.#enter(taken[0] === OPEN_LIST);
    this.#again = taken.subarray(1);
  }

  #enter(isList: boolean): void {
    // What is around so many brackets is no envelope of records.
    if (this.#stack.length === MOST_ENTERED) this.#stack = [];
    this.#stack.push({ isList, members: {}, count: 0, key: null });
  }

  /** Nothing after a value that breaks off can be trusted to stand where it seems to: it is read as from a start. */
  #breakOff(): void {
    const around = this.#around();
    const unit = this.#unit.subarray(0, this.#length);
    this.#what = NOTHING;
    this.#stack = [];
    this.#found = { kind: 'broken', bytes: unit, around };
  }
}

function isBlank(c: number): boolean {
  return c === 0x20 || c === LF || c === CR || c === 0x09;
}

function isClosing(c: number): boolean {
  return c === CLOSE || c === CLOSE_LIST;
}

function withMember({ members, key }: Frame, value: Json): JsonObject {
  if (key !== null) define(members, key, value);
  return members;
}

/** The bytes without blanks and line ends between tokens, so that a value is one line. */
export function onOneLine(bytes: Uint8Array): Uint8Array {
  if (bytes.indexOf(LF) < 0 && bytes.indexOf(CR) < 0) return bytes;
  const line = new Uint8Array(bytes.length);
  let length = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const c = bytes[at];
    if (c === QUOTE) inString = !inString;
    else if (c === BACKSLASH && inString) line[length++] = bytes[at++];
    else if (!inString && (c === 0x20 || c === LF || c === CR || c === 0x09)) continue;
    line[length++] = bytes[at];
  }
  return line.subarray(0, length);
}
