/**
 * Records of one logger are written by one program: between the values stand the same bytes each time. What
 * stands there is learned once, as a tree of steps (that text, then a value), and from then on a record costs
 * a comparison of those bytes and a walk over its values. A record that takes another way is left to the
 * scanner, which knows the whole grammar, and is learned from it.
 */
import type { FieldList } from './fieldList.ts';
import { recordMemory } from './recordMemory.ts';

/** Past this the keys of the records are data themselves, and learning them would never end. */
const MOST_STEPS = 4096;
/** Of one step; trying more of them in turn costs more than scanning. */
const MOST_BRANCHES = 48;

export class LearnedLayouts {
  readonly #memory = recordMemory();
  readonly #isPairs: boolean;
  #epoch = -1;
  #root = 0;
  #steps = 0;
  #buffer: Uint8Array | null = null;
  /** Where that buffer begins in the memory; -1 where it is elsewhere. */
  #place = -1;

  /** `isPairs`: of logfmt, else of JSON. */
  constructor(isPairs = false) {
    this.#isPairs = isPairs;
  }

  /** Whether the record in buffer[start, end) is one of those learned; `fields` then lists it. */
  read(fields: FieldList, buffer: Uint8Array, start: number, end: number): boolean {
    const memory = this.#memory;
    if (this.#root === 0 || this.#epoch !== memory.epoch) return false;
    if (buffer !== this.#buffer) {
      this.#buffer = buffer;
      this.#place = memory.placeOf(buffer);
    }
    const base = this.#place >= 0 ? this.#place : memory.copy(buffer, start, end);
    const count = Number.isNaN(base) ? -1 : this.#read(base, start, end);
    if (count < 0) return false;
    fields.point(memory, count);
    return true;
  }

  #read(base: number, start: number, end: number): number {
    const memory = this.#memory;
    return this.#isPairs ? memory.readPairs(this.#root, base, start, end) : memory.read(this.#root, base, start, end);
  }

  /** Says of a record that it is not to be learned: others may look just like it. */
  pass(): void {
    this.#memory.lastStep = 0;
  }

  /** The layout of the record just read. */
  get layout(): number {
    return this.#memory.layout;
  }

  /** Learns from a record that a scanner has just listed. */
  learn(fields: FieldList, buffer: Uint8Array, start: number, end: number, layout: number): void {
    const memory = this.#memory;
    if (this.#epoch !== memory.epoch) {
      this.#root = 0;
      this.#steps = 0;
    }
    memory.lastStep = 0;
    if (fields.count === 0 || this.#steps + fields.count > MOST_STEPS) return;
    if (this.#root === 0) this.#root = memory.root();
    this.#epoch = memory.epoch;
    let step = this.#root;
    let at = start;
    for (let i = 0; i <= fields.count && step !== 0; i++) {
      const last = i === fields.count;
      const text = buffer.slice(at, last ? end : fields.start[i]);
      step = memory.branch(step, text, last ? 0 : fields.key[i], last ? layout : 0, MOST_BRANCHES);
      this.#steps++;
      at = fields.end[i];
    }
    memory.lastStep = step;
  }

  /** The root of the steps learned; 0 where there is none. */
  get root(): number {
    return this.#epoch === this.#memory.epoch ? this.#root : 0;
  }
}
