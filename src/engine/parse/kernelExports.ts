/** What the kernel (../kernel/, WebAssembly) exports, and the arrays in its memory that rows come back in. */
import * as at from '../kernel/memory.ts';

interface Global {
  value: number;
}

export interface Kernel {
  memory: { buffer: ArrayBuffer };
  read(root: number, base: number, start: number, end: number): number;
  readPairs(root: number, base: number, start: number, end: number): number;
  take(root: number, owner: number, start: number, stop: number, end: number, offset: number, line: number): number;
  takeText(
    head: number,
    pairs: number,
    owner: number,
    start: number,
    stop: number,
    end: number,
    offset: number,
    line: number,
  ): number;
  hash(start: number, end: number): number;
  find(start: number, end: number): number;
  rows: Global;
  ids: Global;
  numbering: Global;
  pairs: Global;
  oddStart: Global;
  oddEnd: Global;
  forget(): void;
  learnName(seed: number, start: number, end: number, value: number): void;
  learnMinute(start: number, end: number, fractionEnd: number, micros: number): void;
  learnShape(low: number, high: number, number: number): void;
  forgetIds(): void;
  idNumber(start: number, end: number): number;
  addSpelling(start: number, end: number): number;
  numberSpelling(spelling: number): number;
  numbers: Global;
  spellings: Global;
}

/** Rows that the kernel gave, and their ids; overwritten by the next. */
export class Rows {
  readonly time: Float64Array;
  readonly offset: Uint32Array;
  readonly line: Uint32Array;
  readonly durationMs: Float32Array;
  readonly service: Uint16Array;
  readonly shape: Uint16Array;
  readonly layout: Uint16Array;
  readonly level: Uint8Array;
  /** As the rows hold them, where the kernel does not number them. */
  readonly idRow: Uint32Array;
  readonly idStart: Uint32Array;
  readonly idEnd: Uint32Array;
  readonly idKey: Uint32Array;
  readonly idHash: Int32Array;
  /** Their numbers, where it does. */
  readonly pairId: Uint32Array;
  readonly pairKey: Uint32Array;
  readonly idCount: Uint8Array;
  /** Of text formats; the others are made of fields. */
  readonly isText: Uint8Array;

  constructor(buffer: ArrayBuffer) {
    this.time = new Float64Array(buffer, at.ROW_TIME, at.ROWS_MAX);
    this.offset = new Uint32Array(buffer, at.ROW_OFFSET, at.ROWS_MAX);
    this.line = new Uint32Array(buffer, at.ROW_LINE, at.ROWS_MAX);
    this.durationMs = new Float32Array(buffer, at.ROW_DURATION, at.ROWS_MAX);
    this.service = new Uint16Array(buffer, at.ROW_SERVICE, at.ROWS_MAX);
    this.shape = new Uint16Array(buffer, at.ROW_SHAPE, at.ROWS_MAX);
    this.layout = new Uint16Array(buffer, at.ROW_LAYOUT, at.ROWS_MAX);
    this.level = new Uint8Array(buffer, at.ROW_LEVEL, at.ROWS_MAX);
    this.idRow = new Uint32Array(buffer, at.ID_ROW, at.IDS_MAX);
    this.idStart = new Uint32Array(buffer, at.ID_START, at.IDS_MAX);
    this.idEnd = new Uint32Array(buffer, at.ID_END, at.IDS_MAX);
    this.idKey = new Uint32Array(buffer, at.ID_KEY, at.IDS_MAX);
    this.idHash = new Int32Array(buffer, at.ID_HASH, at.IDS_MAX);
    this.pairId = new Uint32Array(buffer, at.PAIR_ID, at.IDS_MAX);
    this.pairKey = new Uint32Array(buffer, at.PAIR_KEY, at.IDS_MAX);
    this.idCount = new Uint8Array(buffer, at.ROW_IDS, at.ROWS_MAX);
    this.isText = new Uint8Array(buffer, at.ROW_IS_TEXT, at.ROWS_MAX);
  }
}
