/**
 * What a format is. Formats are data: a file in `builtin/` each, with sample lines that are its test.
 *
 * Kinds: `json` and `logfmt` name the keys of each role; `pattern` is a regular expression with named groups;
 * `envelope` is what a collector wrote around lines of any other format.
 */
import type { Level } from '../../model.ts';
import type { ScaleName } from './levels.ts';

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

/** What a key of a record made of fields may say, besides being an id. */
export const FIELD_ROLES = [
  'time',
  /** Nanoseconds of the second, beside a time in seconds. */
  'nanos',
  /** When the work began, or ended, that the record tells of: with its time, that is a duration. */
  'start',
  'end',
  'duration',
  'level',
  'service',
  /** Names the service where nothing else does, neither a key nor a collector. */
  'logger',
  'message',
  /** A message whose `{holes}` are filled by the record's other fields. */
  'template',
  /** Nothing, whatever its name or values suggest. */
  'none',
] as const;
export type FieldRole = (typeof FIELD_ROLES)[number];

/**
 * A record made of fields. A format with a signature knows its own records; the names of one without are
 * where the search begins in any record, and keys with other names are found by their values.
 */
export interface FieldFormat extends Common {
  kind: 'json' | 'logfmt';
  /** Keys that a record of this format has, all of them, and hardly any other record; of `a|b`, one. */
  signature?: string[];
  /** Dotted key names of each role, best first, compared without case. */
  names: Partial<Record<FieldRole, string[]>>;
  /** What numbers under the keys of `level` mean; without, their values tell. */
  scale?: ScaleName;
  /** The level of a record that tells none, by a key it has; the first that is there counts. */
  implied?: Record<string, Level>;
}

export interface PatternFormat extends Common {
  kind: 'pattern';
  /**
   * A regular expression (see ../parse/pattern/syntax.ts) whose named groups say what stands where: `time`
   * (left empty, it takes a time in any form), `level`, `service`, `message`, `trace`, `span` and any other
   * name of an id (`request_id`), `status` (of HTTP) and `priority` (of syslog) that give a level,
   * `duration_ms` and the like, `tail` (an object of JSON, or key=value pairs). Groups with other names are fields. A role that
   * stands in several places has numbered groups: `trace`, `trace2`.
   */
  pattern: string;
  /** Level words of its own. */
  levels?: Record<string, Level>;
  /** The share of a file's lines that must be of this format for it to be believed; without, one is enough. */
  share?: number;
}

export interface EnvelopeFormat extends Common {
  kind: 'envelope';
  /**
   * A prefix: groups `service` or `pod`, `time`, `level` or `priority` (of syslog), `stream`, `partial` (matched
   * where the record goes on in the next line of its stream), `tail` (key=value pairs whose ids count); what
   * follows the match is the record.
   */
  prefix?: string;
  /** The share of a file's lines that must wear it to be believed; without, one line is proof enough. */
  share?: number;
  /** Or a JSON object that holds the record in one key. */
  json?: { record: string; time: string };
  /** Or a record of JSON of any format, whose message is a record itself. */
  nested?: true;
  /** Of a prefix: what follows must be a record made of fields, with a level and a message or a time of its own. */
  fields?: true;
}

export type Format = FieldFormat | PatternFormat | EnvelopeFormat;

/** Whether a record with these keys (lower case) bears the signature of a format; one without has none to bear. */
export function bearsSignature(format: FieldFormat, has: (key: string) => boolean): boolean {
  return format.signature?.every((key) => has(key) || key.split('|').some(has)) ?? false;
}
