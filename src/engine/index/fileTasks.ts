/**
 * What is done to a file, in pieces that any thread may take: a look at its head tells whether it is a log, how
 * its lines are read and where it is cut; then its segments are indexed. Tasks and results are plain data.
 */
import type { Micros } from '../../model.ts';
import type { ContentFile, ContentSource } from '../content/contentSource.ts';
import { headOf } from '../content/pieces.ts';
import type { UnpackOptions } from '../content/unpack.ts';
import { HEAD_BYTES, rejectHead } from '../fileSelection.ts';
import { readLines } from '../parse/lines.ts';
import { type FileProfile, type FormatSet, inferProfile } from '../parse/profile.ts';
import { findCuts, SEGMENT_BYTES } from './cuts.ts';
import type { FileParsers, ParseOptions } from './fileParser.ts';
import { fingerprint } from './fingerprint.ts';
import type { IndexedFile } from './mergedLog.ts';
import type { SegmentIndex } from './segment.ts';
import { SegmentIndexer } from './segmentIndexer.ts';

/** So much of a file is looked at to know how its lines are read. */
export const PROFILE_BYTES = 1 << 18;

/** What holds for all files of a log. */
export interface LogRules {
  formats: FormatSet;
  options: ParseOptions;
  /** For tests: results must be the same for any. */
  segmentBytes?: number;
}

export interface ExamineTask {
  /** Absolute. */
  path: string;
  /** Relative to the log's root. */
  relative: string;
  /** Whether the user named it: then it is read whatever is in it. */
  named: boolean;
}

export interface ListedFile extends ExamineTask {
  bytes: number;
}

export interface Examined {
  file: IndexedFile;
  /** Where segments begin and end: one place more than there are segments. */
  cuts: number[];
}

export interface SegmentsTask {
  path: string;
  relative: string;
  profile: FileProfile;
  /** Several segments are indexed one after the other, where times hang on the lines before. */
  cuts: readonly number[];
  near: Micros | null;
  /** The last time of the segments before those between the cuts, where that names its day. */
  own?: Micros | null;
}

export interface FileTools {
  source: ContentSource;
  /** The thread's, made for the same rules. */
  parsers: FileParsers;
  signal: AbortSignal;
  /** Bytes done since the last call. */
  onBytes(bytes: number): void;
}

/** What a file is, or why it is skipped. */
export async function examineFile(
  { path, relative, named }: ExamineTask,
  { formats, segmentBytes = SEGMENT_BYTES }: LogRules,
  { source, signal, parsers }: FileTools,
): Promise<Examined | string> {
  // What is unpacked is judged before all of it is: folders hold large archives of other things.
  const refuse = (head: Uint8Array, isWhole: boolean) => {
    const firstLines = head.subarray(0, HEAD_BYTES);
    return named
      ? null
      : rejectHead(relative, firstLines, isWhole, inferProfile(firstLines, formats), formats, parsers);
  };
  return withFile(path, source, { signal, refuse }, async (file) => {
    const { bytes, content, packedBytes } = file;
    const head = await headOf(file, PROFILE_BYTES);
    const whole = head.length >= bytes;
    const firstLines = head.subarray(0, HEAD_BYTES);
    const profile = inferProfile(head, formats);
    const isWhole = whole && firstLines.length === head.length;
    const reason = rejectHead(relative, firstLines, isWhole, profile, formats, parsers);
    if (reason !== null && !named) return reason;
    const parser = parsers.borrow(relative, profile);
    const cuts = await findCuts(file, parser, 0, bytes, segmentBytes);
    parsers.giveBack(parser, profile);
    return {
      file: {
        path: relative,
        bytes,
        diskBytes: packedBytes,
        content: { ...content },
        profile,
        near: null,
        modified: file.modified ?? null,
        fingerprint: await fingerprint(file, bytes),
      },
      cuts: [0, ...cuts, bytes],
    };
  });
}

/** The segments between the cuts, or why the file cannot be read. */
export async function indexSegments(
  { path, relative, profile, cuts, near, own = null }: SegmentsTask,
  { source, signal, parsers, onBytes }: FileTools,
): Promise<SegmentIndex[] | string> {
  return withFile(path, source, { signal }, async (file) => {
    const segments: SegmentIndex[] = [];
    const parser = parsers.borrow(relative, profile, { near, own, modified: file.modified ?? null });
    for (let i = 0; i + 1 < cuts.length; i++) {
      // The clock goes on, for times hang on each other.
      if (i > 0) parser.restart();
      const indexer = new SegmentIndexer(relative, parser, cuts[i], cuts[i + 1]);
      let done = cuts[i];
      const end = await readLines(file, indexer, cuts[i], cuts[i + 1], (position) => {
        signal.throwIfAborted();
        onBytes(position - done);
        done = position;
      });
      segments.push(indexer.finish(end));
    }
    parsers.giveBack(parser, profile);
    return segments;
  });
}

async function withFile<T>(
  path: string,
  source: ContentSource,
  unpacking: { signal: AbortSignal } & UnpackOptions,
  work: (file: ContentFile) => Promise<T>,
): Promise<T | string> {
  let file: ContentFile | undefined;
  try {
    file = await source.open(path, unpacking);
    return await work(file);
  } catch (error) {
    unpacking.signal.throwIfAborted();
    return source.reason(error);
  } finally {
    await file?.close().catch(() => {});
  }
}
