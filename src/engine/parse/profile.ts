/**
 * What the head of a file tells about the whole: which envelopes its lines wear, which keys have which role.
 * A parser made from the same profile reads any line of the file alike, at any time and in any thread.
 */

import { decodeUtf8 } from '../../base/utf8.ts';
import type { CorrelationKeys, LogRequest } from '../../protocol.ts';
import { idKeyRank } from '../correlation/idKeys.ts';
import { idRankOf } from '../correlation/ownIdKeys.ts';
import { patternOfHeader } from '../formats/columnHeader.ts';
import { type LevelWords, ownLevels, withLevelWords } from '../formats/ownLevels.ts';
import { type FieldRoles, RoleInference } from '../formats/roles.ts';
import type { EnvelopeFormat, FieldFormat, Format, PatternFormat } from '../formats/spec.ts';
import { Clock } from './clock.ts';
import { isColoured, withoutColours } from './colours.ts';
import { createPeeler, peelAll } from './envelope.ts';
import type { FieldScanner } from './fieldScanner.ts';
import { JsonScanner } from './jsonScanner.ts';
import { objectEnd, splitLines } from './lines.ts';
import { LineTime } from './lineTime.ts';
import { LogfmtScanner } from './logfmtScanner.ts';
import { NameTable } from './nameTable.ts';
import { Matcher } from './pattern/matcher.ts';
import { programOf } from './pattern/programs.ts';
import { LineRecord } from './record.ts';
import { beginsList, recordsOnLine } from './recordsOnLine.ts';

export interface FileProfile {
  /** Names of the envelopes, outermost first. */
  envelopes: string[];
  /** Null where the head holds no JSON record. */
  json: FieldRoles | null;
  /** Null where it holds no logfmt record. */
  logfmt: FieldRoles | null;
  /** Names of the text formats met, in the order in which they are tried; the others are tried after them. */
  text: string[];
  /** The pattern that a line of the file tells by naming the columns below it. */
  columns?: string;
  /** Whether lines are coloured for a terminal. */
  isColoured: boolean;
  /** Whether dates like `05/11/2026` begin with the day; told by those whose numbers leave no choice. */
  isDayFirst?: boolean;
}

export interface FormatSet {
  json: FieldFormat[];
  /** What is known of JSON's keys holds for logfmt's as well. */
  logfmt: FieldFormat[];
  patterns: PatternFormat[];
  envelopes: EnvelopeFormat[];
  /** How many of the patterns are the user's own: these are tried before anything else. */
  ownPatterns: number;
  levels?: LevelWords;
  idKeys?: CorrelationKeys;
}

/** Names of the user's own. */
export type OwnNames = Pick<LogRequest, 'levels' | 'correlationKeys'>;

/** `own`: how many of the formats, from the first on, are the user's. */
export function formatSet(formats: readonly Format[], names: OwnNames = {}, own = 0): FormatSet {
  const { levels, correlationKeys } = names;
  const isPattern = (format: Format): format is PatternFormat => format.kind === 'pattern';
  const ofKind = (kind: FieldFormat['kind']) => formats.filter((format): format is FieldFormat => format.kind === kind);
  return {
    json: ofKind('json'),
    logfmt: [...ofKind('logfmt'), ...ofKind('json')],
    patterns: formats.filter(isPattern).map((format) => {
      return levels ? { ...format, pattern: withLevelWords(format.pattern, levels) } : format;
    }),
    envelopes: formats.filter((format) => format.kind === 'envelope'),
    ownPatterns: formats.slice(0, own).filter(isPattern).length,
    ...(levels && { levels }),
    ...(correlationKeys && { idKeys: correlationKeys }),
  };
}

const MAX_LINES = 1000;
const LAST_RESORT = 'timed-text';

/** Looks at the whole lines in the head of a file. */
export function inferProfile(head: Uint8Array, formats: FormatSet): FileProfile {
  const sample: Uint8Array[] = [];
  splitLines(head, head.length, true, 0, {
    line(buffer, start, end) {
      if (end > start && sample.length < MAX_LINES) sample.push(buffer.subarray(start, end));
    },
  });
  // Colours of a collector's prefix stand before the envelope.
  const uncoloured = sample.map(plain);
  const worn = envelopesOf(uncoloured, formats);
  const envelopes = worn.map(({ name }) => name);
  const lines = worn.length === 0 ? sample : peeled(uncoloured, worn, formats).lines;
  const text = lines.filter((line) => line[0] !== 0x7b && !beginsList(line, 0, line.length)).map(plain);
  const columns = columnsOf(text);
  return {
    envelopes,
    ...(columns !== null && { columns }),
    text: textFormatsOf(text, formats.patterns),
    isColoured: sample.some((line) => isColoured(line, 0, line.length)),
    ...(isDayFirst(lines) && { isDayFirst: true }),
    json: rolesOf(lines, new JsonScanner(), formats.json, formats),
    logfmt: rolesOf(lines, new LogfmtScanner(), formats.logfmt, formats),
  };
}

/** Records of a kind that make up less of the sample are strays. */
const COMMON = 0.2;

function rolesOf(
  lines: Uint8Array[],
  scanner: FieldScanner,
  formats: FieldFormat[],
  all: FormatSet,
): FieldRoles | null {
  const inference = new RoleInference(formats, idRankOf(all.idKeys), ownLevels(all.levels));
  for (const line of lines) {
    const places = recordsOnLine(line, 0, line.length) ?? [0, objectEnd(line, 0, line.length)];
    for (let i = 0; i < places.length; i += 2) {
      if (scanner.scan(line, places[i], places[i + 1])) inference.add(scanner, line);
    }
  }
  // Lines of pairs also stand among text, below what they belong to: so few of them tell nothing of a time or a message.
  const some = Math.max(1, formats === all.logfmt ? lines.length * COMMON : 1);
  return inference.records >= some ? inference.roles() : null;
}

/** So far into a line its date is looked for. */
const DATE_WITHIN = 200;

function isDayFirst(lines: readonly Uint8Array[]): boolean {
  let days = 0;
  for (const line of lines) {
    const text = Buffer.from(line.subarray(0, DATE_WITHIN)).toString('latin1');
    const date = /(?<![\d/.])(\d\d?)([/.])(\d\d?)(?:\2\d{4})?,? \d\d?:\d\d/.exec(text);
    if (!date) continue;
    const [first, second] = [Number(date[1]), Number(date[3])];
    if (first > 12 && first <= 31 && second <= 12) days++;
    else if (first <= 12 && second > 12) days--;
  }
  return days > 0;
}

function plain(line: Uint8Array): Uint8Array {
  if (!isColoured(line, 0, line.length)) return line;
  const target = new Uint8Array(line.length);
  return target.subarray(0, withoutColours(line, 0, line.length, target));
}

/** A header stands at the top of a file, below a few lines of remarks; a later one repeats it. */
const HEADER_WITHIN = 20;

function columnsOf(lines: readonly Uint8Array[]): string | null {
  for (const line of lines.slice(0, HEADER_WITHIN)) {
    const pattern = patternOfHeader(decodeUtf8(line));
    if (pattern !== null) return pattern;
  }
  return null;
}

/**
 * The formats of the lines, but for the one that takes whatever begins with a time: tried early, it would hide
 * those that the head does not hold.
 */
function textFormatsOf(lines: readonly Uint8Array[], patterns: readonly PatternFormat[]): string[] {
  const time = new LineTime();
  const matchers = patterns.map(({ pattern }) => new Matcher(programOf(pattern), time));
  const counts = new Map<PatternFormat, number>();
  for (const line of lines) {
    time.forget();
    const found = patterns[matchers.findIndex((matcher) => matcher.match(line, 0, line.length))];
    if (found) counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  const met = patterns.filter(
    (pattern) => (counts.get(pattern) ?? 0) >= Math.max(1, lines.length * (pattern.share ?? 0)),
  );
  const last = patterns.findIndex(({ name }) => name === LAST_RESORT);
  return met.filter((pattern) => last < 0 || patterns.indexOf(pattern) !== last).map(({ name }) => name);
}

/** The envelopes that the lines wear, those outside first. */
function envelopesOf(sample: readonly Uint8Array[], formats: FormatSet): EnvelopeFormat[] {
  const { worn } = peeled(sample, formats.envelopes, formats);
  const found = formats.envelopes.filter(
    ({ name, share }) => (worn.get(name)?.count ?? 0) >= Math.max(1, sample.length * (share ?? 0)),
  );
  const depth = ({ name }: EnvelopeFormat) => (worn.get(name)?.depth ?? 0) / (worn.get(name)?.count ?? 1);
  return found.sort((a, b) => depth(a) - depth(b));
}

/** The lines without their envelopes; of each envelope how many wear it, and how deep inside others in sum. */
function peeled(sample: readonly Uint8Array[], envelopes: readonly EnvelopeFormat[], formats: FormatSet) {
  const tools = {
    formats,
    clock: new Clock({ zone: 'UTC', year: null, path: '' }),
    services: new NameTable(),
    idKeys: new NameTable(),
    idRank: idKeyRank,
  };
  const peelers = envelopes.map((envelope) => createPeeler(envelope, tools));
  const worn = new Map<string, { count: number; depth: number }>();
  const record = new LineRecord();
  const lines = sample.map((line) => {
    record.reset(line, 0, line.length);
    let depth = 0;
    peelAll(peelers, record, ({ name }) => {
      const one = worn.get(name) ?? { count: 0, depth: 0 };
      worn.set(name, { count: one.count + 1, depth: one.depth + depth++ });
    });
    return record.bytes.slice(record.start, record.end);
  });
  return { lines, worn };
}
