/**
 * The times that patterns meet in a line. Many patterns ask for one at the same place: it is read once, and
 * whoever matched takes it from here.
 */
import { TimestampReader } from '../formats/timestamp.ts';
import type { TimeAtom } from './pattern/matcher.ts';

export class LineTime implements TimeAtom {
  readonly reader = new TimestampReader();
  #bytes: Uint8Array | null = null;
  #at = -1;
  #end = -1;

  /** To be called for each line: what was read is of the one before. */
  forget(): void {
    this.#at = -1;
  }

  matchAt(bytes: Uint8Array, at: number, limit: number): number {
    if (at === this.#at && bytes === this.#bytes) return this.#end;
    this.#bytes = bytes;
    this.#at = at;
    this.#end = this.reader.read(bytes, at, limit) ? this.reader.end : -1;
    return this.#end;
  }

  /** Has the time that a group found in the reader again; false where the group holds none. */
  readGroup(bytes: Uint8Array, start: number, end: number): boolean {
    if (start === this.#at && bytes === this.#bytes && end === this.#end) return true;
    this.#at = -1;
    return this.reader.read(bytes, start, end);
  }
}
