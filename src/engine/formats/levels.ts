/** Severity words and numbers as loggers write them. */
import { encodeUtf8 } from '../../base/utf8.ts';
import { LEVELS, type Level } from '../../model.ts';
import { NO_LEVEL } from '../index/log.ts';

/** Words of java.util.logging, Python, Go, .NET, Node and syslog, lower-cased. */
const WORDS: Record<Level, string[]> = {
  trace: ['trace', 'trc', 'verbose', 'vrb', 'finest', 'finer', 'silly', 't', 'v'],
  debug: ['debug', 'dbg', 'dbug', 'fine', 'config', 'http', 'd'],
  info: ['info', 'information', 'informational', 'inf', 'notice', 'note', 'success', 'log', 'i'],
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
  // What stands between two levels is written ERROR+2 by slog and ERROR2 by OpenTelemetry: the word counts.
  let stop = start;
  while (stop < end && (buffer[stop] | 0x20) >= 0x61 && (buffer[stop] | 0x20) <= 0x7a) stop++;
  if (stop < end && !isStep(buffer, stop, end)) return NO_LEVEL;
  if (stop === start) return NO_LEVEL;
  const recent = recentSlot(buffer, start, stop);
  if (isRecent(recent, buffer, start, stop)) return recentLevel[recent];
  const hash = wordHash(buffer, start, stop);
  const level = hash < 0 ? NO_LEVEL : (byHash.get(hash) ?? NO_LEVEL);
  keepRecent(recent, buffer, start, stop, level);
  return level;
}

/** Words met, as written: a log uses few, and comparing one with the last of its kind is quicker than hashing it. */
const RECENT = 64;
const recentLength = new Uint8Array(RECENT);
const recentLevel = new Uint8Array(RECENT);
const recentBytes = new Uint8Array(RECENT * LONGEST);

function recentSlot(buffer: Uint8Array, start: number, end: number): number {
  return (buffer[start] * 5 + (end - start) + buffer[end - 1] * 11) & (RECENT - 1);
}

function isRecent(slot: number, buffer: Uint8Array, start: number, end: number): boolean {
  if (recentLength[slot] !== end - start) return false;
  for (let i = 0, at = slot * LONGEST; i < end - start; i++)
    if (recentBytes[at + i] !== buffer[start + i]) return false;
  return true;
}

function keepRecent(slot: number, buffer: Uint8Array, start: number, end: number, level: number): void {
  recentLength[slot] = end - start;
  recentLevel[slot] = level;
  for (let i = 0; i < end - start; i++) recentBytes[slot * LONGEST + i] = buffer[start + i];
}

/** `+2`, `-1` or `3` behind a word. A letter alone takes none: `E2` and `F1` are names. */
function isStep(buffer: Uint8Array, start: number, end: number): boolean {
  const signed = buffer[start] === 0x2b || buffer[start] === 0x2d;
  const from = signed ? start + 1 : start;
  for (let at = from; at < end; at++) if (buffer[at] < 0x30 || buffer[at] > 0x39) return false;
  return signed || end - from === 1;
}

/** What numbers mean as levels: each level from its number on, up to `top`. */
export interface Scale {
  readonly steps: readonly number[];
  /** Of each step, its index in LEVELS. */
  readonly levels: readonly number[];
  readonly top: number;
}

function scale(top: number, ...steps: [number, Level][]): Scale {
  return { steps: steps.map(([step]) => step), levels: steps.map(([, level]) => LEVELS.indexOf(level)), top };
}

/** Named for those that brought a scale into the world; others took it over. */
export const SCALES = {
  bunyan: scale(60, [10, 'trace'], [20, 'debug'], [30, 'info'], [40, 'warn'], [50, 'error'], [60, 'fatal']),
  syslog: scale(7, [0, 'fatal'], [3, 'error'], [4, 'warn'], [5, 'info'], [7, 'debug']),
  otlp: scale(24, [1, 'trace'], [5, 'debug'], [9, 'info'], [13, 'warn'], [17, 'error'], [21, 'fatal']),
  appInsights: scale(4, [0, 'trace'], [1, 'info'], [2, 'warn'], [3, 'error'], [4, 'fatal']),
  python: scale(50, [5, 'trace'], [10, 'debug'], [20, 'info'], [30, 'warn'], [40, 'error'], [50, 'fatal']),
  logback: scale(40000, [5000, 'trace'], [10000, 'debug'], [20000, 'info'], [30000, 'warn'], [40000, 'error']),
  monolog: scale(
    600,
    [100, 'debug'],
    [200, 'info'],
    [250, 'info'],
    [300, 'warn'],
    [400, 'error'],
    [500, 'fatal'],
    [550, 'fatal'],
    [600, 'fatal'],
  ),
  gcp: scale(800, [100, 'debug'], [200, 'info'], [400, 'warn'], [500, 'error'], [600, 'fatal']),
} as const;

export type ScaleName = keyof typeof SCALES;

/** The index in LEVELS of a number on a scale; NO_LEVEL outside of it. */
export function levelOnScale(value: number, { steps, levels, top }: Scale): number {
  if (!(value >= steps[0] && value <= top)) return NO_LEVEL;
  let at = 0;
  while (at + 1 < steps.length && value >= steps[at + 1]) at++;
  return levels[at];
}

/** Keys whose name alone tells their scale, by their last word or two, lower-cased and joined. */
const SCALE_OF_KEY: readonly (readonly [RegExp, ScaleName])[] = [
  [/severitynumber$/, 'otlp'],
  [/severitylevel$/, 'appInsights'],
  [/(?:levelno|levelnumber)$/, 'python'],
  [/levelvalue$/, 'logback'],
  [/(?:priority|syslogseverity|syslogseveritycode)$/, 'syslog'],
];

export function scaleOfKey(key: string): ScaleName | null {
  const joined = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  return SCALE_OF_KEY.find(([pattern]) => pattern.test(joined))?.[1] ?? null;
}

/** Scales whose own steps lie far enough apart to be known by their values; the rarer after the commoner. */
const BY_VALUES: readonly ScaleName[] = ['bunyan', 'syslog', 'otlp', 'logback', 'monolog'];

/** The scale that a key's values are on, as far as they tell; null where they are on none. */
export function scaleOfValues(values: readonly number[]): ScaleName | null {
  if (values.length === 0) return null;
  return (
    BY_VALUES.find((name) => {
      const { steps, top } = SCALES[name];
      if (!values.every((value) => Number.isInteger(value) && levelOnScale(value, SCALES[name]) !== NO_LEVEL))
        return false;
      // Loggers put levels of their own between two steps; a key that mostly does so holds something else.
      return top < 30 || values.filter((value) => steps.includes(value)).length * 2 > values.length;
    }) ?? null
  );
}

/** A number whose scale nothing tells: Bunyan's and Pino's tens, or syslog's, which never meet. */
export function levelOfNumber(value: number): number {
  if (value >= 10) return value % 10 === 0 ? levelOnScale(value, SCALES.bunyan) : NO_LEVEL;
  return levelOnScale(value, SCALES.syslog);
}
