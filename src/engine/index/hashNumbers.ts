/** Numbers by hash, in flat memory: a lookup a line must allocate nothing. */

export class HashNumbers {
  #hashes = new Float64Array(256).fill(Number.NaN);
  #numbers = new Int32Array(256);
  #count = 0;

  /** The number of a hash; -1 where it has none. */
  get(hash: number): number {
    const mask = this.#hashes.length - 1;
    for (let slot = slotOf(hash) & mask; ; slot = (slot + 1) & mask) {
      const found = this.#hashes[slot];
      if (found === hash) return this.#numbers[slot];
      if (Number.isNaN(found)) return -1;
    }
  }

  /** Gives a hash that has no number one. */
  add(hash: number, number: number): void {
    if (++this.#count * 2 > this.#hashes.length) this.#grow();
    this.#place(hash, number);
  }

  #place(hash: number, number: number): void {
    const mask = this.#hashes.length - 1;
    let slot = slotOf(hash) & mask;
    while (!Number.isNaN(this.#hashes[slot])) slot = (slot + 1) & mask;
    this.#hashes[slot] = hash;
    this.#numbers[slot] = number;
  }

  #grow(): void {
    const [hashes, numbers] = [this.#hashes, this.#numbers];
    this.#hashes = new Float64Array(hashes.length * 2).fill(Number.NaN);
    this.#numbers = new Int32Array(hashes.length * 2);
    for (let i = 0; i < hashes.length; i++) if (!Number.isNaN(hashes[i])) this.#place(hashes[i], numbers[i]);
  }
}

function slotOf(hash: number): number {
  const mixed = Math.imul(hash | 0, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}
