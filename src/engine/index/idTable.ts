/**
 * Numbers ids by their bytes, without making a string of an id met before. Ids that differ only in how
 * they are written (case, prefix) get one number. Bytes are compared, so a hash collision joins nothing.
 */
import { Growable, growU32 } from '../../base/growable.ts';
import { normaliseId } from '../correlation/normalise.ts';
import { NO_ID } from './log.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export class IdTable {
  /** Of each spelling: where its bytes stand in the arena, and the number of its id. */
  #spellingStart = growU32();
  #spellingId = growU32();
  #arena = new Growable((n) => new Uint8Array(n), 1 << 14);
  #slots = new Int32Array(1 << 10).fill(-1);
  #byNormalised = new Map<string, number>();
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
    const mask = this.#slots.length - 1;
    let slot = hash(buffer, start, end) & mask;
    for (; this.#slots[slot] >= 0; slot = (slot + 1) & mask) {
      if (this.#equals(this.#slots[slot], buffer, start, end)) return this.#spellingId.array[this.#slots[slot]];
    }
    return this.#add(buffer, start, end, slot);
  }

  internText(text: string): number {
    const bytes = encoder.encode(text);
    return this.intern(bytes, 0, bytes.length);
  }

  find(normalised: string): number {
    return this.#byNormalised.get(normalised) ?? NO_ID;
  }

  /** As first written. */
  text(id: number): string {
    const spelling = this.#firstSpelling.array[id];
    const start = this.#spellingStart.array[spelling];
    return decoder.decode(this.#arena.array.subarray(start, this.#spellingStart.array[spelling + 1]));
  }

  /** All ids in their compared form, with their numbers. */
  normalised(): IterableIterator<[string, number]> {
    return this.#byNormalised.entries();
  }

  #add(buffer: Uint8Array, start: number, end: number, slot: number): number {
    const normalised = normaliseId(decoder.decode(buffer.subarray(start, end)));
    const spelling = this.#spellingId.length;
    let id = NO_ID;
    if (normalised !== null) {
      id = this.#byNormalised.get(normalised) ?? NO_ID;
      if (id === NO_ID) {
        id = this.#firstSpelling.length;
        this.#firstSpelling.push(spelling);
        this.#byNormalised.set(normalised, id);
      }
    }
    this.#spellingId.push(id);
    this.#arena.reserve(this.#arena.length + end - start);
    this.#arena.array.set(buffer.subarray(start, end), this.#arena.length);
    this.#arena.length += end - start;
    this.#spellingStart.push(this.#arena.length);
    this.#slots[slot] = spelling;
    if (this.#spellingId.length * 2 > this.#slots.length) this.#rehash();
    return id;
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
