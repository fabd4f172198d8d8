/** The table of ids in the kernel's memory: one for each thread, so whoever comes next sends away who has it. */
import * as at from '../kernel/memory.ts';
import type { Kernel } from './kernelExports.ts';

/** Who has the table; called when another wants it, and the last moment to copy what is in it. */
export interface IdsHolder {
  leave(): void;
}

/** Of a batch of rows: so much must be free before it. */
const MOST_SPELLINGS = at.SPELLINGS_MAX - at.IDS_MAX;
const MOST_BYTES = at.ID_ARENA_MAX - at.IDS_MAX * at.ID_LONGEST;

/** The number of an id that the kernel leaves to others to judge. */
export const ODD_ID = 0xffffffff;

export class KernelIds {
  readonly #kernel: Kernel;
  readonly #start: Uint32Array;
  readonly #hash: Uint32Array;
  readonly #id: Uint32Array;
  readonly #plain: Uint8Array;
  readonly #first: Uint32Array;
  readonly #arena: Uint8Array;
  #holder: IdsHolder | null = null;

  constructor(kernel: Kernel) {
    const { buffer } = kernel.memory;
    this.#kernel = kernel;
    this.#start = new Uint32Array(buffer, at.SPELLING_START, at.SPELLINGS_MAX + 1);
    this.#hash = new Uint32Array(buffer, at.SPELLING_HASH, at.SPELLINGS_MAX);
    this.#id = new Uint32Array(buffer, at.SPELLING_ID, at.SPELLINGS_MAX);
    this.#plain = new Uint8Array(buffer, at.SPELLING_PLAIN, at.SPELLINGS_MAX);
    this.#first = new Uint32Array(buffer, at.FIRST_SPELLING, at.SPELLINGS_MAX + 1);
    this.#arena = new Uint8Array(buffer, at.ID_ARENA, at.ID_ARENA_MAX);
  }

  /** Empties the table for a new holder. */
  claim(holder: IdsHolder): void {
    this.#holder?.leave();
    this.#holder = holder;
    this.#kernel.forgetIds();
  }

  giveBack(holder: IdsHolder): void {
    if (this.#holder === holder) this.#holder = null;
  }

  /** Whether the ids of as many rows as come at once, and an id of `bytes` besides, surely find room. */
  hasRoom(bytes = 0): boolean {
    const spellings = this.#kernel.spellings.value;
    return spellings < MOST_SPELLINGS && this.#start[spellings] + bytes < MOST_BYTES;
  }

  /** The number of the id in [start, end) of the kernel's memory; ODD_ID where others must say what it is. */
  intern(start: number, end: number): number {
    return this.#kernel.idNumber(start, end) >>> 0;
  }

  /** The number of a new spelling, which is of no id yet. */
  addSpelling(start: number, end: number): number {
    return this.#kernel.addSpelling(start, end);
  }

  /** A new id of this spelling. */
  newId(spelling: number): number {
    return this.#kernel.numberSpelling(spelling);
  }

  setId(spelling: number, id: number): void {
    this.#id[spelling] = id;
  }

  setFirstSpelling(id: number, spelling: number): void {
    this.#first[id] = spelling;
  }

  get count(): number {
    return this.#kernel.numbers.value;
  }

  /** As IdTable has it: valid until the next is added. */
  get spellings() {
    const count = this.#kernel.spellings.value;
    return {
      arena: this.#arena.subarray(0, this.#start[count]),
      start: this.#start.subarray(0, count + 1),
      hash: this.#hash.subarray(0, count),
      plain: this.#plain.subarray(0, count),
    };
  }

  /** Of each id in order of number. */
  get firstSpellings(): Uint32Array {
    return this.#first.subarray(1, this.count + 1);
  }
}
