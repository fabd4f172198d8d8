/**
 * The memory that the kernel (../kernel/layouts.ts, WebAssembly) works in: the chunk of the file being read, the
 * fields of the record read last, and the tree of learned steps. One for each thread; parsing waits for nothing,
 * so whoever has asked for a record can use its fields before anybody asks for another.
 */
import kernelCode from '../kernel/layouts.wasm';

const FIELDS_MAX = 512;
const FOUND_LAYOUT = 1020;
const KEY = 1024;
const START = KEY + FIELDS_MAX * 4;
const END = START + FIELDS_MAX * 4;
const TYPE = END + FIELDS_MAX * 4;
const ESCAPED = TYPE + FIELDS_MAX;
const STEPS = 1 << 14;
const STEPS_END = STEPS + (1 << 20);
/** A copy of a record that stands elsewhere than in the chunk. */
const COPY = STEPS_END;
const COPY_MAX = 1 << 16;
/** Blocks of sixteen bytes are read, so something must stand behind the last. */
const MARGIN = 64;
const CHUNK = COPY + COPY_MAX + MARGIN;

/** Bytes in the chunk. */
export const CHUNK_BYTES = 1 << 20;

interface Kernel {
  memory: { buffer: ArrayBuffer };
  read(root: number, base: number, at: number, end: number): number;
}

export class RecordMemory {
  readonly bytes: Uint8Array;
  readonly key: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly type: Uint8Array;
  readonly escaped: Uint8Array;
  /** Grows when the steps have been thrown away because there was no room for more. */
  epoch = 0;

  readonly #kernel: Kernel;
  readonly #view: DataView;
  readonly #layout: Uint32Array;
  readonly #chunk: Uint8Array;
  #chunkTaken = false;
  #nextStep = STEPS;

  constructor() {
    this.#kernel = new WebAssembly.Instance(new WebAssembly.Module(kernelCode)).exports as Kernel;
    const { buffer } = this.#kernel.memory;
    this.bytes = new Uint8Array(buffer);
    this.key = new Int32Array(buffer, KEY, FIELDS_MAX);
    this.start = new Int32Array(buffer, START, FIELDS_MAX);
    this.end = new Int32Array(buffer, END, FIELDS_MAX);
    this.type = new Uint8Array(buffer, TYPE, FIELDS_MAX);
    this.escaped = new Uint8Array(buffer, ESCAPED, FIELDS_MAX);
    this.#view = new DataView(buffer);
    this.#layout = new Uint32Array(buffer, FOUND_LAYOUT, 1);
    this.#chunk = new Uint8Array(buffer, CHUNK, CHUNK_BYTES);
  }

  /** A buffer whose records need no copy; an ordinary one where that is taken. To be given back. */
  takeChunk(): Uint8Array {
    if (this.#chunkTaken) return new Uint8Array(CHUNK_BYTES);
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
    if (end - start > COPY_MAX) return Number.NaN;
    this.bytes.set(buffer.subarray(start, end), COPY);
    return COPY - start;
  }

  /** The number of fields of the record at `base + start`, listed with positions from `base`; -1 where it is none learned. */
  read(root: number, base: number, start: number, end: number): number {
    return this.#kernel.read(root, base, base + start, base + end);
  }

  /** The layout of the record just read. */
  get layout(): number {
    return this.#layout[0];
  }

  /** A step to hang others from. */
  root(): number {
    return this.#step(new Uint8Array(0), 0, 0);
  }

  /** The step below `from` with this text and key (0: the end of a record), made where there is none; 0 where there is no room. */
  branch(from: number, text: Uint8Array, key: number, layout: number, most: number): number {
    let branches = 0;
    for (let step = this.#get(from, FIRST); step !== 0; step = this.#get(step, NEXT), branches++) {
      if (this.#get(step, KEY_NUMBER) === key && this.#isText(step, text)) return step;
    }
    if (branches >= most) return 0;
    const step = this.#step(text, key, layout);
    if (step === 0) return 0;
    this.#set(step, NEXT, this.#get(from, FIRST));
    this.#set(from, FIRST, step);
    return step;
  }

  #step(text: Uint8Array, key: number, layout: number): number {
    const step = this.#nextStep;
    const blocks = Math.max(1, Math.ceil(text.length / 16));
    const next = step + TEXT + blocks * 16;
    if (next > STEPS_END) {
      this.#nextStep = STEPS;
      this.epoch++;
      return 0;
    }
    this.#nextStep = next;
    this.bytes.fill(0, step, next);
    this.#set(step, LENGTH, text.length);
    this.#set(step, KEY_NUMBER, key);
    this.#set(step, IS_STRING, key !== 0 && text[text.length - 1] === 0x22 ? 1 : 0);
    this.#set(step, LAYOUT, layout);
    this.bytes.fill(0xff, step + LAST_BLOCK, step + LAST_BLOCK + text.length - (blocks - 1) * 16);
    this.bytes.set(text, step + TEXT);
    return step;
  }

  #isText(step: number, text: Uint8Array): boolean {
    if (this.#get(step, LENGTH) !== text.length) return false;
    return text.every((c, i) => this.bytes[step + TEXT + i] === c);
  }

  #get(step: number, place: number): number {
    return this.#view.getUint32(step + place, true);
  }

  #set(step: number, place: number, value: number): void {
    this.#view.setUint32(step + place, value, true);
  }
}

const FIRST = 0;
const NEXT = 4;
const LENGTH = 8;
const KEY_NUMBER = 12;
const IS_STRING = 16;
const LAYOUT = 20;
const LAST_BLOCK = 32;
const TEXT = 48;

let memory: RecordMemory | undefined;

/** The memory of this thread. */
export function recordMemory(): RecordMemory {
  memory ??= new RecordMemory();
  return memory;
}
