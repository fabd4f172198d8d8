/** What takes an envelope off a record. */
import type { IdRank } from '../correlation/ownIdKeys.ts';
import type { FieldFormat } from '../formats/spec.ts';
import type { Clock } from './clock.ts';
import type { NameTable } from './nameTable.ts';
import type { LineRecord } from './record.ts';

export interface Peeler {
  readonly name: string;
  /** Takes the envelope off the record, where it wears it; the fields below then tell of it. Ids go to the record. */
  peel(record: LineRecord, outerTime: number): boolean;
  /** Number of the service the envelope names; 0 where it names none. */
  readonly service: number;
  /** UTC microseconds; NaN where the envelope tells no time. */
  readonly time: number;
  /** Index in LEVELS, or NO_LEVEL. */
  readonly level: number;
  /** The record goes on in the next line of its stream. */
  readonly partial: boolean;
  /** The stream the record was written to, and whose; empty where the envelope tells none. */
  stream(): string;
  /** A number for that stream; 0 where the envelope tells none. */
  streamNumber(): number;
}

/** The formats of records made of fields. */
export interface FieldFormats {
  readonly json: readonly FieldFormat[];
  readonly logfmt: readonly FieldFormat[];
}

/** Streams are few, and their names short. */
export function numberOfStream(bytes: Uint8Array, start: number, end: number): number {
  let number = 7;
  for (let at = start; at < end; at++) number = (Math.imul(number, 31) + bytes[at]) | 0;
  return number;
}

export interface PeelerTools {
  formats: FieldFormats;
  clock: Clock;
  services: NameTable;
  idKeys: NameTable;
  idRank: IdRank;
}
