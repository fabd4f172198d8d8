/** One open log: its files indexed and merged, re-read where they changed. */

import type { SkippedFile } from '../model.ts';
import type { LogRequest, LogSummary, Progress } from '../protocol.ts';
import { HEAD_BYTES, listFiles, NO_LOG, rejectHead } from './fileSelection.ts';
import { type FileIndex, FileIndexer, type ParseOptions } from './index/fileIndex.ts';
import { type Log, NO_SERVICE } from './index/log.ts';
import { type MergedLog, mergeLog } from './index/mergeLog.ts';
import { EntryReader } from './index/reader.ts';
import { readLines } from './parse/lines.ts';
import { type FormatSet, inferProfile } from './parse/profile.ts';
import type { ByteFile, ByteSource } from './source.ts';

/** More files than a column can number: an index of them would be wrong. */
const MAX_FILES = 0xffff;
const PROFILE_BYTES = 1 << 18;

export interface OpenLog {
  request: LogRequest;
  generation: number;
  log: Log & MergedLog;
  reader: EntryReader;
  summary: LogSummary;
}

export interface OpenLogTools {
  source: ByteSource;
  formats: FormatSet;
  progress(progress: Progress): void;
  /** Aborted when the log is closed or opened anew meanwhile. */
  signal: AbortSignal;
}

/**
 * Indexes the files of a request. Files of `previous` that are not among `changed` (absolute paths) are
 * taken over; without `changed` all is read again. A file that cannot be read is skipped with the reason.
 */
export async function openLog(
  request: LogRequest,
  tools: OpenLogTools,
  previous?: OpenLog,
  changed?: readonly string[],
): Promise<OpenLog> {
  const { source } = tools;
  const options: ParseOptions = { zone: request.zone || 'UTC', year: request.year ?? null };
  const selection = { include: request.include ?? [], exclude: request.exclude ?? [] };
  const { files, skipped } = await listFiles(source, request.root, request.paths ?? [request.root], selection);
  const kept = new Map<string, FileIndex>();
  if (previous && changed) {
    const stale = new Set(changed.map((path) => source.relative(request.root, path)));
    for (const index of previous.log.indexes) if (!stale.has(index.path)) kept.set(index.path, index);
  }
  const indexes: FileIndex[] = [];
  const totalBytes = files.reduce((sum, file) => sum + file.bytes, 0);
  let doneBytes = 0;
  for (const file of files) {
    tools.signal.throwIfAborted();
    const before = doneBytes;
    const known = kept.get(file.relative);
    if (indexes.length === MAX_FILES) skipped.push({ path: file.relative, reason: `more than ${MAX_FILES} files` });
    else if (known && known.bytes === file.bytes) indexes.push(known);
    else {
      const index = await indexFile(file.path, file.relative, file.named, options, tools, (bytes) => {
        tools.progress({ doneBytes: before + bytes, totalBytes, file: file.relative });
      });
      if (typeof index === 'string') skipped.push({ path: file.relative, reason: index });
      else indexes.push(index);
    }
    doneBytes = before + file.bytes;
    tools.progress({ doneBytes, totalBytes, file: file.relative });
  }
  skipped.sort((a, b) => (a.path < b.path ? -1 : 1));
  return assemble(request, tools, options, indexes, skipped, (previous?.generation ?? 0) + 1);
}

function assemble(
  request: LogRequest,
  { source, formats }: OpenLogTools,
  options: ParseOptions,
  indexes: FileIndex[],
  skipped: SkippedFile[],
  generation: number,
): OpenLog {
  const merged = mergeLog(indexes, skipped);
  const reader = new EntryReader(merged, source, request.root, formats, options);
  const log = { ...merged, read: (entries: ArrayLike<number>) => reader.read(entries) };
  let from: number | null = null;
  let to: number | null = null;
  for (const file of merged.files) {
    if (file.from !== null && (from === null || file.from < from)) from = file.from;
    if (file.to !== null && (to === null || file.to > to)) to = file.to;
  }
  const summary: LogSummary = {
    root: request.root,
    generation,
    files: indexes.length,
    entries: merged.count,
    bytes: indexes.reduce((sum, index) => sum + index.bytes, 0),
    unrecognisedLines: merged.files.reduce((sum, file) => sum + file.unrecognisedLines, 0),
    services: new Set(merged.service.filter((service) => service !== NO_SERVICE)).size,
    skipped,
    timeRange: { from, to },
  };
  return { request, generation, log, reader, summary };
}

/** The index of a file, or why it has none. */
async function indexFile(
  path: string,
  relative: string,
  named: boolean,
  options: ParseOptions,
  { source, formats, signal }: OpenLogTools,
  onBytes: (bytes: number) => void,
): Promise<FileIndex | string> {
  let file: ByteFile | undefined;
  try {
    file = await source.open(path);
    const head = await readHead(file);
    const whole = head.length >= file.bytes;
    const firstLines = head.subarray(0, HEAD_BYTES);
    const reason = rejectHead(relative, firstLines, whole && firstLines.length === head.length, formats, options);
    if (reason !== null && !(named && !reason.startsWith('UTF-16'))) return reason;
    const indexer = new FileIndexer(relative, inferProfile(head, formats), formats, options);
    let bytes = 0;
    await readLines(file, indexer, 0, (done) => {
      signal.throwIfAborted();
      bytes = done;
      onBytes(done);
    });
    const index = indexer.finish(bytes);
    // A first line longer than the head tells nothing before the whole is read.
    return named || index.time.length > 0 || index.summary.unrecognisedLines === 0 ? index : NO_LOG;
  } catch (error) {
    signal.throwIfAborted();
    return source.reason(error);
  } finally {
    await file?.close().catch(() => {});
  }
}

async function readHead(file: ByteFile): Promise<Uint8Array> {
  const head = new Uint8Array(Math.min(PROFILE_BYTES, file.bytes));
  let filled = 0;
  while (filled < head.length) {
    const read = await file.read(head.subarray(filled), filled);
    if (read === 0) break;
    filled += read;
  }
  return head.subarray(0, filled);
}
