/** Which files of a folder are logs: by name first, then by what their head holds. */
import type { SkippedFile } from '../model.ts';
import { globToRegExp } from './globs.ts';
import type { EntryColumns } from './index/columns.ts';
import type { FileParsers } from './index/fileParser.ts';
import { NO_LEVEL } from './index/log.ts';
import type { SegmentIndex } from './index/segment.ts';
import { SegmentIndexer } from './index/segmentIndexer.ts';
import { splitLines } from './parse/lines.ts';
import type { FileProfile, FormatSet } from './parse/profile.ts';
import type { ByteSource, SourceFile } from './source.ts';

/** Names that may be logs: the usual endings, rotated and compressed ones, and none at all. */
const LOG_NAME = /(?:\.log(?:[.-].*)?|(?:\.jsonl|\.ndjson|\.json|\.txt|\.out|\.err|^[^.]+)(?:\.\d+)?(?:\.gz|\.zst)?)$/i;

/** The format of lines that hold a time anywhere. */
const TIME_INSIDE = 'time-inside';

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
  parsers: FileParsers,
): string | null {
  if (head.length === 0) return null;
  const parser = parsers.borrow(path, profile);
  const indexer = new SegmentIndexer(path, parser, 0, head.length);
  const filled: boolean[] = [];
  splitLines(head, head.length, whole, 0, {
    line(buffer, start, end, offset) {
      filled.push(!isBlank(buffer, start, end));
      indexer.line(buffer, start, end, offset);
    },
  });
  const index = indexer.finish(head.length);
  parsers.giveBack(parser, profile);
  if (filled.length === 0) return null;
  if (index.entries.time.length === 0) return NO_LOG;
  // A header that names columns, and a line that has them, is proof enough.
  if (profile.columns !== undefined && index.counts.formats.columns > 0) return null;
  return isRecognised(index, filled) && !isProse(index, filled) && !isData(index, profile, formats) ? null : NO_LOG;
}

/** An entry in so many lines is enough, so many times as many as there are stretches of other lines. */
const MOST_LINES = 100;
const BANNER_LINES = 10;
const ENTRIES_A_STRETCH = 3;

/**
 * Whether enough of the lines are entries, or below one. A crash or a banner is many lines at one place; prose that
 * happens to hold a record is around it.
 */
function isRecognised({ counts, entries }: SegmentIndex, filled: readonly boolean[]): boolean {
  const { unrecognised, lines, blank } = counts;
  const count = entries.time.length;
  const isDense = count * MOST_LINES >= lines - blank;
  if (isDense && count >= unrecognised) return true;
  const { stretches, before, last } = strangers(entries, filled);
  // What comes after the last record is all that a crashed process may have left to say.
  if (before === 0)
    return count >= stretches && (isDense || (count >= ENTRIES_A_STRETCH && count * MOST_LINES >= last));
  return count >= ENTRIES_A_STRETCH * stretches && count * BANNER_LINES >= before && count * MOST_LINES >= last;
}

/** Stretches of lines that are of no entry; how many lines stand before the first entry, and which the last one begins. */
function strangers({ line, extraLines }: EntryColumns, filled: readonly boolean[]) {
  let stretches = 0;
  let inside = false;
  let entry = 0;
  let end = 0;
  let before = 0;
  for (let at = 1; at <= filled.length; at++) {
    if (at === line[entry]) end = at + extraLines[entry++];
    if (at <= end) inside = false;
    else if (filled[at - 1]) {
      if (!inside) stretches++;
      if (entry === 0) before++;
      inside = true;
    }
  }
  return { stretches, before, last: line[entry - 1] };
}

/** Where the only times stand somewhere in the lines, as in a letter about a log: most lines of a log are alike. */
function isProse({ counts, entries }: SegmentIndex, filled: readonly boolean[]): boolean {
  const count = entries.time.length;
  return (
    counts.formats[TIME_INSIDE] === count &&
    entries.line[0] !== filled.indexOf(true) + 1 &&
    count * 2 < counts.lines - counts.blank
  );
}

/** Whether the entries tell nothing but a time, and that under a name that no logger gives it. */
function isData({ entries, pairs, shapes }: SegmentIndex, { json }: FileProfile, formats: FormatSet): boolean {
  if (shapes.all.some((shape) => shape !== '') || pairs.pairId.length > 0) return false;
  if (entries.level.some((level) => level !== NO_LEVEL) || entries.durationMs.some((millis) => millis >= 0))
    return false;
  const known = new Set(formats.json.flatMap(({ names }) => names.time ?? []));
  return !json?.time.some((key) => known.has(key.toLowerCase()));
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 0x20 && bytes[at] !== 0x09) return false;
  return true;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
