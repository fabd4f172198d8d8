/**
 * Numbers ids by their bytes, without making a string of an id met before. Ids that differ only in how
 * they are written (case, prefix) get one number. Bytes are compared, so a hash collision joins nothing.
 */

import { hashBytes, sameBytes, viewOf } from '../../base/bytes.ts';
import { Growable, growU32 } from '../../base/growable.ts';
import { release } from '../../base/release.ts';
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { isNormalised, normaliseId } from '../correlation/normalise.ts';
import { NO_ID } from './log.ts';

/** Every form in which ids were written, as plain data: the bytes of each stand in `arena` from its `start` to the next. */
export interface Spellings {
  arena: Uint8Array;
  start: Uint32Array;
  /** Of the bytes, so that another table need not go through them again. */
  hash: Uint32Array;
  /** 1 where the bytes surely are in the form in which ids are compared. */
  plain: Uint8Array;
}

/** So many are looked for at a time. */
const AHEAD = 64;

export class IdTable {
  /** Of each spelling: where its bytes stand in the arena, and the number of its id. */
  #spellingStart = growU32();
  #spellingId = growU32();
  /** Makes growing cheap, and is kept with the spellings. */
  #spellingHash = growU32();
  #spellingPlain = new Growable((n) => new Uint8Array(n));
  #arena = new Growable((n) => new Uint8Array(n), 1 << 14);
  #arenaView = viewOf(this.#arena.array);
  /** Two numbers a slot, side by side so that both come at one access: the hash, and the spelling counted from 1 (0: free). */
  #slots = new Int32Array(1 << 11);
  /** The first spelling of each id; ids count from 1. */
  #firstSpelling = growU32();
  /** The buffer last read from: lines come many to a buffer. */
  #buffer: Uint8Array = this.#arena.array;
  #view = this.#arenaView;
  /** Of no meaning: what is looked at must be used, or it would not be. */
  touched = 0;

  constructor() {
    this.#spellingStart.push(0);
    this.#firstSpelling.push(0);
  }

  get count(): number {
    return this.#firstSpelling.length - 1;
  }

  /** The number of the id in buffer[start, end); NO_ID where that names nothing (`null`, zeros, `-`). */
  intern(buffer: Uint8Array, start: number, end: number): number {
    return this.internHashed(buffer, start, end, hashBytes(this.#viewOf(buffer), start, end, 0));
  }

  /** For those who know the hash of the bytes (with seed 0) already. */
  internHashed(buffer: Uint8Array, start: number, end: number, hash: number): number {
    const view = this.#viewOf(buffer);
    const slot = this.#slotOf(view, start, end, hash);
    const spelling = this.#slots[slot + 1];
    if (spelling > 0) return this.#spellingId.array[spelling - 1];
    return this.#add(buffer, start, end, slot, hash, isNormalised(buffer, start, end));
  }

  #viewOf(buffer: Uint8Array): DataView {
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#view = viewOf(buffer);
    }
    return this.#view;
  }

  internText(text: string): number {
    const bytes = encodeUtf8(text);
    return this.intern(bytes, 0, bytes.length);
  }

  /** Takes over spellings of another table; their numbers here. */
  adopt(other: Spellings, which: Uint32Array): Uint32Array {
    const numbers = new Uint32Array(which.length);
    const view = viewOf(other.arena);
    for (let i = 0; i < which.length; i++) {
      if (i % AHEAD === 0) this.#touch(other.hash, which, i, Math.min(i + AHEAD, which.length));
      const spelling = which[i];
      const start = other.start[spelling];
      const end = other.start[spelling + 1];
      const hash = other.hash[spelling] | 0;
      const slot = this.#slotOf(view, start, end, hash);
      const known = this.#slots[slot + 1];
      if (known > 0) numbers[i] = known - 1;
      else {
        numbers[i] = this.#spellingId.length;
        this.#add(other.arena, start, end, slot, hash, other.plain[spelling] === 1);
      }
    }
    return numbers;
  }

  /**
   * Looks where the next ones may be found. In a large table each look waits for the memory; these hang on nothing, so
   * that the processor waits for many at a time.
   */
  #touch(hashes: Uint32Array, which: Uint32Array, from: number, to: number): void {
    const slots = this.#slots;
    const starts = this.#spellingStart.array;
    const arena = this.#arena.array;
    const mask = slots.length - 2;
    let sum = 0;
    for (let i = from; i < to; i++) {
      const spelling = slots[((hashes[which[i]] << 1) & mask) + 1];
      if (spelling > 0) sum += arena[starts[spelling - 1]];
    }
    this.touched = sum;
  }

  idOf(spelling: number): number {
    return this.#spellingId.array[spelling];
  }

  /** The spellings so far; valid until the next is added. */
  get spellings(): Spellings {
    const start = this.#spellingStart;
    const hash = this.#spellingHash;
    const plain = this.#spellingPlain;
    return {
      arena: this.#arena.array.subarray(0, this.#arena.length),
      start: start.array.subarray(0, start.length),
      hash: hash.array.subarray(0, hash.length),
      plain: plain.array.subarray(0, plain.length),
    };
  }

  /** The first spelling of each id, in order of number. */
  get firstSpellings(): Uint32Array {
    return this.#firstSpelling.array.subarray(1, this.#firstSpelling.length);
  }

  /** The number of an id given as compared; NO_ID where the table has none such. */
  find(normalised: string): number {
    const bytes = encodeUtf8(normalised);
    const view = viewOf(bytes);
    const spelling = this.#slots[this.#slotOf(view, 0, bytes.length, hashBytes(view, 0, bytes.length, 0)) + 1];
    return spelling === 0 ? NO_ID : this.#spellingId.array[spelling - 1];
  }

  /** As first written. */
  text(id: number): string {
    const spelling = this.#firstSpelling.array[id];
    const start = this.#spellingStart.array[spelling];
    return decodeUtf8(this.#arena.array, start, this.#spellingStart.array[spelling + 1]);
  }

  /** Ids of which one spelling holds the text, at most so many. */
  holding(text: string, most: number): number[] {
    const wanted = Buffer.from(text);
    const arena = Buffer.from(this.#arena.array.buffer, this.#arena.array.byteOffset, this.#arena.length);
    const starts = this.#spellingStart.array;
    const found = new Set<number>();
    let spelling = 0;
    if (wanted.length === 0) return [];
    for (let at = arena.indexOf(wanted); at >= 0 && found.size < most; at = arena.indexOf(wanted, at + 1)) {
      // Hits come in order of place, so the spelling is looked for from the last one on.
      let high = this.#spellingId.length;
      while (high - spelling > 1) {
        const middle = (spelling + high) >>> 1;
        if (starts[middle] <= at) spelling = middle;
        else high = middle;
      }
      // What begins in one and ends in the next stands in neither.
      if (at + wanted.length <= starts[spelling + 1]) found.add(this.#spellingId.array[spelling]);
    }
    found.delete(NO_ID);
    return [...found];
  }

  #add(buffer: Uint8Array, start: number, end: number, slot: number, hash: number, plain: boolean): number {
    const spelling = this.#spellingId.length;
    this.#spellingId.push(NO_ID);
    this.#spellingHash.push(hash);
    this.#spellingPlain.push(plain ? 1 : 0);
    const at = this.#arena.length;
    const stop = at + end - start;
    if (stop > this.#arena.array.length) {
      this.#arena.reserve(stop);
      this.#arenaView = viewOf(this.#arena.array);
    }
    const arena = this.#arena.array;
    for (let i = start, to = at; i < end; i++, to++) arena[to] = buffer[i];
    this.#arena.length = stop;
    this.#spellingStart.push(this.#arena.length);
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = spelling + 1;
    if (this.#spellingId.length * 4 > this.#slots.length) this.#rehash();
    const id = plain ? this.#newId(spelling) : this.#idOfOther(buffer, start, end, spelling);
    this.#spellingId.array[spelling] = id;
    return id;
  }

  #newId(spelling: number): number {
    this.#firstSpelling.push(spelling);
    return this.#firstSpelling.length - 1;
  }

  /** The compared form is a spelling of its own, under which all others find the id. */
  #idOfOther(buffer: Uint8Array, start: number, end: number, spelling: number): number {
    const normalised = normaliseId(decodeUtf8(buffer, start, end));
    if (normalised === null) return NO_ID;
    const bytes = encodeUtf8(normalised);
    // The texts may be equal although the bytes are not: invalid UTF-8 is looked up by the text that it is shown as.
    if (Buffer.compare(bytes, buffer.subarray(start, end)) === 0) return this.#newId(spelling);
    const before = this.count;
    const id = this.intern(bytes, 0, bytes.length);
    if (this.count > before) this.#firstSpelling.array[id] = spelling;
    return id;
  }

  /** Where the slot of these bytes begins: that of their spelling, or the free one where it would go. */
  #slotOf(view: DataView, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const starts = this.#spellingStart.array;
    const mask = slots.length - 2;
    const length = end - start;
    for (let slot = (hash << 1) & mask; ; slot = (slot + 2) & mask) {
      const spelling = slots[slot + 1];
      if (spelling === 0) return slot;
      if (slots[slot] !== hash) continue;
      const from = starts[spelling - 1];
      if (starts[spelling] - from === length && sameBytes(this.#arenaView, from, view, start, length)) return slot;
    }
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 2;
    for (let spelling = 0; spelling < this.#spellingId.length; spelling++) {
      const hash = this.#spellingHash.array[spelling];
      let slot = (hash << 1) & mask;
      while (slots[slot + 1] > 0) slot = (slot + 2) & mask;
      slots[slot] = hash;
      slots[slot + 1] = spelling + 1;
    }
    release(this.#slots);
    this.#slots = slots;
  }
}
