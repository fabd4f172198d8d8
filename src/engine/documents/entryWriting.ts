/** Reads entries back for a document that shows them, and has them written. What lines look like is not the engine's. */

import type { EntryBatch, LineLayout, LinePart, ShownLine, WrittenEntries } from '../../documents.ts';
import type { Entry, JoinedVia, Micros } from '../../model.ts';
import type { ReadEntry } from '../index/reader.ts';
import type { OpenLog } from '../openLog.ts';

/** Makes the lines of an entry. */
export interface EntryWriter {
  entryLines(
    entry: Entry,
    source: readonly string[],
    context: { layout: LineLayout; previous: Micros | null; via: JoinedVia | null },
  ): { text: string; parts: LinePart[]; offset: number }[];
  /** Whether a line that a document shows is one that was written. */
  isSameLine(written: string, shown: string, layout: LineLayout): boolean;
}

/** Entries read at once: what has been read beyond the size that is asked for is thrown away. */
const READ = 256;

export async function writeEntries(
  { log, reader, generation }: OpenLog,
  writer: EntryWriter,
  batch: EntryBatch,
): Promise<WrittenEntries | null> {
  if (batch.generation !== generation) return null;
  const { entries, layout } = batch;
  const vias = new Map(batch.inferred.map(({ entry, via }) => [entry, via]));
  const chunks: { text: string; file: number; lines: number[] }[] = [];
  let hasStyles = false;
  let size = 0;
  for (let done = 0; done < entries.length && size < batch.most; done += READ) {
    const [from, to] =
      batch.end === 'first'
        ? [done, Math.min(entries.length, done + READ)]
        : [Math.max(0, entries.length - done - READ), entries.length - done];
    const read = await reader.readLines(entries.subarray(from, to));
    const places = Array.from(read.keys(), (i) => from + i);
    for (const at of batch.end === 'first' ? places : places.reverse()) {
      if (size >= batch.most) break;
      const { entry, lines } = read[at - from];
      const above = at > 0 ? entries[at - 1] : batch.before;
      const previous = above === null || Number.isNaN(log.time[above]) ? null : log.time[above];
      const written = writer.entryLines(entry, lines, { layout, previous, via: vias.get(entry.entry) ?? null });
      const text = written.map((line) => `${line.text}\n`).join('');
      chunks.push({ text, file: log.file[entry.entry], lines: written.map(({ offset }) => entry.line + offset) });
      hasStyles ||= written.some(({ parts }) => parts.some(({ role }) => role === 'style'));
      size += text.length;
    }
  }
  if (batch.end === 'last') chunks.reverse();
  const files = [...new Set(chunks.map(({ file }) => file))];
  return {
    text: chunks.map(({ text }) => text).join(''),
    entries: chunks.length,
    files: files.map((file) => log.files[file].path),
    file: Uint16Array.from(chunks.flatMap(({ file, lines }) => lines.map(() => files.indexOf(file)))),
    line: Uint32Array.from(chunks.flatMap(({ lines }) => lines)),
    hasStyles,
  };
}

/** Writes the entries again, for documents keep nothing but their text. */
export async function lineParts(
  { log, reader }: OpenLog,
  writer: EntryWriter,
  layout: LineLayout,
  lines: readonly ShownLine[],
): Promise<LinePart[][]> {
  const numbers = new Map(log.files.map(({ path }, number) => [path, number]));
  const entries = lines.map(({ file, line }) => {
    const number = numbers.get(file);
    return number === undefined ? -1 : log.entryAt(number, line);
  });
  const wanted = [...new Set(entries.filter((entry) => entry >= 0))];
  const read = new Map<number, ReadEntry>();
  for (const each of await reader.readLines(wanted)) read.set(each.entry.entry, each);
  const written = new Map<number, ReturnType<EntryWriter['entryLines']>>();
  for (const [number, { entry, lines: source }] of read) {
    written.set(number, writer.entryLines(entry, source, { layout, previous: null, via: null }));
  }
  return lines.map(({ text }, i) => {
    const found = written.get(entries[i])?.find((line) => writer.isSameLine(line.text, text, layout));
    return found?.parts ?? [];
  });
}
