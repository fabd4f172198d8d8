/** Reads entries back from their files and takes them apart, with the parser that indexed them. */
import { decodeUtf8 } from '../../base/utf8.ts';
import type { Entry, Id } from '../../model.ts';
import { normaliseId } from '../correlation/normalise.ts';
import type { LineParser } from '../parse/lineParser.ts';
import { splitLines } from '../parse/lines.ts';
import type { FormatSet } from '../parse/profile.ts';
import { ENTRY, type LineRecord, LOOSE } from '../parse/record.ts';
import type { ByteFile, ByteSource } from '../source.ts';
import { createFileParser, type ParseOptions } from './fileParser.ts';
import { entriesHolding } from './holding.ts';
import type { MergedLog } from './mergedLog.ts';
import { readFully } from './readFully.ts';

/** Entries nearer to each other than this are read in one go. */
const GAP = 1 << 14;
const LARGEST_READ = 1 << 22;
/** What lies between two entries may be anything, so where an entry ends is found by its lines, from so many bytes on. */
const FIRST_READ = 1 << 16;

/** The key under which the lines after an entry's first stand. */
const STACK_KEY = 'stack_trace';

/** An entry with the lines it was read from, as an editor shows them. */
export interface ReadEntry {
  entry: Entry;
  lines: string[];
}

export class EntryReader {
  readonly #log: MergedLog;
  readonly #source: ByteSource;
  readonly #root: string;
  readonly #formats: FormatSet;
  readonly #options: ParseOptions;
  readonly #parsers = new Map<number, LineParser>();

  constructor(log: MergedLog, source: ByteSource, root: string, formats: FormatSet, options: ParseOptions) {
    this.#log = log;
    this.#source = source;
    this.#root = root;
    this.#formats = formats;
    this.#options = options;
  }

  /** The parser of a file; it belongs to the reader and is overwritten by each use. */
  parser(file: number): LineParser {
    let parser = this.#parsers.get(file);
    if (!parser) {
      const { path, profile } = this.#log.indexed[file];
      parser = createFileParser(path, profile, this.#formats, this.#options);
      this.#parsers.set(file, parser);
    }
    return parser;
  }

  async read(entries: ArrayLike<number>): Promise<Entry[]> {
    return (await this.readLines(entries)).map(({ entry }) => entry);
  }

  /** In the order asked. An entry whose file can no longer be read comes back without text. */
  async readLines(entries: ArrayLike<number>): Promise<ReadEntry[]> {
    const found: ReadEntry[] = new Array(entries.length);
    const { file, indexed } = this.#log;
    // Entry numbers run by file, then by place: asked for in that order, reads go forward and join up.
    const places = Uint32Array.from({ length: entries.length }, (_, i) => i).sort((a, b) => entries[a] - entries[b]);
    for (let at = 0; at < places.length; ) {
      const f = file[entries[places[at]]];
      const handle = await this.#source.open(this.#source.resolve(this.#root, indexed[f].path)).catch(() => null);
      try {
        while (at < places.length && file[entries[places[at]]] === f) {
          const end = this.#joined(places, entries, at, f);
          const { from } = this.#log.rangeOf(entries[places[at]]);
          const last = this.#log.rangeOf(entries[places[end - 1]]);
          const bytes = await readFully(handle, from, Math.min(last.to, last.from + FIRST_READ) - from);
          for (; at < end; at++) found[places[at]] = await this.#entry(entries[places[at]], f, handle, from, bytes);
        }
      } finally {
        await handle?.close();
      }
    }
    return found;
  }

  /** In the order asked, those whose bytes may hold one of the words. */
  holding(entries: ArrayLike<number>, words: readonly string[]): Promise<number[]> {
    return entriesHolding(this.#log, this.#source, this.#root, entries, words);
  }

  /** How far the entries from `at` on stand close enough together to be read at once. */
  #joined(places: Uint32Array, entries: ArrayLike<number>, at: number, f: number): number {
    const { file } = this.#log;
    const first = this.#log.rangeOf(entries[places[at]]);
    let reach = first.to;
    let end = at + 1;
    for (; end < places.length && file[entries[places[end]]] === f; end++) {
      const next = this.#log.rangeOf(entries[places[end]]);
      if (next.from - reach > GAP || next.from + FIRST_READ - first.from > LARGEST_READ) break;
      reach = next.to;
    }
    return end;
  }

  /** `bytes` stand at `from` in the file; what an entry has beyond them is read. */
  async #entry(entry: number, f: number, handle: ByteFile | null, from: number, bytes: Uint8Array): Promise<ReadEntry> {
    const range = this.#log.rangeOf(entry);
    const { line, endLine } = this.#log.row(entry);
    const lines = endLine - line + 1;
    let part = bytes.subarray(range.from - from, range.to - from);
    for (;;) {
      const whole = part.length >= range.to - range.from;
      const end = endOfLines(part, lines, whole);
      if (end >= 0) return this.#decode(entry, f, part.subarray(0, end));
      const more = await readFully(handle, range.from, Math.min(range.to - range.from, part.length * 4));
      // The file has lost what it had: what is left of the entry is shown.
      if (more.length <= part.length) return this.#decode(entry, f, part);
      part = more;
    }
  }

  #decode(entry: number, file: number, bytes: Uint8Array): ReadEntry {
    const row = this.#log.row(entry);
    const result: Entry = { ...row, message: '', ids: [], fields: [] };
    const lines: string[] = [];
    const stack: string[] = [];
    const parser = this.parser(file);
    parser.reset();
    let started = false;
    splitLines(bytes, bytes.length, true, 0, {
      line(buffer, start, end) {
        lines.push(decodeUtf8(buffer, start, end));
        const record = parser.parse(buffer, start, end);
        if (started) stack.push(text(record.bytes, record.start, record.end));
        else if (record.kind === ENTRY || record.kind === LOOSE) {
          started = true;
          result.message = parser.message();
          result.ids = idsOf(parser, record);
          result.fields = parser.fields();
        }
      },
    });
    if (stack.some((line) => line.trim() !== '')) result.fields.push({ key: STACK_KEY, value: stack.join('\n') });
    return { entry: result, lines };
  }
}

/** Where the first lines of some bytes end; -1 where that cannot be told before more is read. */
function endOfLines(bytes: Uint8Array, lines: number, whole: boolean): number {
  let left = lines;
  let end = -1;
  splitLines(bytes, bytes.length, whole, 0, {
    line(_, __, lineEnd) {
      if (--left === 0) end = lineEnd;
    },
  });
  return whole && end < 0 ? bytes.length : end;
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return decodeUtf8(bytes, start, end);
}

/** The ids of a record, the leading one first. */
export function idsOf(parser: LineParser, record: LineRecord): Id[] {
  const ids: Id[] = [];
  const byRank = Array.from({ length: record.idCount }, (_, i) => i);
  byRank.sort((a, b) => parser.textIds.rankOf(record.idKey[b]) - parser.textIds.rankOf(record.idKey[a]));
  for (const i of byRank) {
    const value = record.idText[i] ?? text(record.bytes, record.idStart[i], record.idEnd[i]);
    const key = parser.idKeys.names[record.idKey[i]];
    const normalised = normaliseId(value, key);
    if (normalised === null || ids.some((id) => id.normalised === normalised && id.key === key)) continue;
    ids.push({ key, value, normalised });
  }
  return ids;
}
