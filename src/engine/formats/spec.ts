/**
 * What a format is. Formats are data: a file in `builtin/` each, with sample lines that are its test.
 *
 * Kinds: `json` names the keys of each role; `pattern` is a regular expression with named groups;
 * `envelope` is what a collector wrote around lines of any other format.
 */
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { Level } from '../../model.ts';

export const ROLES = ['time', 'level', 'service', 'trace', 'span', 'message', 'logger', 'thread'] as const;
export type Role = (typeof ROLES)[number];

/** A line and what must be read from it; a key that is absent must not be found in the line. */
export interface Sample {
  line: string;
  /** RFC 3339. */
  time?: string;
  level?: Level;
  service?: string;
  trace?: string;
  message?: string;
}

interface Common {
  name: string;
  title: string;
  samples: Sample[];
}

export interface JsonFormat extends Common {
  kind: 'json';
  /** Dotted key names of each role, best first, compared without case. */
  names: Partial<Record<Role, string[]>>;
}

export interface PatternFormat extends Common {
  kind: 'pattern';
  /** Groups `time`, `level`, `service`, `trace`, `span`, `logger`, `thread`, `message`. */
  pattern: string;
}

export interface EnvelopeFormat extends Common {
  kind: 'envelope';
  /** A prefix: groups `service` or `pod`, and `time`; what follows the match is the record. */
  prefix?: string;
  /** Or a JSON object that holds the record in one key. */
  json?: { record: string; time: string };
}

export type Format = JsonFormat | PatternFormat | EnvelopeFormat;

/** Reads a format from its text; throws with what is wrong and where. */
export function parseFormat(text: string, origin: string): Format {
  const errors: ParseError[] = [];
  const format = parse(text, errors, { allowTrailingComma: true }) as Format;
  if (errors.length > 0) {
    const before = text.slice(0, errors[0].offset).split('\n');
    throw new Error(`${origin}:${before.length}:${before.at(-1)?.length}: ${printParseErrorCode(errors[0].error)}`);
  }
  if (!format?.name || !format.title) throw new Error(`${origin}: a format needs a name and a title`);
  if (!Array.isArray(format.samples) || format.samples.length === 0) {
    throw new Error(`${origin}: format ${format.name} has no samples; they are its test`);
  }
  if (format.kind === 'pattern') new RegExp(format.pattern, 'd');
  else if (format.kind === 'envelope') {
    if (!format.prefix === !format.json) throw new Error(`${origin}: an envelope has a prefix or json, one of them`);
  } else if (format.kind !== 'json') throw new Error(`${origin}: unknown kind of format`);
  return format;
}
