/** The fields of one record as a scanner found them: for every value the number of its key and where it stands. */

export const STRING = 1;
export const NUMBER = 2;
/** true, false or null. */
export const WORD = 3;
export const ARRAY = 4;
/** An object without members; one with members is listed member by member. */
export const EMPTY_OBJECT = 5;

/** Parallel arrays, of which the first `count` places hold; overwritten by the next record. */
export class FieldList {
  count = 0;
  key = new Int32Array(64);
  /** Of a string without its quotes. */
  start = new Int32Array(64);
  end = new Int32Array(64);
  type = new Uint8Array(64);
  /** 1 where a string holds backslash escapes. */
  escaped = new Uint8Array(64);

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
