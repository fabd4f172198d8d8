/** The content of a file as text, for an editor to show. */
import { decodeUtf8 } from '../../base/utf8.ts';
import type { ContentLines } from '../../protocol.ts';
import type { MergedLog } from '../index/mergedLog.ts';
import type { ContentSource } from './contentSource.ts';

const LF = 0x0a;

/** All lines where they fit, else whole lines around the one wanted: as much before it as behind it. */
export async function readContent(
  log: Pick<MergedLog, 'firstEntry' | 'line' | 'rangeOf'>,
  source: ContentSource,
  path: string,
  file: number,
  line: number,
  mostBytes: number,
): Promise<ContentLines> {
  const opened = await source.open(path);
  try {
    const isWhole = opened.bytes <= mostBytes;
    const start = isWhole ? { offset: 0, line: 1 } : anchor(log, file, line, mostBytes / 2);
    const bytes = new Uint8Array(Math.max(0, Math.min(mostBytes, opened.bytes - start.offset)));
    let filled = 0;
    while (filled < bytes.length) {
      const read = await opened.read(bytes.subarray(filled), start.offset + filled);
      if (read === 0) break;
      filled += read;
    }
    const reachesEnd = start.offset + filled >= opened.bytes;
    const end = reachesEnd ? filled : bytes.lastIndexOf(LF, filled - 1) + 1;
    return { text: decodeUtf8(bytes, 0, end), firstLine: start.line, isWhole };
  } finally {
    await opened.close();
  }
}

/** Where an entry begins that stands at most so many bytes before the line: only of entries the place is known. */
function anchor(
  { firstEntry, line, rangeOf }: Pick<MergedLog, 'firstEntry' | 'line' | 'rangeOf'>,
  file: number,
  wanted: number,
  before: number,
): { offset: number; line: number } {
  const first = firstEntry[file];
  const end = firstEntry[file + 1];
  const next = lowest(first, end, (entry) => line[entry] > wanted);
  const reached = rangeOf(Math.max(first, Math.min(next, end) - 1));
  if (first === end || reached.from <= before) return { offset: 0, line: 1 };
  const entry = lowest(first, next, (each) => rangeOf(each).from >= reached.from - before);
  return { offset: rangeOf(entry).from, line: line[entry] };
}

/** The first number for which it holds, given that it holds for all after it; `to` where it holds for none. */
function lowest(from: number, to: number, holds: (number: number) => boolean): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
