/** Severity words and numbers as loggers write them. */
import { encodeUtf8 } from '../../base/utf8.ts';
import { LEVELS, type Level } from '../../model.ts';
import { NO_LEVEL } from '../index/log.ts';

/** Words of java.util.logging, Python, Go, .NET, Node and syslog, lower-cased. */
const WORDS: Record<Level, string[]> = {
  trace: ['trace', 'trc', 'verbose', 'vrb', 'finest', 'finer', 'silly', 't', 'v'],
  debug: ['debug', 'dbg', 'dbug', 'fine', 'config', 'd'],
  info: ['info', 'information', 'informational', 'inf', 'notice', 'note', 'i'],
  warn: ['warn', 'warning', 'wrn', 'w'],
  error: ['error', 'err', 'severe', 'eror', 'fail', 'e'],
  fatal: ['fatal', 'ftl', 'critical', 'crit', 'crt', 'panic', 'dpanic', 'alert', 'emerg', 'emergency', 'f', 'c'],
};

const LONGEST = 16;

const byHash = new Map<number, number>();
for (const [index, level] of LEVELS.entries()) {
  for (const word of WORDS[level]) byHash.set(wordHash(encodeUtf8(word), 0, word.length), index);
}

/** Base 32 of the letters: words of up to ten never meet, and longer ones differ in their heads. */
function wordHash(buffer: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) {
    const c = buffer[i] | 0x20;
    if (c < 0x61 || c > 0x7a) return -1;
    hash = hash * 32 + (c - 0x60);
  }
  return hash;
}

/**
 * The index in LEVELS of the word in buffer[start, end), whatever its case; of a number, as Bunyan and
 * Pino write (10 to 60). NO_LEVEL where it is neither.
 */
export function levelAt(buffer: Uint8Array, start: number, end: number): number {
  if (end <= start || end - start > LONGEST) return NO_LEVEL;
  const first = buffer[start];
  if (first >= 0x30 && first <= 0x39)
    return end - start === 2 && buffer[start + 1] === 0x30 ? levelOfNumber((first - 0x30) * 10) : NO_LEVEL;
  // slog writes levels between its own as ERROR+2: the word counts.
  let stop = start;
  while (stop < end && buffer[stop] !== 0x2b && buffer[stop] !== 0x2d) stop++;
  const hash = wordHash(buffer, start, stop);
  return hash < 0 ? NO_LEVEL : (byHash.get(hash) ?? NO_LEVEL);
}

/** Bunyan's and Pino's numbers: 10 trace, 20 debug, … 60 fatal. */
export function levelOfNumber(value: number): number {
  return value >= 10 && value <= 60 && value % 10 === 0 ? value / 10 - 1 : NO_LEVEL;
}
