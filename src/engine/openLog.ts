/** One open log: its files indexed and merged, re-read where they changed. */

import type { SkippedFile } from '../model.ts';
import type { LogRequest, LogSummary, Progress } from '../protocol.ts';
import type { ContentSource } from './content/contentSource.ts';
import { idRankOf } from './correlation/ownIdKeys.ts';
import { listFiles } from './fileSelection.ts';
import { cacheKey, type IndexCache, isCacheable } from './index/cache.ts';
import type { ParseOptions } from './index/fileParser.ts';
import type { ListedFile } from './index/fileTasks.ts';
import { indexFiles } from './index/indexFiles.ts';
import { indexHere, indexInThreads, type ThreadStarter } from './index/indexing.ts';
import { goOn, KeptFiles } from './index/keptFiles.ts';
import type { Log } from './index/log.ts';
import type { MergedLog } from './index/mergedLog.ts';
import { LogBuilder } from './index/mergeLog.ts';
import { EntryReader } from './index/reader.ts';
import type { FormatSet } from './parse/profile.ts';

/** More files than a column can number: an index of them would be wrong. */
const MAX_FILES = 0xffff;

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
  /** Threads to index in; the engine's own where absent. */
  threads?: ThreadStarter | undefined;
  /** Where indexes are kept; nowhere where absent. */
  cache?: IndexCache | undefined;
  /** For tests: how large segments are. */
  segmentBytes?: number;
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
  const { source, formats, signal } = tools;
  const options: ParseOptions = {
    zone: request.zone || 'UTC',
    year: request.year ?? null,
    ...(request.timeZones && { zones: request.timeZones }),
  };
  const selection = { include: request.include ?? [], exclude: request.exclude ?? [] };
  const listed = await listFiles(source, request.root, request.paths ?? [request.root], selection);
  const files = listed.files.slice(0, MAX_FILES);
  const skipped = [...listed.skipped];
  for (const { relative } of listed.files.slice(MAX_FILES)) {
    skipped.push({ path: relative, reason: `more than ${MAX_FILES} files` });
  }
  const totalBytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const builder = new LogBuilder(totalBytes, idRankOf(formats.idKeys));
  const rules = { formats, options, ...(tools.segmentBytes && { segmentBytes: tools.segmentBytes }) };
  const kept =
    previous &&
    changed &&
    new KeptFiles(
      previous.log,
      changed.map((path) => source.relative(request.root, path)),
      rules,
      source,
    );
  const here = indexHere(rules, { source, signal });
  const { threads, cache } = tools;
  const isWorthThreads = threads?.isWorth(totalBytes - (kept?.bytes ?? 0)) === true;
  const indexing = threads && isWorthThreads ? indexInThreads(threads, rules, signal, here) : here;
  const cached = async (file: ListedFile) => {
    // Whoever wants all of it read again wants no old index.
    if (!cache || previous || !isCacheable(file)) return null;
    const found = await cache.load(cacheKey(file, rules));
    return found && goOn(file.path, { ...found.file, path: file.relative }, found.segments, rules, source);
  };
  let doneBytes = 0;
  try {
    const left = await indexFiles(files, {
      indexing,
      builder,
      signal,
      known: async (file) => (await kept?.find(file)) ?? cached(file),
      keep: (listed, file) => (cache && isCacheable(listed, file) ? cache.write(cacheKey(listed, rules)) : null),
      onBytes(file, bytes) {
        doneBytes = Math.min(totalBytes, doneBytes + bytes);
        tools.progress({ doneBytes, totalBytes, file: file.relative });
      },
    });
    skipped.push(...left);
  } finally {
    // The threads' memory is wanted for the merging.
    await indexing.dispose();
  }
  signal.throwIfAborted();
  return assemble(request, tools, options, builder, skipped, (previous?.generation ?? 0) + 1);
}

function assemble(
  request: LogRequest,
  { source, formats }: OpenLogTools,
  options: ParseOptions,
  builder: LogBuilder,
  skipped: SkippedFile[],
  generation: number,
): OpenLog {
  const merged = builder.finish(skipped);
  for (const { path, content } of merged.indexed) {
    if (content.loss !== null) skipped.push({ path, reason: `read in part: ${content.loss}` });
  }
  skipped.sort((a, b) => (a.path < b.path ? -1 : 1));
  const reader = new EntryReader(merged, source, request.root, formats, options);
  const log = {
    ...merged,
    read: (entries: ArrayLike<number>) => reader.read(entries),
    holding: (entries: ArrayLike<number>, words: readonly string[]) => reader.holding(entries, words),
  };
  let from: number | null = null;
  let to: number | null = null;
  for (const file of merged.files) {
    if (file.from !== null && (from === null || file.from < from)) from = file.from;
    if (file.to !== null && (to === null || file.to > to)) to = file.to;
  }
  const summary: LogSummary = {
    root: request.root,
    generation,
    files: merged.files.length,
    entries: merged.count,
    bytes: merged.indexed.reduce((sum, { bytes }) => sum + bytes, 0),
    unrecognisedLines: merged.files.reduce((sum, file) => sum + file.unrecognisedLines, 0),
    services: merged.services.length,
    skipped,
    timeRange: { from, to },
    contents: merged.files.flatMap(({ path, format, unpacked }) =>
      unpacked ? [{ file: path, language: format.endsWith('json') ? 'jsonl' : 'log' }] : [],
    ),
    formatProblems: [],
  };
  return { request, generation, log, reader, summary };
}
