/**
 * The plain types everyone may import. Nothing here knows bytes, files on a disk or an editor.
 *
 * Lines and columns count from 1; columns are UTF-16 units, as in VS Code. Times are integer
 * microseconds since 1970-01-01T00:00:00Z in a `number` (exact past the year 2200).
 */

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];
export type Severity = 'error' | 'warning' | 'information' | 'hint';
/** Microseconds since the epoch, UTC. */
export type Micros = number;
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A place in a file. `file` is relative to the log's root, with `/`. */
export interface Position {
  file: string;
  line: number;
  column: number;
}

/** One correlation id of an entry: the key it stood under, as written, and as compared. */
export interface Id {
  key: string;
  value: string;
  normalised: string;
}

/** One value of an entry. Keys of nested objects are dotted; a repeated key gives several fields. */
export interface Field {
  key: string;
  value: Json;
}

/** What is known of an entry without reading its text again. */
export interface EntryRow extends Position {
  /** The entry's number in the index; valid for one generation of it. */
  entry: number;
  /** The last line of the entry, its continuation lines included. */
  endLine: number;
  timestamp: Micros | null;
  level: Level | null;
  service: string | null;
}

/** An entry with its text read back and taken apart. */
export interface Entry extends EntryRow {
  message: string;
  ids: Id[];
  fields: Field[];
}

/** What was taken for granted in a file whose times lack it; null where nothing was. */
export interface Assumed {
  zone: string | null;
  year: number | null;
}

export interface FileSummary {
  path: string;
  format: string;
  encoding: string;
  /** Its lines are those of its unpacked content, not those an editor shows of the file. */
  unpacked: boolean;
  /** Null for a file without recorded spans. */
  spans: SpanCounts | null;
  lines: number;
  entries: number;
  blankLines: number;
  continuationLines: number;
  unrecognisedLines: number;
  withTimestamp: number;
  withLevel: number;
  withService: number;
  withMessage: number;
  withId: number;
  from: Micros | null;
  to: Micros | null;
  assumed: Assumed;
}

/**
 * Recorded spans, and what is odd about them. A span may be odd in several ways; none of them keeps it from
 * being read.
 */
export interface SpanCounts {
  spans: number;
  /** The parent is not in the log: lost, not sampled, or of a service that reports elsewhere. */
  orphans: number;
  /** Spans that such orphans name as their parent, each counted once. */
  missingParents: number;
  /** The same span a second time; the two halves of a span that client and server share are no duplicates. */
  duplicates: number;
  /** Spans that are their own ancestor. */
  inCycles: number;
  /** Begins before its parent, or ends after it: skewed clocks, or work that nobody waits for. */
  outsideParent: number;
  /** Without a time, or with zero for one. */
  withoutTime: number;
}

export interface SkippedFile {
  path: string;
  reason: string;
}

export interface TimeRange {
  from: Micros | null;
  to: Micros | null;
}

export interface ServiceSummary {
  name: string;
  entries: number;
  /** Entries at ERROR and above, those at FATAL among them. */
  errors: number;
  fatals: number;
  firstSeen: Micros | null;
  lastSeen: Micros | null;
  /** The time of the first anomaly of the service. */
  firstAnomaly: Micros | null;
}

/** All that shares one id, in numbers. */
export interface CorrelationSummary {
  id: string;
  /** The key the id most often stands under. */
  key: string;
  entries: number;
  files: number;
  services: string[];
  from: Micros | null;
  to: Micros | null;
  worstLevel: Level | null;
  first: EntryRow;
  firstError: EntryRow | null;
}

/** An entry that holds an id, or (inferred) one through which it joins the id's trace, and where in it that id stands. */
export interface Occurrence extends EntryRow {
  message: string;
  /** Places of the id inside the entry: line, first column, column after the last. */
  ranges: { line: number; start: number; end: number }[];
  joined: 'recorded' | 'inferred';
}

/** Keys that the line of every recorded span has; its file then counts `spans`. */
export const SPAN_KEYS = ['type', 'trace_id', 'name'] as const;

/** A recorded span. Its line is where it stands in the log. */
export interface Span {
  id: string;
  parent: string | null;
  service: string | null;
  operation: string;
  /** Null where the tracer gave none, or zero. */
  start: Micros | null;
  durationMs: number;
  selfMs: number;
  error: boolean;
  file: string;
  line: number;
}

/**
 * One service calls another. Spans record it; else log lines imply it: a field that names the peer, a sentence that
 * does, or (`order`) only that one was asked between two lines of the other.
 */
export interface Hop {
  caller: string;
  /** A service of the log, or the name by which lines call one that never logs. */
  callee: string;
  joined: 'recorded' | 'inferred';
  how: 'span' | 'peer' | 'mention' | 'order';
  /** The caller's line; null where only the callee tells of the call. */
  from: EntryRow | null;
  /** The callee's first line of the call; null where it has none. */
  to: EntryRow | null;
  /** From the begin of the call to `to`, by clocks that may differ; null where one of them is not known. */
  lagMs: number | null;
}

/**
 * How far a service's clock is ahead of another's, as an interval; a bound is null where the log does not tell. Both
 * are where calls between the two are undetermined.
 */
export interface ClockOffset {
  reference: string;
  service: string;
  lowMs: number | null;
  highMs: number | null;
  /** How many calls were looked at, and how many of them agree. */
  calls: number;
  agreeing: number;
  /** Lines of one call: of who calls, and of who is called. */
  example: [EntryRow, EntryRow];
}

/** The id through which an entry joins a trace whose own id it does not hold. */
export interface JoinedVia {
  key: string;
  id: string;
  /** To how many traces the entry's ids lead; only the one it joins is likely. */
  traces: number;
}

/** An entry of a trace; `via` is null for one that holds the trace's id. */
export interface TraceEntry extends Entry {
  joined: 'recorded' | 'inferred';
  via: JoinedVia | null;
}

export interface Trace {
  id: string;
  key: string;
  /** In order of time. */
  entries: TraceEntry[];
  /** Entries that share an id with the trace, but as well with others: they are not among its entries. */
  unclear: number;
  /** Recorded spans only; what a log line implies is not among them. */
  spans: Span[];
  criticalPath: string[];
  /** Who called whom, in order of time. */
  hops: Hop[];
  services: string[];
  /** From the first recorded entry to the end of the last. */
  durationMs: number | null;
}

export type TokenRole = 'time' | 'level' | 'service' | 'id' | 'message' | 'key' | 'value';

/** A piece of a line with a meaning. `start` counts from 0 in UTF-16 units. */
export interface LineToken {
  start: number;
  length: number;
  role: TokenRole;
  /** For role `level`. */
  level?: Level;
}
