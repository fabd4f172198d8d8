/** Files of JSON that is not a record a line: told by their head, and turned into a record a line. */
import { decodeUtf8, encodeUtf8 } from '../../../base/utf8.ts';
import type { Json } from '../../../model.ts';
import { peek } from '../pieces.ts';
import { type Around, type Cut, JsonCutter, onOneLine } from './cutter.ts';
import { isRecord, PLAIN_DOCUMENT, type Schema, schemaOf, wrappedRecords } from './expand.ts';
import { DEEPEST, isObject, type JsonObject, parseJson } from './json.ts';
import { endOfString, parsePrefix } from './prefix.ts';

export interface DocumentKind {
  /** Documents stand one a line. */
  linewise: boolean;
}

const SAMPLED_LINES = 20;

/** Whether the head is that of a JSON document of records; null for anything else, JSON Lines of records included. */
export function sniffDocument(head: Uint8Array): DocumentKind | null {
  const text = decodeUtf8(head).replace(/^[\ufeff\s]+/, '');
  const document = { linewise: false };
  if (/^\[\s*[{[]/.test(text)) return holdsRecords(parsePrefix(text)?.value) ? document : null;
  if (!/^\{\s*"/.test(text)) return null;
  const { end, isPretty } = firstValue(text);
  if (isPretty === false) return null;
  if (isPretty) return holdsRecords(parsePrefix(text)?.value) ? document : null;
  if (end < 0) return isContainer(parsePrefix(text)?.value) ? { linewise: true } : null;
  // Values one behind the other, as what is written without line ends to a stream.
  if (/^[ \t]*\{/.test(text.slice(end)) && !text.trimEnd().includes('\n')) {
    return holdsRecords(parseJson(text.slice(0, end))) ? document : null;
  }
  if (text.slice(end).trim() === '') return isContainer(parseJson(text.slice(0, end))) ? { linewise: true } : null;
  const lines = text.split(/\r?\n/, SAMPLED_LINES);
  return lines.some((line) => isSchema(line.startsWith('{') ? parseJson(line) : undefined)) ? { linewise: true } : null;
}

function isSchema(value: Json | undefined): boolean {
  return isObject(value) && schemaOf(value) !== null;
}

function isContainer(value: Json | undefined): boolean {
  return isObject(value) && (schemaOf(value) !== null || wrappedRecords(value) !== null);
}

function holdsRecords(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.some(holdsRecords);
  return isObject(value) && (isContainer(value) || isRecord(value));
}

/**
 * Where the object that the text begins with ends, or -1; and whether it is laid out over lines as printers do
 * it: a first line that just breaks off is no layout. Null for one that stands on one line.
 */
function firstValue(text: string): { end: number; isPretty: boolean | null } {
  let depth = 0;
  let isPretty: boolean | null = null;
  for (let at = 0; at < text.length; at++) {
    const c = text[at];
    if (c === '"') {
      at = endOfString(text, at) - 1;
      if (at < 0) break;
    } else if (c === '\n') isPretty ??= /[{[,]\s*$/.test(text.slice(Math.max(0, at - 20), at));
    else if (c === '{' || c === '[') depth++;
    else if ((c === '}' || c === ']') && --depth === 0) return { end: at + 1, isPretty };
  }
  return { end: -1, isPretty };
}

/** The records of a stream, one a line. `done` hears what the documents were, most of them first. */
export async function* recordLines(
  stream: AsyncIterable<Uint8Array>,
  { linewise }: DocumentKind,
  done: (schemas: string[], isCutOff: boolean) => void,
): AsyncGenerator<Uint8Array> {
  const writer = new RecordWriter();
  const cutter = new JsonCutter({ linewise });
  const { head, all } = await peek(stream, 3);
  // A byte order mark is no part of the first value.
  let skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  for await (const whole of all) {
    const piece = whole.subarray(skip);
    skip = 0;
    yield* writer.blocks(cutter.push(piece));
  }
  const before = writer.breaks;
  yield* writer.blocks(cutter.end());
  done(writer.schemas(), writer.breaks > before);
}

/** Records wait until they are so many bytes: a document may be a thousandth of its records. */
const BLOCK = 1 << 18;

class RecordWriter {
  /** Values that broke off. */
  breaks = 0;
  #records = new Map<string, number>();

  /** The lines of what was cut, some at a time. */
  *blocks(cuts: Iterable<Cut>): Generator<Uint8Array> {
    let lines: Uint8Array[] = [];
    let bytes = 0;
    for (const cut of cuts) {
      for (const line of this.#lines(cut)) {
        lines.push(line);
        bytes += line.length;
        if (bytes < BLOCK) continue;
        yield Buffer.concat(lines);
        lines = [];
        bytes = 0;
      }
    }
    if (bytes > 0) yield Buffer.concat(lines);
  }

  schemas(): string[] {
    return [...this.#records].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([name]) => name);
  }

  *#lines({ kind, bytes, around }: Cut): Generator<Uint8Array> {
    if (kind === 'broken') return yield* this.#broken(bytes, around);
    const isJson = kind === 'value' || bytes[0] === 0x7b || bytes[0] === 0x5b;
    const value = isJson ? parseJson(decodeUtf8(bytes)) : null;
    if (value === undefined && kind === 'line') yield* this.#broken(bytes, null);
    else if (value === undefined || !(yield* this.#write(value, bytes, around))) yield lineOf(bytes);
  }

  /** Of a document that breaks off, the records before the break are kept, and what is left of it as text. */
  *#broken(bytes: Uint8Array, around: Around): Generator<Uint8Array> {
    this.breaks++;
    const prefix = parsePrefix(decodeUtf8(bytes));
    const isPart = around !== null || isContainer(prefix?.value);
    if (prefix === null || !isPart || !(yield* this.#write(prefix.value, null, around))) yield lineOf(bytes);
    else if (prefix.rest !== '') yield lineOf(encodeUtf8(prefix.rest));
  }

  /** Whether the value was understood; `bytes` are its own, to be passed on where it is a record as it stands. */
  *#write(value: Json, bytes: Uint8Array | null, around: Around): Generator<Uint8Array, boolean> {
    if (Array.isArray(value) && around === null) {
      for (const element of (value as unknown[]).flat(DEEPEST) as Json[]) {
        if (!(yield* this.#write(element, null, null))) yield this.#record(PLAIN_DOCUMENT, element);
      }
      return true;
    }
    if (!isObject(value) && around === null) return false;
    const whole = around === null ? (value as JsonObject) : around(value);
    const schema = schemaOf(whole);
    if (schema) {
      for (const record of recordsOf(whole, schema)) yield this.#record(schema.name, record);
      return true;
    }
    const wrapped = around === null ? wrappedRecords(whole) : null;
    if (wrapped) for (const record of wrapped) yield this.#record(PLAIN_DOCUMENT, record);
    else if (bytes === null) yield this.#record(PLAIN_DOCUMENT, value);
    else {
      this.#count(PLAIN_DOCUMENT);
      yield lineOf(bytes);
    }
    return true;
  }

  #record(schema: string, record: Json): Uint8Array {
    this.#count(schema);
    return encodeUtf8(`${JSON.stringify(record)}\n`);
  }

  #count(schema: string): void {
    this.#records.set(schema, (this.#records.get(schema) ?? 0) + 1);
  }
}

/** A copy, with its line end. */
function lineOf(bytes: Uint8Array): Uint8Array {
  const text = onOneLine(bytes);
  const line = new Uint8Array(text.length + 1);
  line.set(text);
  line[text.length] = 0x0a;
  return line;
}

/** What a search gives back may be of a schema itself, as Jaeger keeps its spans in Elasticsearch. */
function* recordsOf(whole: JsonObject, schema: Schema): Generator<JsonObject> {
  for (const record of schema.records(whole)) {
    const inner = schema.name === 'elasticsearch' ? schemaOf(record) : null;
    if (inner) yield* inner.records(record);
    else yield record;
  }
}
