/** What a text format writes behind its message: an object of JSON, or key=value pairs. Its ids are the record's. */
import { decodeUtf8 } from '../../base/utf8.ts';
import type { Field } from '../../model.ts';
import { NOT_AN_ID } from '../correlation/idKeys.ts';
import type { IdRank } from '../correlation/ownIdKeys.ts';
import { KEYS_OF_TAILS, NEVER_IDS } from '../kernel/memory.ts';
import { NUMBER, STRING } from './fieldList.ts';
import type { FieldScanner } from './fieldScanner.ts';
import { fieldsOf } from './fieldValues.ts';
import { JsonScanner } from './jsonScanner.ts';
import { unquote } from './jsonText.ts';
import { LogfmtScanner } from './logfmtScanner.ts';
import { unquoteLogfmt } from './logfmtText.ts';
import type { NameTable } from './nameTable.ts';
import type { LineRecord } from './record.ts';
import type { RecordMemory } from './recordMemory.ts';

const QUOTE = 0x22;

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

  /** Tells the kernel which keys of the object just read hold ids; `place` is where `bytes` begins in its memory. */
  teach(memory: RecordMemory, bytes: Uint8Array, place: number): void {
    const scanner = this.#json;
    if (scanner === null || scanner !== this.#scanner) return;
    for (let i = 0; i < scanner.count; i++) {
      const name = scanner.keys.names[scanner.key[i]];
      const end = keyEndBefore(bytes, scanner.start[i], scanner.type[i] === STRING);
      const start = end - name.length;
      // A key inside another or with escapes is written otherwise than it is called.
      if (end < 0 || bytes[start - 1] !== QUOTE || decodeUtf8(bytes, start, end) !== name) continue;
      memory.learnName(KEYS_OF_TAILS, place + start, place + end, this.#idKey(name) || NEVER_IDS);
    }
  }

  #idKey(name: string): number {
    return this.#idRank(name) <= NOT_AN_ID ? 0 : this.#idKeys.internText(name);
  }
}

/** Where the key ends whose value begins at `start`; -1 where none is found. */
function keyEndBefore(bytes: Uint8Array, start: number, quoted: boolean): number {
  let at = quoted ? start - 2 : start - 1;
  while (bytes[at] === 0x20) at--;
  if (bytes[at] !== 0x3a) return -1;
  at--;
  while (bytes[at] === 0x20) at--;
  return bytes[at] === QUOTE ? at : -1;
}
