/**
 * Numbers ids by their bytes, without making a string of an id met before. Ids that differ only in how
 * they are written (case, prefix) get one number. Bytes are compared, so a hash collision joins nothing.
 */

import { Growable, growU32 } from '../../base/growable.ts';
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import { isNormalised, normaliseId } from '../correlation/normalise.ts';
import { NO_ID } from './log.ts';

export class IdTable {
  /** Of each spelling: where its bytes stand in the arena, and the number of its id. */
  #spellingStart = growU32();
  #spellingId = growU32();
  #arena = new Growable((n) => new Uint8Array(n), 1 << 14);
  #slots = new Int32Array(1 << 10).fill(-1);
  /** The first spelling of each id; ids count from 1. */
  #firstSpelling = growU32();

  constructor() {
    this.#spellingStart.push(0);
    this.#firstSpelling.push(0);
  }

  get count(): number {
    return this.#firstSpelling.length - 1;
  }

  /** The number of the id in buffer[start, end); NO_ID where that names nothing (`null`, zeros, `-`). */
  intern(buffer: Uint8Array, start: number, end: number): number {
    const slot = this.#slotOf(buffer, start, end);
    const spelling = this.#slots[slot];
    return spelling >= 0 ? this.#spellingId.array[spelling] : this.#add(buffer, start, end, slot);
  }

  internText(text: string): number {
    const bytes = encodeUtf8(text);
    return this.intern(bytes, 0, bytes.length);
  }

  /** Takes over an id of another table; its number here. */
  internFrom(other: IdTable, id: number): number {
    const spelling = other.#firstSpelling.array[id];
    const starts = other.#spellingStart.array;
    return this.intern(other.#arena.array, starts[spelling], starts[spelling + 1]);
  }

  /** The number of an id given as compared; NO_ID where the table has none such. */
  find(normalised: string): number {
    const bytes = encodeUtf8(normalised);
    const spelling = this.#slots[this.#slotOf(bytes, 0, bytes.length)];
    return spelling < 0 ? NO_ID : this.#spellingId.array[spelling];
  }

  /** As first written. */
  text(id: number): string {
    const spelling = this.#firstSpelling.array[id];
    const start = this.#spellingStart.array[spelling];
    return decodeUtf8(this.#arena.array, start, this.#spellingStart.array[spelling + 1]);
  }

  #add(buffer: Uint8Array, start: number, end: number, slot: number): number {
    const spelling = this.#spellingId.length;
    this.#spellingId.push(NO_ID);
    this.#arena.reserve(this.#arena.length + end - start);
    this.#arena.array.set(buffer.subarray(start, end), this.#arena.length);
    this.#arena.length += end - start;
    this.#spellingStart.push(this.#arena.length);
    this.#slots[slot] = spelling;
    if (this.#spellingId.length * 2 > this.#slots.length) this.#rehash();
    const id = isNormalised(buffer, start, end) ? this.#newId(spelling) : this.#idOfOther(buffer, start, end, spelling);
    this.#spellingId.array[spelling] = id;
    return id;
  }

  #newId(spelling: number): number {
    this.#firstSpelling.push(spelling);
    return this.#firstSpelling.length - 1;
  }

  /** The compared form is a spelling of its own, under which all others find the id. */
  #idOfOther(buffer: Uint8Array, start: number, end: number, spelling: number): number {
    const written = decodeUtf8(buffer, start, end);
    const normalised = normaliseId(written);
    if (normalised === null) return NO_ID;
    if (normalised === written) return this.#newId(spelling);
    const bytes = encodeUtf8(normalised);
    const before = this.count;
    const id = this.intern(bytes, 0, bytes.length);
    if (this.count > before) this.#firstSpelling.array[id] = spelling;
    return id;
  }

  /** The slot of these bytes: of their spelling, or the free one where it would go. */
  #slotOf(buffer: Uint8Array, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(buffer, start, end) & mask;
    while (this.#slots[slot] >= 0 && !this.#equals(this.#slots[slot], buffer, start, end)) slot = (slot + 1) & mask;
    return slot;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = this.#slots.length - 1;
    for (let spelling = 0; spelling < this.#spellingId.length; spelling++) {
      const start = this.#spellingStart.array[spelling];
      let slot = hash(this.#arena.array, start, this.#spellingStart.array[spelling + 1]) & mask;
      while (this.#slots[slot] >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = spelling;
    }
  }

  #equals(spelling: number, buffer: Uint8Array, start: number, end: number): boolean {
    const arena = this.#arena.array;
    const from = this.#spellingStart.array[spelling];
    if (this.#spellingStart.array[spelling + 1] - from !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (arena[from + i] !== buffer[start + i]) return false;
    return true;
  }
}

function hash(buffer: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let i = start; i < end; i++) value = Math.imul(value ^ buffer[i], 0x01000193);
  return value ^ (value >>> 15);
}
