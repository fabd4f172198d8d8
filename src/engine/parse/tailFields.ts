/** What a text format writes behind its message: an object of JSON, or key=value pairs. Its ids are the record's. */
import type { Field } from '../../model.ts';
import { idKeyRank, NOT_AN_ID } from '../correlation/idKeys.ts';
import { NUMBER } from './fieldList.ts';
import type { FieldScanner } from './fieldScanner.ts';
import { fieldsOf } from './fieldValues.ts';
import { JsonScanner } from './jsonScanner.ts';
import { unquote } from './jsonText.ts';
import { LogfmtScanner } from './logfmtScanner.ts';
import { unquoteLogfmt } from './logfmtText.ts';
import type { NameTable } from './nameTable.ts';
import type { LineRecord } from './record.ts';

export class TailFields {
  readonly #json = new JsonScanner();
  readonly #logfmt = new LogfmtScanner();
  #scanner: FieldScanner = this.#json;
  readonly #idKeys: NameTable;
  /** By number of a key, for each scanner: the number of the id key, 0 where it is none. */
  readonly #jsonIds: number[] = [];
  readonly #logfmtIds: number[] = [];

  constructor(idKeys: NameTable) {
    this.#idKeys = idKeys;
  }

  /** The fields of the tail just read. */
  fields(bytes: Uint8Array): Field[] {
    return fieldsOf(this.#scanner, this.#scanner === this.#json ? unquote : unquoteLogfmt, bytes);
  }

  read(record: LineRecord, start: number, end: number): void {
    const { bytes } = record;
    let from = start;
    while (from < end && bytes[from] === 0x20) from++;
    const isJson = bytes[from] === 0x7b;
    const scanner: FieldScanner = isJson ? this.#json : this.#logfmt;
    this.#scanner = scanner;
    if (!scanner.scan(bytes, from, end)) {
      scanner.count = 0;
      return;
    }
    const ids = isJson ? this.#jsonIds : this.#logfmtIds;
    for (let i = 0; i < scanner.count; i++) {
      if (scanner.type[i] > NUMBER || scanner.end[i] === scanner.start[i]) continue;
      const key = scanner.key[i];
      ids[key] ??= this.#idKey(scanner.keys.names[key]);
      if (ids[key] !== 0) record.addId(scanner.start[i], scanner.end[i], ids[key]);
    }
  }

  #idKey(name: string): number {
    return idKeyRank(name) === NOT_AN_ID ? 0 : this.#idKeys.internText(name);
  }
}
