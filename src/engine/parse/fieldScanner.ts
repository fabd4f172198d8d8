/** What a scanner of records made of fields gives, whatever they are written in. */
import type { FieldList } from './fieldList.ts';
import type { KeyTable } from './keyTable.ts';

export interface FieldScanner extends FieldList {
  readonly keys: KeyTable;
  /** Equal for records with the same keys in the same order; of the record just scanned. */
  layout: number;
  /** Lists the fields of buffer[start, end); false where that is no such record. */
  scan(buffer: Uint8Array, start: number, end: number): boolean;
}

/** The text of a string with escapes, given without its quotes. */
export type Unquote = (buffer: Uint8Array, start: number, end: number) => string;
