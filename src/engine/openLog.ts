/** One open log: its files indexed and merged, re-read where they changed. */

import type { SkippedFile } from '../model.ts';
import type { LogRequest, LogSummary, Progress } from '../protocol.ts';
import type { ContentFile, ContentSource } from './content/contentSource.ts';
import { headOf } from './content/pieces.ts';
import type { ContentInfo } from './content/unpack.ts';
import { HEAD_BYTES, listFiles, NO_LOG, rejectHead } from './fileSelection.ts';
import { type FileIndex, FileIndexer, type ParseOptions } from './index/fileIndex.ts';
import { type Log, NO_SERVICE } from './index/log.ts';
import { type MergedLog, mergeLog } from './index/mergeLog.ts';
import { EntryReader } from './index/reader.ts';
import { readLines } from './parse/lines.ts';
import { type FormatSet, inferProfile } from './parse/profile.ts';

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
  source: ContentSource;
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
    else if (known && (known.diskBytes ?? known.bytes) === file.bytes) indexes.push(known);
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
  for (const { path, content } of indexes) {
    if (content?.loss != null) skipped.push({ path, reason: `read in part: ${content.loss}` });
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
  let file: ContentFile | undefined;
  try {
    file = await source.open(path, signal);
    const { content, packedBytes } = file;
    const head = await headOf(file, PROFILE_BYTES);
    const whole = head.length >= file.bytes;
    const firstLines = head.subarray(0, HEAD_BYTES);
    const reason = rejectHead(relative, firstLines, whole && firstLines.length === head.length, formats, options);
    if (reason !== null && !named) return reason;
    const indexer = new FileIndexer(relative, inferProfile(head, formats), formats, options);
    let bytes = 0;
    await readLines(file, indexer, 0, (done) => {
      signal.throwIfAborted();
      bytes = done;
      onBytes(Math.min(done, packedBytes));
    });
    const index = withContent(indexer.finish(bytes), content, packedBytes);
    // A first line longer than the head tells nothing before the whole is read.
    return named || index.time.length > 0 || index.summary.unrecognisedLines === 0 ? index : NO_LOG;
  } catch (error) {
    signal.throwIfAborted();
    return source.reason(error);
  } finally {
    await file?.close().catch(() => {});
  }
}

/** Adds what the file is beyond its plain content. */
function withContent(index: FileIndex, content: ContentInfo, diskBytes: number): FileIndex {
  if (content.layers.length === 0 && content.encoding === index.summary.encoding) return index;
  const { summary } = index;
  const format = [...content.layers, summary.format].join(' > ');
  return {
    ...index,
    diskBytes,
    content,
    summary: { ...summary, format, encoding: content.encoding, unpacked: content.unpacked },
  };
}
