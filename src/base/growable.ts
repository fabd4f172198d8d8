/** Typed arrays that grow by doubling: the columns of an index while it is being built. */

import { release } from './release.ts';

type Typed = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

export class Growable<T extends Typed> {
  array: T;
  length = 0;
  readonly #make: (size: number) => T;

  constructor(make: (size: number) => T, size = 1024) {
    this.#make = make;
    this.array = make(size);
  }

  push(value: number): void {
    if (this.length === this.array.length) this.reserve(this.length + 1);
    this.array[this.length++] = value;
  }

  /** Makes room for `size` values in all. Views of the array before are of no use after it. */
  reserve(size: number): void {
    if (size <= this.array.length) return;
    const grown = this.#make(Math.max(size, this.array.length * 2));
    grown.set(this.array);
    release(this.array);
    this.array = grown;
  }

  /** The values so far, copied to their exact size. */
  finish(): T {
    return this.array.slice(0, this.length) as T;
  }
}

export const growU32 = (size?: number) => new Growable((n) => new Uint32Array(n), size);
