/** The fields of one record as a scanner found them: for every value the number of its key and where it stands. */

export const STRING = 1;
export const NUMBER = 2;
/** true, false or null. */
export const WORD = 3;
export const ARRAY = 4;
/** An object without members; one with members is listed member by member. */
export const EMPTY_OBJECT = 5;

/** The arrays of a list. */
export interface FieldArrays {
  key: Int32Array;
  /** Of a string without its quotes. */
  start: Int32Array;
  end: Int32Array;
  type: Uint8Array;
  /** 1 where a string holds backslash escapes. */
  escaped: Uint8Array;
}

/** Parallel arrays, of which the first `count` places hold until the next record is scanned, by this scanner or another. */
export class FieldList implements FieldArrays {
  count = 0;
  key: Int32Array = new Int32Array(64);
  start: Int32Array = new Int32Array(64);
  end: Int32Array = new Int32Array(64);
  type: Uint8Array = new Uint8Array(64);
  escaped: Uint8Array = new Uint8Array(64);
  #own: FieldArrays = this.#arrays();
  #isOwn = true;

  /** Empties the list. */
  clear(): void {
    this.count = 0;
    if (!this.#isOwn) {
      this.#show(this.#own);
      this.#isOwn = true;
    }
  }

  /** Lets the list show arrays that another has filled. */
  point(arrays: FieldArrays, count: number): void {
    if (this.#isOwn) {
      this.#own = this.#arrays();
      this.#show(arrays);
      this.#isOwn = false;
    }
    this.count = count;
  }

  #arrays(): FieldArrays {
    const { key, start, end, type, escaped } = this;
    return { key, start, end, type, escaped };
  }

  #show({ key, start, end, type, escaped }: FieldArrays): void {
    this.key = key;
    this.start = start;
    this.end = end;
    this.type = type;
    this.escaped = escaped;
  }

  /** Only after `clear`, for an array that is pointed at is another's. */
  add(key: number, type: number, start: number, end: number, escaped: number): void {
    const at = this.count++;
    if (at === this.key.length) this.#grow();
    this.key[at] = key;
    this.type[at] = type;
    this.start[at] = start;
    this.end[at] = end;
    this.escaped[at] = escaped;
  }

  #grow(): void {
    for (const column of ['key', 'start', 'end'] as const) {
      const grown = new Int32Array(this[column].length * 2);
      grown.set(this[column]);
      this[column] = grown;
    }
    for (const column of ['type', 'escaped'] as const) {
      const grown = new Uint8Array(this[column].length * 2);
      grown.set(this[column]);
      this[column] = grown;
    }
  }
}
