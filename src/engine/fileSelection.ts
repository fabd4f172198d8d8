/** Which files of a folder are logs: by name first, then by what their head holds. */
import type { SkippedFile } from '../model.ts';
import { globToRegExp } from './globs.ts';
import type { ParseOptions } from './index/fileParser.ts';
import { SegmentIndexer } from './index/segmentIndexer.ts';
import { splitLines } from './parse/lines.ts';
import type { FileProfile, FormatSet } from './parse/profile.ts';
import type { ByteSource, SourceFile } from './source.ts';

/** Names that may be logs: the usual endings, rotated and compressed ones, and none at all. */
const LOG_NAME = /(?:\.log(?:[.-].*)?|(?:\.jsonl|\.ndjson|\.json|\.txt|\.out|\.err|^[^.]+)(?:\.\d+)?(?:\.gz|\.zst)?)$/i;

export const HEAD_BYTES = 1 << 16;

/** Why a file that can be read is skipped. */
export const NO_LOG = 'no log: too few of its lines are entries of a known format';

export interface Selection {
  include: readonly string[];
  exclude: readonly string[];
}

/** The candidates below the given paths, in order of relative path; each once. */
export async function listFiles(
  source: ByteSource,
  root: string,
  paths: readonly string[],
  selection: Selection,
): Promise<{ files: (SourceFile & { relative: string; named: boolean })[]; skipped: SkippedFile[] }> {
  const include = selection.include.map(globToRegExp);
  const exclude = selection.exclude.map(globToRegExp);
  const found = new Map<string, SourceFile & { relative: string; named: boolean }>();
  const skipped: SkippedFile[] = [];
  for (const path of paths) {
    const listed = await source.list(path);
    for (const { path: at, reason } of listed.skipped) skipped.push({ path: source.relative(root, at), reason });
    for (const file of listed.files) {
      const relative = source.relative(root, file.path);
      const named = file.path === path;
      if (!named && exclude.some((glob) => glob.test(relative))) continue;
      const wanted =
        include.length > 0 ? include.some((glob) => glob.test(relative)) : LOG_NAME.test(baseName(relative));
      if (named || wanted)
        found.set(file.path, { ...file, relative, named: named || found.get(file.path)?.named === true });
    }
  }
  const files = [...found.values()].sort((a, b) => (a.relative < b.relative ? -1 : a.relative > b.relative ? 1 : 0));
  return { files, skipped };
}

/** Why the head of a file is not that of a log; null where it is one. */
export function rejectHead(
  path: string,
  head: Uint8Array,
  whole: boolean,
  profile: FileProfile,
  formats: FormatSet,
  options: ParseOptions,
): string | null {
  if (head.length === 0) return null;
  const indexer = new SegmentIndexer({ path, profile, formats, options }, 0);
  splitLines(head, head.length, whole, 0, indexer);
  const index = indexer.finish(head.length);
  const { lines, blank, unrecognised } = index.counts;
  const entries = index.entries.time.length;
  if (lines === 0) return null;
  // Prose that happens to hold one record would otherwise pass as that record's continuation.
  const recognised = entries >= unrecognised && entries * 100 >= lines - blank;
  return entries > 0 && recognised ? null : NO_LOG;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
