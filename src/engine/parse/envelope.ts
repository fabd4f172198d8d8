/** Takes off what a collector wrote around a record. */
import { decodeUtf8 } from '../../base/utf8.ts';
import { levelAt } from '../formats/levels.ts';
import type { EnvelopeFormat } from '../formats/spec.ts';
import { TimestampReader } from '../formats/timestamp.ts';
import { NO_LEVEL } from '../index/log.ts';
import { STRING } from './fieldList.ts';
import { JsonScanner } from './jsonScanner.ts';

/** How much of a line a prefix may take; what comes later is the record's. */
const PREFIX_LIMIT = 300;

/** Docker splits at 16 KiB; half of that leaves room for bytes that were replaced on the way. */
const PIECE_BYTES = 1 << 13;
const STREAM_KEY = 'stream';

export interface Peeler {
  /** Whether the line wears the envelope; the fields below then tell of it. */
  peel(buffer: Uint8Array, start: number, end: number): boolean;
  bytes: Uint8Array;
  start: number;
  end: number;
  /** The service the envelope names; null where it names none. */
  service: string | null;
  /** UTC microseconds; NaN where the envelope tells no time. */
  time: number;
  /** The record goes on in the next line of its stream. */
  partial: boolean;
  /** The stream the record was written to; null where the envelope tells none. */
  stream: string | null;
}

export function createPeeler(format: EnvelopeFormat): Peeler {
  if (format.json) return new JsonPeeler(format.json.record, format.json.time);
  return new PrefixPeeler(format.prefix ?? '');
}

class PrefixPeeler implements Peeler {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  service: string | null = null;
  time = Number.NaN;
  readonly partial = false;
  readonly stream = null;
  readonly #pattern: RegExp;
  readonly #read = new TimestampReader();
  /** Pods are few and lines are many. */
  readonly #services = new Map<string, string>();

  constructor(prefix: string) {
    this.#pattern = new RegExp(prefix);
  }

  peel(buffer: Uint8Array, start: number, end: number): boolean {
    const match = this.#pattern.exec(latin1(buffer, start, Math.min(end, start + PREFIX_LIMIT)));
    if (!match) return false;
    const { pod, service, time } = match.groups ?? {};
    // `INFO | started` is no container's line.
    if (pod !== undefined && levelAt(buffer, start, start + pod.length) !== NO_LEVEL) return false;
    this.bytes = buffer;
    this.start = start + match[0].length;
    this.end = end;
    this.service = service ?? (pod === undefined ? null : this.#serviceOf(pod));
    this.time = Number.NaN;
    if (time !== undefined && this.#read.read(buffer, start + match[0].lastIndexOf(time), end))
      this.time = this.#read.micros;
    return true;
  }

  #serviceOf(pod: string): string {
    let service = this.#services.get(pod);
    if (service === undefined) {
      service = serviceOfPod(pod);
      this.#services.set(pod, service);
    }
    return service;
  }
}

class JsonPeeler implements Peeler {
  bytes: Uint8Array = new Uint8Array(1 << 12);
  readonly start = 0;
  end = 0;
  readonly service = null;
  time = Number.NaN;
  partial = false;
  stream: string | null = null;
  readonly #recordKey: string;
  readonly #timeKey: string;
  readonly #scanner = new JsonScanner();
  readonly #read = new TimestampReader();

  constructor(recordKey: string, timeKey: string) {
    this.#recordKey = recordKey;
    this.#timeKey = timeKey;
  }

  peel(buffer: Uint8Array, start: number, end: number): boolean {
    const scanner = this.#scanner;
    if (buffer[start] !== 0x7b || !scanner.scan(buffer, start, end)) return false;
    let record = -1;
    this.time = Number.NaN;
    this.stream = null;
    for (let i = 0; i < scanner.count; i++) {
      if (scanner.type[i] !== STRING) continue;
      const key = scanner.keys.names[scanner.key[i]];
      if (key === this.#recordKey) record = i;
      else if (key === STREAM_KEY) this.stream = decodeUtf8(buffer, scanner.start[i], scanner.end[i]);
      else if (key === this.#timeKey && this.#read.read(buffer, scanner.start[i], scanner.end[i]))
        this.time = this.#read.micros;
    }
    // A record of the application itself may well have a key of that name, but not just the collector's keys.
    if (record < 0 || Number.isNaN(this.time) || scanner.count > 5) return false;
    if (this.bytes.length < end - start) this.bytes = new Uint8Array((end - start) * 2);
    this.end = unescapeJson(buffer, scanner.start[record], scanner.end[record], this.bytes);
    // What a process wrote last may lack its line end; only a full buffer is a piece.
    this.partial = this.end >= PIECE_BYTES && this.bytes[this.end - 1] !== 0x0a;
    while (this.end > 0 && (this.bytes[this.end - 1] === 0x0a || this.bytes[this.end - 1] === 0x0d)) this.end--;
    return true;
  }
}

/** `stock-6bb8fcd48d-rfljt` (deployment), `queue-0` (stateful set), `stock-1` and `shop_worker_1` (compose). */
function serviceOfPod(pod: string): string {
  return pod.replace(/-[0-9a-f]{6,10}-[0-9a-z]{5}$|[-_]\d+$/, '');
}

export function latin1(buffer: Uint8Array, start: number, end: number): string {
  return Buffer.from(buffer.buffer, buffer.byteOffset + start, Math.max(0, end - start)).toString('latin1');
}

const ESCAPES: Record<number, number> = { 98: 0x08, 102: 0x0c, 110: 0x0a, 114: 0x0d, 116: 0x09 };

/** Writes the bytes of a JSON string (given without quotes, known to be valid) to `target`; their number. */
function unescapeJson(buffer: Uint8Array, start: number, end: number, target: Uint8Array): number {
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
