/** Indexes that outlive the engine: kept somewhere by someone, here is only what they are. */

import type { ListedFile, LogRules } from './fileTasks.ts';
import { fingerprintBytes } from './fingerprint.ts';
import { isPlain } from './indexing.ts';
import type { IndexedFile } from './mergedLog.ts';
import type { SegmentIndex } from './segment.ts';

/** Grows with each change of what an index holds, or of how lines are read. */
const VERSION = 5;

/** A checked file must cost less than one byte in so many. */
const SHARE = 100;

/** A segment that is kept; it may turn out to be damaged. */
export interface KeptSegment {
  from: number;
  to: number;
  undated: boolean;
  /** Null where it cannot be read any more. */
  load(): Promise<SegmentIndex | null>;
}

export interface CachedFile {
  file: IndexedFile;
  segments: KeptSegment[];
}

/** Takes the segments of a file one after the other; what is not finished is forgotten. Never rejects. */
export interface CacheWriter {
  add(segment: SegmentIndex): Promise<void>;
  finish(file: IndexedFile): Promise<void>;
  abandon(): Promise<void>;
}

export interface IndexCache {
  /** `key` tells files and rules apart. Null where nothing of use is kept. Never rejects. */
  load(key: string): Promise<CachedFile | null>;
  write(key: string): CacheWriter;
}

/** A file is kept for the rules under which it was read. */
export function cacheKey({ path, relative, named }: ListedFile, rules: LogRules): string {
  return JSON.stringify([VERSION, path, relative, named, rules]);
}

/** Whether a file is worth keeping: to look at a small one takes as long as to read it, and what was unpacked would be unpacked. */
export function isCacheable({ bytes }: ListedFile, file?: IndexedFile): boolean {
  return fingerprintBytes(bytes) * SHARE < bytes && (!file || isPlain(file));
}
