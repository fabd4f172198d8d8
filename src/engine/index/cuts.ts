/**
 * Where a file is cut into segments: at the first line after each multiple of a fixed size that surely starts
 * an entry. This hangs on nothing but the bytes around it, so any thread, at any time, finds the same cuts.
 */
import { continuesEntry } from '../parse/lineHead.ts';
import type { LineParser } from '../parse/lineParser.ts';
import { splitLines } from '../parse/lines.ts';
import { ENTRY, type LineRecord, LOOSE, PARTIAL } from '../parse/record.ts';
import type { ByteFile } from '../source.ts';

/** Small enough that the indexes under way take little memory, large enough that none is mostly overhead. */
export const SEGMENT_BYTES = 1 << 23;
const FIRST_LOOK = 1 << 16;

/** Positions after `from` and before `to`; the parser is the file's, and is left as it happens to be. */
export async function findCuts(
  file: ByteFile,
  parser: LineParser,
  from: number,
  to: number,
  segmentBytes = SEGMENT_BYTES,
): Promise<number[]> {
  const cuts: number[] = [];
  for (let near = (Math.floor(from / segmentBytes) + 1) * segmentBytes; near < to; near += segmentBytes) {
    const cut = await findCut(file, parser, near, Math.min(near + segmentBytes, to));
    if (cut !== null && cut > from) cuts.push(cut);
  }
  return cuts;
}

/** The first place in [near, limit) to cut at. Looks at more and more, for most often a little is enough. */
async function findCut(file: ByteFile, parser: LineParser, near: number, limit: number): Promise<number | null> {
  for (let look = FIRST_LOOK; ; look *= 8) {
    // The byte before tells whether a line starts right here.
    const bytes = await readRange(file, near - 1, Math.min(near + look, limit));
    const place = placeToCut(bytes, parser, near + look >= limit);
    if (place !== null) return near - 1 + place;
    if (near + look >= limit) return null;
  }
}

/**
 * Line numbers, split records and continuation lines must come out alike with the cut and without it. Only where
 * no line surely starts an entry (text of no known format in an envelope), one that seems to is taken.
 */
function placeToCut(bytes: Uint8Array, parser: LineParser, isLast: boolean): number | null {
  parser.reset();
  let first = true;
  let settled = false;
  let sure: number | null = null;
  let likely: number | null = null;
  splitLines(bytes, bytes.length, false, 0, {
    line(buffer, start, end) {
      if (sure !== null) return;
      // The first line may have begun before what was read, and what comes next may be the rest of a split record.
      if (first) {
        first = false;
        return;
      }
      const record = parser.parse(buffer, start, end);
      if (settled && record.kind === ENTRY) sure = start;
      else if (settled && mayStart(record)) likely ??= start;
      settled = record.kind !== PARTIAL;
    },
  });
  return sure ?? (isLast ? likely : null);
}

function mayStart({ kind, bytes, start, end }: LineRecord): boolean {
  return kind === PARTIAL || (kind === LOOSE && !continuesEntry(bytes, start, end));
}

async function readRange(file: ByteFile, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const read = await file.read(bytes.subarray(filled), from + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
}
