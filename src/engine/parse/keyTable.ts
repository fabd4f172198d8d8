/** Numbers the keys of a file's records, by bytes, so that a key met before costs no string. */
import { hashBytes, sameBytes, viewOf } from '../../base/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';

export class KeyTable {
  /** Dotted names by key number. Number 0 is the record itself. */
  readonly names: string[] = [''];
  readonly #views: DataView[] = [viewOf(new Uint8Array(0))];
  readonly #parents: number[] = [-1];
  readonly #hashes: number[] = [0];
  #slots = new Int32Array(256);
  /** The buffer last read from: lines come many to a buffer. */
  #buffer: Uint8Array = new Uint8Array(0);
  #view = viewOf(this.#buffer);

  get size(): number {
    return this.names.length;
  }

  /** The number of the key in buffer[start, end) under a parent key. */
  intern(buffer: Uint8Array, start: number, end: number, parent: number): number {
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#view = viewOf(buffer);
    }
    const view = this.#view;
    const hash = hashBytes(view, start, end, parent);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const key = this.#slots[slot];
      if (key === 0) return this.#add(buffer.slice(start, end), parent, hash);
      if (this.#hashes[key] !== hash || this.#parents[key] !== parent) continue;
      const known = this.#views[key];
      if (known.byteLength === end - start && sameBytes(known, 0, view, start, end - start)) return key;
    }
  }

  /** The number of a key given as text: the slow way in, for keys with escapes. */
  internText(name: string, parent: number): number {
    const bytes = encodeUtf8(name);
    return this.intern(bytes, 0, bytes.length, parent);
  }

  #add(bytes: Uint8Array, parent: number, hash: number): number {
    const key = this.names.length;
    const name = decodeUtf8(bytes);
    this.names.push(parent === 0 ? name : `${this.names[parent]}.${name}`);
    this.#views.push(viewOf(bytes));
    this.#parents.push(parent);
    this.#hashes.push(hash);
    if (key * 2 > this.#slots.length) this.#grow();
    else this.#place(key);
    return key;
  }

  #place(key: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[key] & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = key;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let key = 1; key < this.names.length; key++) this.#place(key);
  }
}
