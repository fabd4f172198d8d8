/** All entries of a log in order of time, as lines; never more of them in memory than the limits say. */
import type { Log } from '../engine/index/log.ts';
import type { BoundQuery } from '../engine/query/bind.ts';
import type { Entry, TimeRange } from '../model.ts';

export interface MergeLimits {
  /** Entries read back at once: enough to make reading worth it, few enough to hold. */
  read: number;
  /** Lines put in order at once where the lines of a file are not. */
  window: number;
  /** About as many characters such a window may hold. */
  characters: number;
  /** Entries whose bytes are looked through for a word before any of them is read. */
  scan: number;
}

const LIMITS: MergeLimits = { read: 2048, window: 1 << 18, characters: 1 << 26, scan: 1 << 16 };

/**
 * Yields the lines that `write` makes of the entries, some at a time. A window is what one read gives, so
 * that the first lines come at once. Where the lines of a file lie in no order of time, each read would go
 * over all of the file: windows are then made as large as their text allows, and read in order of place.
 */
export async function* mergedLines(
  log: Log,
  range: TimeRange,
  query: BoundQuery | null,
  write: (entry: Entry) => string,
  limits = LIMITS,
): AsyncGenerator<string[]> {
  let window: number[] = [];
  let size = limits.read;
  for await (const stretch of chosen(log, range, query, limits)) {
    for (const entry of stretch) {
      window.push(entry);
      if (window.length < size) continue;
      const lines = await linesOf(log, window, query, write, limits.read);
      yield* pieces(lines, limits.read);
      size = isScattered(log, window, limits.read) ? sizeAfter(lines, window.length, limits) : limits.read;
      window = [];
    }
  }
  yield* pieces(await linesOf(log, window, query, write, limits.read), limits.read);
}

/** A large window goes out in parts, as whoever writes it may hold it a second time. */
function* pieces(lines: string[], length: number): Generator<string[]> {
  for (let start = 0; start < lines.length; start += length) yield lines.slice(start, start + length);
}

/** What is worth reading, in stretches; the first is short, for its lines are waited for. */
async function* chosen(
  log: Log,
  range: TimeRange,
  query: BoundQuery | null,
  { read, scan }: MergeLimits,
): AsyncGenerator<readonly number[]> {
  let stretch: number[] = [];
  let length = read;
  for (const entry of within(log, range)) {
    if (query?.mayMatch(entry) === false) continue;
    stretch.push(entry);
    if (stretch.length < length) continue;
    yield query === null ? stretch : await query.byBytes(stretch);
    stretch = [];
    length = scan;
  }
  yield query === null ? stretch : await query.byBytes(stretch);
}

/** An entry without time goes with the one above it, as in the order. */
function* within(log: Log, { from, to }: TimeRange): Generator<number> {
  let time = Number.NaN;
  for (const entry of log.order) {
    const own = log.time[entry] ?? Number.NaN;
    if (!Number.isNaN(own)) time = own;
    if (from !== null && !(time >= from)) continue;
    if (to !== null && !(time <= to)) continue;
    yield entry;
  }
}

/** Entries of a window are read in order of place, lines handed out in order of time. */
async function linesOf(
  log: Log,
  window: readonly number[],
  query: BoundQuery | null,
  write: (entry: Entry) => string,
  atOnce: number,
): Promise<string[]> {
  const places = Uint32Array.from(window.keys()).sort((a, b) => (window[a] ?? 0) - (window[b] ?? 0));
  const lines = new Array<string | null>(window.length).fill(null);
  for (let start = 0; start < places.length; start += atOnce) {
    const slice = places.subarray(start, start + atOnce);
    const entries = await log.read(slice.map((place) => window[place] ?? 0));
    for (const [index, entry] of entries.entries()) {
      if (query === null || query.matches(entry)) lines[slice[index] ?? 0] = write(entry);
    }
  }
  return lines.filter((line) => line !== null);
}

/** Whether order of time often leads far back in a file. A step or two is a clock put right, or a file joined of two. */
function isScattered(log: Log, window: readonly number[], far: number): boolean {
  const last = new Map<number, number>();
  let stepsBack = 0;
  for (const entry of window) {
    const file = log.file[entry] ?? 0;
    if (entry < (last.get(file) ?? 0) - far) stepsBack++;
    last.set(file, entry);
  }
  return stepsBack > window.length / 16;
}

/** How many lines the next window may hold if they are as long as these. */
function sizeAfter(lines: readonly string[], entries: number, { read, window, characters }: MergeLimits): number {
  const length = lines.reduce((sum, line) => sum + line.length, 0) / entries;
  return Math.max(read, Math.min(window, Math.floor(characters / Math.max(1, length))));
}
