/** Ids that stand in messages: each under the word before it, as its key would be called in a record made of fields. */
import { decodeUtf8 } from '../../base/utf8.ts';
import { isDatadogKey, normaliseId } from '../correlation/normalise.ts';
import { type IdRank, NEVER_AN_ID } from '../correlation/ownIdKeys.ts';
import { KEYS_OF_IDS, KEYS_OF_OTHERS, NEVER_IDS } from '../kernel/memory.ts';
import type { ShapeScanner } from '../templates/shape.ts';
import type { Unquote } from './fieldScanner.ts';
import { MessageText } from './messageText.ts';
import type { NameTable } from './nameTable.ts';
import type { LineRecord } from './record.ts';
import type { RecordMemory } from './recordMemory.ts';

/** Its value is `Root=1-…`, so that a word of its own stands before the id. */
const XRAY_HEADER = 'X-Amzn-Trace-Id';
/** A word that is no name of an id: it is one, or ends in a number as threads do. */
const NO_KEY = /-\d+$|^(?:[a-z]+-)?[0-9a-f]{8}-[0-9a-f]{4}-|^(?=\D*\d)[0-9a-f]{16,}$/i;

export class TextIds {
  /** The hash of the shape of the message last read. */
  shape = 0;
  readonly #shape: ShapeScanner;
  readonly #idKeys: NameTable;
  readonly #idRank: IdRank;
  readonly #message = new MessageText();
  /** By number of an id key. */
  readonly #ranks: number[] = [];
  readonly #isDatadog: boolean[] = [];

  constructor(shape: ShapeScanner, idKeys: NameTable, idRank: IdRank) {
    this.#shape = shape;
    this.#idKeys = idKeys;
    this.#idRank = idRank;
  }

  /** The rank of an id key by its number. */
  rankOf(idKey: number): number {
    this.#ranks[idKey] ??= this.#idRank(this.#idKeys.names[idKey]);
    return this.#ranks[idKey];
  }

  /** The shape of the message last read, for people; of a long one, that of its first bytes. */
  shapeText(mostBytes: number): string {
    const { bytes, start, end } = this.#message;
    return this.#shape.text(bytes, start, Math.min(end, start + mostBytes));
  }

  /** Adds the ids that stand in the message of a record, unless that already gave them under a key. */
  find(record: LineRecord, unquote: Unquote): void {
    if (record.messageStart < 0) return;
    const shape = this.#shape;
    const message = this.#message;
    message.take(record, unquote);
    this.shape = shape.hash(message.bytes, message.start, message.end);
    for (let i = 0; i < shape.idCount; i++) {
      const key = this.#textKey(message.bytes, shape.idKeyStart[i], shape.idKeyEnd[i]);
      if (this.rankOf(key) === NEVER_AN_ID) continue;
      message.addId(record, shape.idStart[i], shape.idEnd[i], key);
      if (!this.#isDatadog[key]) continue;
      const text = decodeUtf8(message.bytes, shape.idStart[i], shape.idEnd[i]);
      record.compareAs(normaliseId(text, this.#idKeys.names[key]));
    }
  }

  /** The number of the key before an id in text, as it would be called in a record made of fields. */
  #textKey(bytes: Uint8Array, start: number, end: number): number {
    if (end <= start) return this.#idKeys.internText('id');
    const isDatadog = bytes[start - 1] === 0x2e && bytes[start - 2] === 0x64 && bytes[start - 3] === 0x64;
    const key = this.#idKeys.intern(bytes, isDatadog ? start - 3 : start, end);
    this.#isDatadog[key] ??= isDatadogKey(this.#idKeys.names[key]);
    // What stands before an id in a list may be an id itself, or a thread with its number.
    if (NO_KEY.test(this.#idKeys.names[key])) return this.#idKeys.internText('id');
    return this.#idKeys.names[key] === 'Root' ? this.#idKeys.internText(XRAY_HEADER) : key;
  }

  /** Tells the kernel which words in the record's message are ids, where that stands in its memory. */
  teach(memory: RecordMemory, record: LineRecord): void {
    const shape = this.#shape;
    const place = memory.placeOf(record.bytes);
    if (place < 0 || record.messageStart < 0 || record.messageEscaped) return;
    const count = memory.find(place + record.messageStart, place + record.messageEnd);
    for (let i = 0; i < count; i++) {
      const { start, keyStart, keyEnd, keyed } = memory.foundAt(i);
      let id = 0;
      while (id < shape.idCount && place + shape.idStart[id] !== start) id++;
      let value = NEVER_IDS;
      if (id < shape.idCount) {
        const key = this.#textKey(record.bytes, shape.idKeyStart[id], shape.idKeyEnd[id]);
        if (this.#isDatadog[key]) continue;
        if (this.rankOf(key) !== NEVER_AN_ID) value = key;
      } else if (!keyed) continue;
      memory.learnName(keyed ? KEYS_OF_OTHERS : KEYS_OF_IDS, keyStart, keyEnd, value);
    }
  }
}
