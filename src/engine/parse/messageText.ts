/** The message of a record as it is meant, in bytes: with its escapes undone, for `\"` is no part of the id behind it. */
import { decodeUtf8, encodeUtf8 } from '../../base/utf8.ts';
import type { Unquote } from './fieldScanner.ts';
import type { LineRecord } from './record.ts';

export class MessageText {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** Where in the record the next id is looked for; -1 where the message is the record's own bytes. */
  #from = -1;

  take(record: LineRecord, unquote: Unquote): void {
    this.#from = -1;
    this.bytes = record.bytes;
    this.start = record.messageStart;
    this.end = record.messageEnd;
    if (!record.messageEscaped) return;
    this.#from = this.start;
    this.bytes = encodeUtf8(unquote(record.bytes, this.start, this.end));
    this.start = 0;
    this.end = this.bytes.length;
  }

  /** Adds an id that was found in this text, at its place in the record; where it is written with escapes, at none. */
  addId(record: LineRecord, start: number, end: number, key: number): void {
    if (this.#from < 0) {
      record.addId(start, end, key);
      return;
    }
    const id = this.bytes.subarray(start, end);
    const { buffer, byteOffset } = record.bytes;
    const at = Buffer.from(buffer, byteOffset, record.messageEnd).indexOf(id, this.#from);
    if (at < 0) {
      record.addId(-1, -1, key, decodeUtf8(id));
      return;
    }
    this.#from = at + id.length;
    record.addId(at, this.#from, key);
  }
}
