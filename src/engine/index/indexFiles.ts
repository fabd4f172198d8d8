/**
 * Indexes the files of a log into a builder, several tasks at a time. What comes of it hangs on the bytes alone:
 * segments are cut by their bytes, and are added in order of path and place, whoever was ready first.
 */
import { release } from '../../base/release.ts';
import type { Micros, SkippedFile } from '../../model.ts';
import { NO_LOG } from '../fileSelection.ts';
import type { CacheWriter, KeptSegment } from './cache.ts';
import type { ListedFile } from './fileTasks.ts';
import type { Indexing } from './indexing.ts';
import type { IndexedFile } from './mergedLog.ts';
import type { LogBuilder } from './mergeLog.ts';
import { ReadAhead, type Turn } from './readAhead.ts';
import { type SegmentIndex, segmentBuffers } from './segment.ts';
import { TaskQueue } from './taskQueue.ts';

/** How many segments may wait to be added, beside those under way. */
const AHEAD = 2;

/** What is known of a file already; what lies between the cuts is still to be indexed. */
export interface KnownFile {
  file: IndexedFile;
  segments: KnownSegment[];
  cuts: number[];
  /** Whether the last segment goes on in the first that is still to be indexed. */
  isGrown: boolean;
  /** Whether the segments are views of a log that is still in use. */
  isShared: boolean;
}

export type KnownSegment = SegmentIndex | KeptSegment;

export interface IndexFilesTools {
  indexing: Indexing;
  builder: LogBuilder;
  /** Heard between any two segments: those that need no reading hear it nowhere else. */
  signal: AbortSignal;
  /** Null where a file must be read from its start. */
  known(listed: ListedFile): Promise<KnownFile | null>;
  /** Where to keep the index of a file that had to be read; null where it is not to be kept. */
  keep(listed: ListedFile, file: IndexedFile): CacheWriter | null;
  /** Bytes done since the last call. */
  onBytes(listed: ListedFile, bytes: number): void;
}

/** A segment, or why there is none. */
interface Part extends Turn {
  segment: Promise<SegmentIndex | string>;
}

interface Found {
  file: IndexedFile;
  parts: Part[];
  /** Null where it is read from the start. */
  known: KnownFile | null;
}

/** A file under way. */
interface Started {
  listed: ListedFile;
  /** Its segments in order; a string says why there is none. */
  found: Promise<Found | string>;
}

/** A file some of whose times hang on the lines before and on other files: what is not in the log yet. */
interface Held {
  listed: ListedFile;
  file: IndexedFile;
  segments: SegmentIndex[];
  known: KnownFile | null;
  isBegun: boolean;
  writer: CacheWriter | null;
}

/** The files that were left out, or read in part, with the reason. */
export async function indexFiles(files: readonly ListedFile[], tools: IndexFilesTools): Promise<SkippedFile[]> {
  const writers: CacheWriter[] = [];
  const keep: IndexFilesTools['keep'] = (listed, file) => {
    const writer = tools.keep(listed, file);
    if (writer) writers.push(writer);
    return writer;
  };
  try {
    return await indexAll(files, { ...tools, keep });
  } catch (error) {
    // Stopped or failed: what is not finished never will be. Those that are finished have nothing to give up.
    for (const writer of writers) await writer.abandon();
    throw error;
  }
}

async function indexAll(files: readonly ListedFile[], tools: IndexFilesTools): Promise<SkippedFile[]> {
  const queue = new TaskQueue(tools.indexing.width);
  const ahead = new ReadAhead(tools.indexing.width + AHEAD);
  const skipped: SkippedFile[] = [];
  const started = files.map((listed) => start(listed, queue, ahead, tools));
  const held: Held[] = [];
  // What is done with is let go of: indexes of segments are large.
  for (let next = started.shift(); next; next = started.shift()) {
    const { listed } = next;
    const found = await next.found;
    tools.signal.throwIfAborted();
    if (typeof found === 'string') {
      skipped.push({ path: listed.relative, reason: found });
      continue;
    }
    const rest: Held = { listed, file: found.file, segments: [], known: found.known, isBegun: false, writer: null };
    let waits = held.length > 0;
    let isLost = false;
    for (let part = found.parts.shift(); part; part = found.parts.shift()) {
      ahead.want(part);
      const segment = await part.segment;
      tools.signal.throwIfAborted();
      ahead.took();
      if (typeof segment === 'string' || isLost) {
        // What came before the place that cannot be read is kept, what comes after it would count wrong lines.
        if (typeof segment === 'string' && !isLost) skipped.push({ path: listed.relative, reason: segment });
        isLost = true;
        continue;
      }
      waits ||= segment.undated;
      rest.segments.push(segment);
      if (!waits && (rest.isBegun || isLog([segment], listed))) await addAll(rest, tools);
    }
    if (isLost) {
      await rest.writer?.abandon();
      rest.writer = null;
    }
    if (waits) held.push(rest);
    else await addOrSkip(rest, tools, skipped);
  }
  const near = held.length > 0 ? firstDated(tools.builder, held) : null;
  for (const rest of held) {
    await placeInTime(rest, near, tools);
    await addOrSkip(rest, tools, skipped);
  }
  return skipped;
}

function start(listed: ListedFile, queue: TaskQueue, ahead: ReadAhead, tools: IndexFilesTools): Started {
  const { indexing, onBytes } = tools;
  const find = async () => {
    const known = await queue.run(() => tools.known(listed), false);
    const examined = known ?? (await queue.run(() => indexing.examine(listed), false));
    if (typeof examined === 'string') return examined;
    const { file, cuts } = examined;
    const parts = (known?.segments ?? []).map((segment) => part(() => load(segment, listed, file, tools), ahead));
    for (let i = 0; i + 1 < cuts.length; i++) {
      const task = { ...listed, profile: file.profile, cuts: cuts.slice(i, i + 2), near: null };
      const index = async () => {
        const found = await indexing.index(file, task, (bytes) => onBytes(listed, bytes));
        return typeof found === 'string' ? found : { ...found[0], goesOn: known?.isGrown === true && i === 0 };
      };
      // Segments go before the heads of further files, so that those ready first are those added first.
      parts.push(part(() => queue.run(index, true), ahead));
    }
    return { file, parts, known };
  };
  const found = find();
  // Whoever waits for it hears of a failure; the others must not bring the process down.
  found.catch(() => {});
  return { listed, found };
}

/** A kept segment, or where that is damaged the segment as the file tells it. */
async function load(
  segment: KnownSegment,
  listed: ListedFile,
  file: IndexedFile,
  { indexing, onBytes }: IndexFilesTools,
): Promise<SegmentIndex | string> {
  if (!('load' in segment)) return segment;
  const loaded = await segment.load();
  if (loaded) {
    onBytes(listed, segment.to - segment.from);
    return loaded;
  }
  const task = { ...listed, profile: file.profile, cuts: [segment.from, segment.to], near: file.near };
  const found = await indexing.index(file, task, (bytes) => onBytes(listed, bytes));
  return typeof found === 'string' ? found : found[0];
}

function part(find: () => Promise<SegmentIndex | string>, ahead: ReadAhead): Part {
  const turn: Turn = { begin: null };
  const segment = ahead.begin(turn).then(find);
  segment.catch(() => {});
  return Object.assign(turn, { segment });
}

/** Indexes again, one after the other, the segments whose times hang on those before, near the times of other files. */
async function placeInTime(rest: Held, near: Micros | null, { indexing }: IndexFilesTools): Promise<void> {
  const { listed, file, segments } = rest;
  const first = segments.findIndex((segment) => segment.undated);
  if (first < 0) return;
  const isSettled = file.near === near && (rest.known !== null || first === segments.length - 1);
  if (isSettled) return;
  const cuts = [...segments.slice(first).map((segment) => segment.from), segments[segments.length - 1].to];
  const own = first > 0 ? lastTime(segments[first - 1].entries.time) : null;
  const again = await indexing.index(file, { ...listed, profile: file.profile, cuts, near, own }, () => {});
  // It could be read a moment ago; what was found then is better than nothing.
  if (typeof again === 'string') return;
  rest.file = { ...file, near };
  segments.splice(first, segments.length, ...again);
}

async function addOrSkip(rest: Held, tools: IndexFilesTools, skipped: SkippedFile[]): Promise<void> {
  // A first line longer than the head tells nothing before the whole is read.
  if (!rest.isBegun && rest.segments.length > 0 && !isLog(rest.segments, rest.listed)) {
    skipped.push({ path: rest.listed.relative, reason: NO_LOG });
    return;
  }
  if (rest.segments.length > 0) await addAll(rest, tools);
  await rest.writer?.finish(rest.file);
}

async function addAll(rest: Held, { builder, keep }: IndexFilesTools): Promise<void> {
  const { listed, file, known } = rest;
  if (!rest.isBegun) {
    builder.startFile(file);
    rest.isBegun = true;
    const isNew = known === null || (!known.isShared && known.cuts.length > 0);
    rest.writer = isNew ? keep(listed, file) : null;
  }
  for (let next = rest.segments.shift(); next; next = rest.segments.shift()) {
    await rest.writer?.add(next);
    builder.add(next);
    if (!known?.isShared) release(...segmentBuffers(next).map((buffer) => ({ buffer })));
  }
}

function isLog(segments: readonly SegmentIndex[], { named }: ListedFile): boolean {
  const hasEntries = segments.some((segment) => segment.entries.time.length > 0);
  return named || hasEntries || segments.every((segment) => segment.counts.unrecognised === 0);
}

/** The first time of the log that hangs on nothing: all that is added already is of that kind. */
function firstDated(builder: LogBuilder, held: readonly Held[]): Micros | null {
  let first = firstTime(builder.times);
  for (const { segments } of held) {
    for (const { undated, entries } of segments) if (!undated) first = Math.min(first, firstTime(entries.time));
  }
  return first === Number.POSITIVE_INFINITY ? null : first;
}

function lastTime(times: Float64Array): Micros | null {
  return times.findLast((time) => !Number.isNaN(time)) ?? null;
}

function firstTime(times: Float64Array): Micros {
  let first = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times.length; i++) if (times[i] < first) first = times[i];
  return first;
}
