/**
 * The memory that the kernel (../kernel/, WebAssembly) works in: the chunk of the file being read, the fields of
 * the record read last, the tree of learned steps, and tables of what was met. One for each thread; parsing waits
 * for nothing, so whoever has asked for a record can use its fields before anybody asks for another.
 */
import kernelCode from '../kernel/kernel.wasm';
import * as at from '../kernel/memory.ts';
import { kind } from '../templates/wordBytes.ts';
import type { FieldArrays } from './fieldList.ts';
import { type Kernel, Rows } from './kernelExports.ts';
import { KernelIds } from './kernelIds.ts';
import { IN_KEY } from './pairKeys.ts';
import { WORD } from './pattern/byteSet.ts';

/** Which fields of records with one layout give which column; `null` where the number beside it holds for all. */
export interface RowPlan {
  time: number;
  level: number | null;
  impliedLevel: number;
  levelSeed: number;
  service: number | null;
  impliedService: number;
  message: number | null;
  impliedShape: number;
  duration: number | null;
  /** Milliseconds in one unit of the duration. */
  unit: number;
  layout: number;
  ids: { place: number; key: number; leastLength: number }[];
}

export class RecordMemory implements FieldArrays {
  readonly bytes: Uint8Array;
  readonly key: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly type: Uint8Array;
  readonly escaped: Uint8Array;
  readonly rows: Rows;
  readonly ids: KernelIds;
  /** Grows when the steps have been thrown away because there was no room for more. */
  epoch = 0;
  /** Whose tables these are. */
  owner = 0;

  readonly #kernel: Kernel;
  readonly #view: DataView;
  readonly #hash: Uint32Array;
  readonly #chunk: Uint8Array;
  #chunkTaken = false;
  #next = at.STEPS;

  constructor() {
    this.#kernel = new WebAssembly.Instance(new WebAssembly.Module(kernelCode)).exports as Kernel;
    const { buffer } = this.#kernel.memory;
    this.bytes = new Uint8Array(buffer);
    this.key = new Int32Array(buffer, at.KEY, at.FIELDS_MAX);
    this.start = new Int32Array(buffer, at.START, at.FIELDS_MAX);
    this.end = new Int32Array(buffer, at.END, at.FIELDS_MAX);
    this.type = new Uint8Array(buffer, at.TYPE, at.FIELDS_MAX);
    this.escaped = new Uint8Array(buffer, at.ESCAPED, at.FIELDS_MAX);
    this.rows = new Rows(buffer);
    this.ids = new KernelIds(this.#kernel);
    this.#view = new DataView(buffer);
    this.#hash = new Uint32Array(buffer, at.HASH_LOW, 2);
    this.bytes.set(kind, at.KIND);
    this.bytes.set(WORD.subarray(0, 256), at.WORDS_SET);
    this.bytes.set(IN_KEY, at.PAIR_KEYS);
    this.#chunk = new Uint8Array(buffer, at.CHUNK, at.CHUNK_BYTES);
  }

  /** A buffer whose records need no copy; an ordinary one where that is taken. To be given back. */
  takeChunk(): Uint8Array {
    if (this.#chunkTaken) return new Uint8Array(at.CHUNK_BYTES);
    this.#chunkTaken = true;
    return this.#chunk;
  }

  giveBack(chunk: Uint8Array): void {
    if (chunk === this.#chunk) this.#chunkTaken = false;
  }

  /** Where a buffer begins in this memory; -1 where it is another's. */
  placeOf(buffer: Uint8Array): number {
    return buffer.buffer === this.bytes.buffer ? buffer.byteOffset : -1;
  }

  /** Copies a record in; how far its positions are from where they were, or NaN where it is too long. */
  copy(buffer: Uint8Array, start: number, end: number): number {
    if (end - start > at.COPY_MAX) return Number.NaN;
    this.bytes.set(buffer.subarray(start, end), at.COPY);
    return at.COPY - start;
  }

  /** The number of fields of the record at `base + start`, listed with positions from `base`; -1 where it is none learned. */
  read(root: number, base: number, start: number, end: number): number {
    return this.#kernel.read(root, base, base + start, base + end);
  }

  /** As `read`, of a line of logfmt. */
  readPairs(root: number, base: number, start: number, end: number): number {
    return this.#kernel.readPairs(root, base, base + start, base + end);
  }

  /** The hash of the shape of the message in [start, end) of this memory; -1 where the message may hold an id. */
  hash(start: number, end: number): number {
    if (this.#kernel.hash(start, end) === 0) return -1;
    return this.#hash[1] * 0x100000000 + this.#hash[0];
  }

  /** The last step of the record just read or learned; 0 where it was not learned. */
  get lastStep(): number {
    return this.#view.getUint32(at.LAST_STEP, true);
  }

  set lastStep(step: number) {
    this.set(at.LAST_STEP, step);
  }

  /** The layout of the record just read. */
  get layout(): number {
    return this.get(this.lastStep + at.LAYOUT);
  }

  /** A step to hang others from. */
  root(): number {
    return this.#step(new Uint8Array(0), 0, 0);
  }

  /** The step below `from` with this text and key (0: the end of a record), made where there is none; 0 where there is no room. */
  branch(from: number, text: Uint8Array, key: number, layout: number, most: number): number {
    let branches = 0;
    for (let step = this.get(from + at.FIRST); step !== 0; step = this.get(step + at.NEXT), branches++) {
      if (this.get(step + at.KEY_NUMBER) === key && this.#isText(step, text)) return step;
    }
    if (branches >= most) return 0;
    const step = this.#step(text, key, layout);
    if (step === 0) return 0;
    this.set(step + at.NEXT, this.get(from + at.FIRST));
    this.set(from + at.FIRST, step);
    return step;
  }

  #step(text: Uint8Array, key: number, layout: number): number {
    const blocks = Math.max(1, Math.ceil(text.length / 16));
    const step = this.room(at.TEXT + blocks * 16);
    if (step === 0) return 0;
    this.set(step + at.LENGTH, text.length);
    this.set(step + at.KEY_NUMBER, key);
    this.set(step + at.IS_STRING, key !== 0 && text[text.length - 1] === 0x22 ? 1 : 0);
    this.set(step + at.LAYOUT, layout);
    const last = step + at.LAST_BLOCK;
    this.bytes.fill(0xff, last, last + text.length - (blocks - 1) * 16);
    this.bytes.set(text, step + at.TEXT);
    return step;
  }

  /** So many bytes, all zero; 0 where there is no room, and then all steps are gone. */
  room(size: number): number {
    const place = this.#next;
    if (place + size > at.STEPS_END) {
      this.#next = at.STEPS;
      this.epoch++;
      return 0;
    }
    this.#next = place + size;
    this.bytes.fill(0, place, this.#next);
    return place;
  }

  #isText(step: number, text: Uint8Array): boolean {
    if (this.get(step + at.LENGTH) !== text.length) return false;
    return text.every((c, i) => this.bytes[step + at.TEXT + i] === c);
  }

  /** Empties the tables for a new owner, whose number comes back. */
  claim(): number {
    this.#kernel.forget();
    return ++this.owner;
  }

  /** Whether records that end with this step have a plan of the present owner. */
  hasPlan(step: number): boolean {
    const plan = this.get(step + at.PLAN);
    return plan !== 0 && this.get(plan + at.OWNER) === this.owner;
  }

  learnPlan(step: number, plan: RowPlan): void {
    if (plan.ids.length > at.MOST_IDS) return;
    const place = this.room(at.IDS_AT + plan.ids.length * 16);
    if (place === 0) return;
    this.set(place + at.OWNER, this.owner);
    this.set(place + at.TIME_AT, plan.time);
    this.set(place + at.LEVEL_AT, plan.level ?? -1);
    this.set(place + at.LEVEL, plan.impliedLevel);
    this.set(place + at.LEVEL_SEED, plan.levelSeed);
    this.set(place + at.SERVICE_AT, plan.service ?? -1);
    this.set(place + at.SERVICE, plan.impliedService);
    this.set(place + at.MESSAGE_AT, plan.message ?? -1);
    this.set(place + at.SHAPE, plan.impliedShape);
    this.set(place + at.DURATION_AT, plan.duration ?? -1);
    this.#view.setFloat64(place + at.UNIT, plan.unit, true);
    this.set(place + at.LAYOUT_NUMBER, plan.layout);
    this.set(place + at.IDS, plan.ids.length);
    for (const [i, id] of plan.ids.entries()) {
      const idAt = place + at.IDS_AT + i * 16;
      this.set(idAt, id.place);
      this.set(idAt + 4, id.key);
      this.set(idAt + 8, id.leastLength);
    }
    this.set(step + at.PLAN, place);
  }

  /** What a level word or (seed SERVICES) a service means. Positions are in this memory, here and below. */
  learnName(seed: number, start: number, end: number, value: number): void {
    this.#kernel.learnName(seed, start, end, value);
  }

  /** `fractionEnd` counts from `start`; `micros`: of the minute itself. */
  learnMinute(start: number, end: number, fractionEnd: number, micros: number): void {
    this.#kernel.learnMinute(start, end, fractionEnd, micros);
  }

  learnShape(hash: number, number: number): void {
    this.#kernel.learnShape(hash >>> 0, Math.floor(hash / 0x100000000), number);
  }

  /** Gives rows for the lines from `start` on, none for those from `stop` on; where the first line begins that got none. */
  take(root: number, start: number, stop: number, end: number, offset: number, line: number): number {
    return this.#kernel.take(root, this.owner, start, stop, end, offset, line) >>> 0;
  }

  /** As `take`, of lines of text; `head` is the plan of the format tried first, `pairs` the root of the layouts of logfmt. */
  takeText(
    head: number,
    pairs: number,
    start: number,
    stop: number,
    end: number,
    offset: number,
    line: number,
  ): number {
    return this.#kernel.takeText(head, pairs, this.owner, start, stop, end, offset, line) >>> 0;
  }

  /** How many words of a message may be ids, listed in FOUND; -1 where there are too many. */
  find(start: number, end: number): number {
    return this.#kernel.find(start, end);
  }

  /** What `find` listed at `i`. */
  foundAt(i: number): { start: number; keyStart: number; keyEnd: number; keyed: boolean } {
    const place = at.FOUND + i * at.FOUND_SIZE;
    return {
      start: this.get(place),
      keyStart: this.get(place + 8),
      keyEnd: this.get(place + 12),
      keyed: this.get(place + 16) !== 0,
    };
  }

  get rowCount(): number {
    return this.#kernel.rows.value;
  }

  get idCount(): number {
    return this.#kernel.ids.value;
  }

  /** Whether rows come with the numbers of their ids. */
  set numbersIds(does: boolean) {
    this.#kernel.numbering.value = does ? 1 : 0;
  }

  /** How many pairs of row and id there are, where ids are numbered. */
  get pairCount(): number {
    return this.#kernel.pairs.value;
  }

  /** Where the id stands for whose number the next row waits; 0 where none does. */
  get oddId(): number {
    return this.#kernel.oddStart.value;
  }

  get oddIdEnd(): number {
    return this.#kernel.oddEnd.value;
  }

  get(place: number): number {
    return this.#view.getUint32(place, true);
  }

  set(place: number, value: number): void {
    this.#view.setUint32(place, value, true);
  }
}

let memory: RecordMemory | undefined;

/** The memory of this thread. */
export function recordMemory(): RecordMemory {
  memory ??= new RecordMemory();
  return memory;
}
