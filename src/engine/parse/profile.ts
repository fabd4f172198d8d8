/**
 * What the head of a file tells about the whole: which envelopes its lines wear, which keys have which role.
 * A parser made from the same profile reads any line of the file alike, at any time and in any thread.
 */

import type { CorrelationKeys, LogRequest } from '../../protocol.ts';
import { idRankOf } from '../correlation/ownIdKeys.ts';
import { type LevelWords, ownLevels, withLevelWords } from '../formats/ownLevels.ts';
import { type FieldRoles, RoleInference } from '../formats/roles.ts';
import type { EnvelopeFormat, FieldFormat, Format, PatternFormat } from '../formats/spec.ts';
import { createPeeler } from './envelope.ts';
import type { FieldScanner } from './fieldScanner.ts';
import { JsonScanner } from './jsonScanner.ts';
import { splitLines } from './lines.ts';
import { LogfmtScanner } from './logfmtScanner.ts';

export interface FileProfile {
  /** Names of the envelopes, outermost first. */
  envelopes: string[];
  /** Null where the head holds no JSON record. */
  json: FieldRoles | null;
  /** Null where it holds no logfmt record. */
  logfmt: FieldRoles | null;
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
const MAX_DEPTH = 3;
/** An envelope is expected in the file when at least this share of the sampled lines wears it. */
const WORN = 0.2;

/** Looks at the whole lines in the head of a file. */
export function inferProfile(head: Uint8Array, formats: FormatSet): FileProfile {
  let lines: Uint8Array[] = [];
  splitLines(head, head.length, true, 0, {
    line(buffer, start, end) {
      if (end > start && lines.length < MAX_LINES) lines.push(buffer.subarray(start, end));
    },
  });
  const envelopes: string[] = [];
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const found = formats.envelopes.find((envelope) => {
      const peel = createPeeler(envelope);
      return lines.filter((line) => peel.peel(line, 0, line.length)).length >= Math.max(1, lines.length * WORN);
    });
    if (!found || lines.length === 0) break;
    envelopes.push(found.name);
    const peeler = createPeeler(found);
    lines = lines.map((line) =>
      peeler.peel(line, 0, line.length) ? peeler.bytes.slice(peeler.start, peeler.end) : line,
    );
  }
  return {
    envelopes,
    json: rolesOf(lines, new JsonScanner(), formats.json, formats),
    logfmt: rolesOf(lines, new LogfmtScanner(), formats.logfmt, formats),
  };
}

function rolesOf(
  lines: Uint8Array[],
  scanner: FieldScanner,
  formats: FieldFormat[],
  { levels, idKeys }: FormatSet,
): FieldRoles | null {
  const inference = new RoleInference(formats, idRankOf(idKeys), ownLevels(levels));
  for (const line of lines) if (scanner.scan(line, 0, line.length)) inference.add(scanner, line);
  return inference.records > 0 ? inference.roles() : null;
}
