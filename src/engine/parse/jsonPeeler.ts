/** Takes a record out of the JSON object that a collector put it into. */
import { decodeUtf8 } from '../../base/utf8.ts';
import { TimestampReader } from '../formats/timestamp.ts';
import { NO_LEVEL } from '../index/log.ts';
import { STRING } from './fieldList.ts';
import { JsonScanner } from './jsonScanner.ts';
import { numberOfStream, type Peeler } from './peeler.ts';
import type { LineRecord } from './record.ts';

/** Docker splits at 16 KiB; half of that leaves room for bytes that were replaced on the way. */
const PIECE_BYTES = 1 << 13;
const STREAM_KEY = 'stream';

export class JsonPeeler implements Peeler {
  readonly name: string;
  readonly service = 0;
  readonly level = NO_LEVEL;
  time = Number.NaN;
  partial = false;
  #bytes: Uint8Array = new Uint8Array(0);
  #line: Uint8Array = new Uint8Array(0);
  #streamAt = -1;
  readonly #recordKey: string;
  readonly #timeKey: string;
  /** Made at the first object: most files have none. */
  #scanner: JsonScanner | null = null;
  readonly #read = new TimestampReader();

  constructor(name: string, recordKey: string, timeKey: string) {
    this.name = name;
    this.#recordKey = recordKey;
    this.#timeKey = timeKey;
  }

  peel(record: LineRecord): boolean {
    const { bytes, start, end } = record;
    if (bytes[start] !== 0x7b) return false;
    this.#scanner ??= new JsonScanner();
    const scanner = this.#scanner;
    if (!scanner.scan(bytes, start, end)) return false;
    let inner = -1;
    this.time = Number.NaN;
    this.#line = bytes;
    this.#streamAt = -1;
    for (let i = 0; i < scanner.count; i++) {
      if (scanner.type[i] !== STRING) continue;
      const key = scanner.keys.names[scanner.key[i]];
      if (key === this.#recordKey) inner = i;
      else if (key === STREAM_KEY) this.#streamAt = i;
      else if (key === this.#timeKey && this.#read.read(bytes, scanner.start[i], scanner.end[i]))
        this.time = this.#read.micros;
    }
    // A record of the application itself may well have a key of that name, but not just the collector's keys.
    if (inner < 0 || Number.isNaN(this.time) || scanner.count > 5) return false;
    if (this.#bytes.length < end - start) this.#bytes = new Uint8Array((end - start) * 2);
    const target = this.#bytes;
    let length = unescapeJson(bytes, scanner.start[inner], scanner.end[inner], target);
    // What a process wrote last may lack its line end; only a full buffer is a piece.
    this.partial = length >= PIECE_BYTES && target[length - 1] !== 0x0a;
    while (length > 0 && (target[length - 1] === 0x0a || target[length - 1] === 0x0d)) length--;
    record.moveTo(target, 0, length);
    return true;
  }

  streamNumber(): number {
    const scanner = this.#scanner;
    if (scanner === null || this.#streamAt < 0) return 0;
    return numberOfStream(this.#line, scanner.start[this.#streamAt], scanner.end[this.#streamAt]);
  }

  stream(): string {
    const scanner = this.#scanner;
    if (scanner === null || this.#streamAt < 0) return '';
    return decodeUtf8(this.#line, scanner.start[this.#streamAt], scanner.end[this.#streamAt]);
  }
}

const ESCAPES: Record<number, number> = { 98: 0x08, 102: 0x0c, 110: 0x0a, 114: 0x0d, 116: 0x09 };

/** Writes the bytes of a JSON string (given without quotes, known to be valid) to `target`; their number. */
export function unescapeJson(buffer: Uint8Array, start: number, end: number, target: Uint8Array): number {
  let out = 0;
  for (let at = start; at < end; at++) {
    if (buffer[at] !== 0x5c) {
      target[out++] = buffer[at];
      continue;
    }
    const code = buffer[++at];
    if (code !== 0x75) {
      target[out++] = ESCAPES[code] ?? code;
      continue;
    }
    let point = hex(buffer, at + 1);
    at += 4;
    if (point >= 0xd800 && point < 0xdc00 && buffer[at + 1] === 0x5c && buffer[at + 2] === 0x75) {
      const low = hex(buffer, at + 3);
      if (low >= 0xdc00 && low < 0xe000) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        at += 6;
      }
    }
    // Half a surrogate pair has no UTF-8 form: it is shown as the replacement character.
    out = utf8(point >= 0xd800 && point < 0xe000 ? 0xfffd : point, target, out);
  }
  return out;
}

function hex(buffer: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 4; i++) {
    const c = buffer[i];
    value = value * 16 + (c <= 0x39 ? c - 0x30 : (c | 0x20) - 0x57);
  }
  return value;
}

function utf8(code: number, target: Uint8Array, at: number): number {
  if (code < 0x80) target[at++] = code;
  else if (code < 0x800) {
    target[at++] = 0xc0 | (code >> 6);
    target[at++] = 0x80 | (code & 0x3f);
  } else if (code < 0x10000) {
    target[at++] = 0xe0 | (code >> 12);
    target[at++] = 0x80 | ((code >> 6) & 0x3f);
    target[at++] = 0x80 | (code & 0x3f);
  } else {
    target[at++] = 0xf0 | (code >> 18);
    target[at++] = 0x80 | ((code >> 12) & 0x3f);
    target[at++] = 0x80 | ((code >> 6) & 0x3f);
    target[at++] = 0x80 | (code & 0x3f);
  }
  return at;
}
