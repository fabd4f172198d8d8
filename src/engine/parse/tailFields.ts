/** What a text format writes behind its message: an object of JSON, or key=value pairs. Its ids are the record's. */
import type { Field } from '../../model.ts';
import { NOT_AN_ID } from '../correlation/idKeys.ts';
import type { IdRank } from '../correlation/ownIdKeys.ts';
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
  // Made when first needed: there are many patterns, and few lines with a tail.
  #json: JsonScanner | null = null;
  #logfmt: LogfmtScanner | null = null;
  #scanner: FieldScanner | null = null;
  readonly #idKeys: NameTable;
  readonly #idRank: IdRank;
  /** By number of a key, for each scanner: the number of the id key, 0 where it is none. */
  readonly #jsonIds: number[] = [];
  readonly #logfmtIds: number[] = [];

  constructor(idKeys: NameTable, idRank: IdRank) {
    this.#idKeys = idKeys;
    this.#idRank = idRank;
  }

  /** The fields of the tail just read. */
  fields(bytes: Uint8Array): Field[] {
    if (this.#scanner === null) return [];
    return fieldsOf(this.#scanner, this.#scanner === this.#json ? unquote : unquoteLogfmt, bytes);
  }

  read(record: LineRecord, start: number, end: number): void {
    const { bytes } = record;
    let from = start;
    while (from < end && bytes[from] === 0x20) from++;
    const isJson = bytes[from] === 0x7b;
    if (isJson) this.#json ??= new JsonScanner();
    else this.#logfmt ??= new LogfmtScanner();
    const scanner: FieldScanner | null = isJson ? this.#json : this.#logfmt;
    if (scanner === null) return;
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
    return this.#idRank(name) <= NOT_AN_ID ? 0 : this.#idKeys.internText(name);
  }
}
