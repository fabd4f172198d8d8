/** Numbers the keys of a file's records, by bytes, so that a key met before costs no string. */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';

export class KeyTable {
  /** Dotted names by key number. Number 0 is the record itself. */
  readonly names: string[] = [''];
  #bytes: Uint8Array[] = [new Uint8Array(0)];
  #parents: number[] = [-1];
  #slots = new Int32Array(256);

  get size(): number {
    return this.names.length;
  }

  /** The number of the key in buffer[start, end) under a parent key. `hash` must come from `hashKey`. */
  intern(buffer: Uint8Array, start: number, end: number, parent: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const key = this.#slots[slot];
      if (key === 0) return this.#add(buffer.slice(start, end), parent, hash);
      if (this.#parents[key] === parent && equal(this.#bytes[key], buffer, start, end)) return key;
    }
  }

  /** Whether a known key under this parent stands at `at`, closing quote included; the position of that quote, or -1. */
  match(key: number, parent: number, buffer: Uint8Array, at: number, limit: number): number {
    const bytes = this.#bytes[key];
    const end = at + bytes.length;
    if (this.#parents[key] !== parent || end >= limit || buffer[end] !== 0x22) return -1;
    for (let i = 0; i < bytes.length; i++) if (bytes[i] !== buffer[at + i]) return -1;
    return end;
  }

  /** The number of a key given as text: the slow way in, for keys with escapes. */
  internText(name: string, parent: number): number {
    const bytes = encodeUtf8(name);
    return this.intern(bytes, 0, bytes.length, parent, hashKey(bytes, 0, bytes.length, parent));
  }

  #add(bytes: Uint8Array, parent: number, hash: number): number {
    const key = this.names.length;
    const name = decodeUtf8(bytes);
    this.names.push(parent === 0 ? name : `${this.names[parent]}.${name}`);
    this.#bytes.push(bytes);
    this.#parents.push(parent);
    if (key * 2 > this.#slots.length) this.#grow();
    this.#place(key, hash);
    return key;
  }

  #place(key: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = key;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let key = 1; key < this.names.length - 1; key++) {
      const bytes = this.#bytes[key];
      this.#place(key, hashKey(bytes, 0, bytes.length, this.#parents[key]));
    }
  }
}

export function hashKey(buffer: Uint8Array, start: number, end: number, parent: number): number {
  let hash = parent * 0x9e3779b1;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + buffer[i]) | 0;
  // Keys that count up differ in their last byte only: mixing spreads them over the slots.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

function equal(bytes: Uint8Array, buffer: Uint8Array, start: number, end: number): boolean {
  if (bytes.length !== end - start) return false;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== buffer[start + i]) return false;
  return true;
}
