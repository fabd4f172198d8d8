/** What the head of a line tells where no format knows the line. */
import { decodeUtf8 } from '../../base/utf8.ts';
import { levelAt } from '../formats/levels.ts';
import { NO_LEVEL } from '../index/log.ts';
import type { LineRecord } from './record.ts';

/** Shorter words are initials. */
const SHORTEST = 3;
/** Words of levels that text begins with for other reasons. */
const OTHER_WORDS = new Set(['http', 'config', 'log', 'note', 'fine', 'finer', 'finest', 'fail', 'success', 'silly']);

/** Takes a level at the head of the record: `[error] …`, `ERROR …`, `error: …`. What stands so in prose is no level. */
export function readHeadLevel(record: LineRecord): void {
  const { bytes, start, end } = record;
  const bracket = closingOf(bytes[start]);
  const from = bracket === 0 ? start : start + 1;
  let capitals = true;
  let to = from;
  for (; to < end && isLetter(bytes[to]); to++) if (bytes[to] >= 0x61) capitals = false;
  if (to - from < SHORTEST) return;
  const next = to < end ? bytes[to] : 0;
  if (bracket !== 0 ? next !== bracket : next !== 0x3a && !(capitals && (next === 0x20 || next === 0x09))) return;
  // `Error: refused` is how an exception is printed, below the entry that tells of it.
  if (bracket === 0 && !capitals && bytes[from] < 0x61) return;
  const level = levelAt(bytes, from, to);
  if (level === NO_LEVEL || OTHER_WORDS.has(decodeUtf8(bytes, from, to).toLowerCase())) return;
  record.level = level;
  record.levelStart = from;
  record.levelEnd = to;
  record.beginsEntry = true;
}

const isLetter = (c: number) => (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a;

/** What closes a bracket; 0 for all else. */
function closingOf(c: number): number {
  if (c === 0x5b) return 0x5d;
  if (c === 0x28) return 0x29;
  return c === 0x3c ? 0x3e : 0;
}

/** Whether a line looks like the middle of an entry: indented, a stack frame, a closing bracket. */
export function continuesEntry(bytes: Uint8Array, start: number, end: number): boolean {
  const first = bytes[start];
  if (first === 0x20 || first === 0x09 || first === 0x7d || first === 0x5d || first === 0x29) return true;
  if (first !== 0x43 && first !== 0x61 && first !== 0x2e && first !== 0x54) return false;
  return /^(?:Caused by: |at \S|\.\.\. \d+ |Traceback \()/.test(
    Buffer.from(bytes.subarray(start, Math.min(end, start + 40))).toString('latin1'),
  );
}
