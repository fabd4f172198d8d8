/** Numbers names from 1, by bytes or by text; 0 is no name. */
import { KeyTable } from './keyTable.ts';

export class NameTable {
  readonly #keys = new KeyTable();

  /** By number; names[0] is empty. */
  get names(): readonly string[] {
    return this.#keys.names;
  }

  intern(buffer: Uint8Array, start: number, end: number): number {
    return this.#keys.intern(buffer, start, end, 0);
  }

  internText(name: string): number {
    return this.#keys.internText(name, 0);
  }
}
