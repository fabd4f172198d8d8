/**
 * What crosses a boundary: editor ↔ worker and panel ↔ webview. Types only.
 *
 * RPC calls are derived from an interface: the method's name and its arguments travel, and
 * `{ ok }` or `{ err }` comes back (see base/rpc.ts).
 */
import type { DocumentApi } from './documents.ts';
import type { ExplainScope, Explanation } from './explanation.ts';
import type { GestureApi } from './gestures.ts';
import type { Alert, Anomaly, CascadeEdge, CascadeNode, Evidence, Report, RootCause, RuleTest } from './incident.ts';
import type {
  ClockOffset,
  CorrelationSummary,
  Entry,
  EntryRow,
  FileSummary,
  Hop,
  Level,
  LineToken,
  Micros,
  Occurrence,
  ServiceSummary,
  Severity,
  SkippedFile,
  TimeRange,
  Trace,
} from './model.ts';
import type { OverviewApi } from './overview.ts';

/** Which files make up a log, and what to assume where they are silent. */
export interface LogRequest {
  /** Absolute path of the folder that file names are relative to. */
  root: string;
  /** Absolute paths of files or folders to read; the root itself where absent. */
  paths?: string[];
  /** Globs over the relative path; a file named outright in `paths` is always read. */
  include?: string[];
  exclude?: string[];
  /** Zone of times that carry none: `UTC` (default), `+02:00` or an IANA name. */
  zone?: string;
  /** Year of times that carry none. */
  year?: number;
  /** Zones of times that carry none, by glob over the relative path; the first that matches counts, before `zone`. */
  timeZones?: Readonly<Record<string, string>>;
  /** Level words of the user's own. */
  levels?: Readonly<Record<string, Level>>;
  /** Keys that hold ids, or hold none although they look so; the last parts of a nested key are enough. */
  correlationKeys?: CorrelationKeys;
  /** Where indexes are kept for the next opening, and how much of them; nowhere where absent. */
  cache?: IndexCachePlace;
  /** The user's own formats by name, as the settings hold them: nothing of them is checked yet. */
  formats?: unknown;
  analysis?: AnalysisRules;
}

export interface IndexCachePlace {
  /** Absolute path. */
  folder: string;
  maxBytes: number;
}

export interface CorrelationKeys {
  include: readonly string[];
  exclude: readonly string[];
}

/** What the settings say of rules, as they hold it: nothing of it is checked yet. */
export interface AnalysisRules {
  rules?: unknown;
  symptoms?: unknown;
  muted?: unknown;
}

/** A rule that is to be silent on one kind of message. */
export interface TemplateMute {
  rule: string;
  template: string;
}

/** A way into a value of JSON: keys of objects and numbers of items. */
export type FormatPath = (string | number)[];

/** From the name of a setting on. */
export type SettingPath = FormatPath;

/** What is wrong in a setting. */
export interface SettingProblem {
  path: SettingPath;
  problem: string;
  /** False where what stands there is used all the same. */
  isRefused?: false;
}

/** What is wrong with one of the user's own formats. */
export interface FormatProblem {
  /** From the object that holds the formats by name. */
  path: FormatPath;
  problem: string;
  /** Whether the format is left out; else only a sample of it is read otherwise than it says. */
  isRefused: boolean;
}

export interface LogSummary {
  root: string;
  /** Grows with each re-index; entry numbers are valid within one generation. */
  generation: number;
  files: number;
  entries: number;
  bytes: number;
  unrecognisedLines: number;
  services: number;
  skipped: SkippedFile[];
  timeRange: TimeRange;
  formatProblems: FormatProblem[];
  /** The files whose lines are those of their unpacked content, which no editor shows of the file itself. */
  contents: { file: string; language: 'log' | 'jsonl' }[];
}

/** A stretch of whole lines of a file's content. */
export interface ContentLines {
  text: string;
  /** The line that the text begins with, from 1. */
  firstLine: number;
  /** Whether the text is all there is. */
  isWhole: boolean;
}

export interface Progress {
  doneBytes: number;
  totalBytes: number;
  file: string;
}

/** An id under the cursor. Columns from 1; `end` is the column after the last character. */
export interface IdAt {
  key: string;
  value: string;
  normalised: string;
  start: number;
  end: number;
}

/** A service as one file shows it: the numbers of a code lens. */
export interface FileServiceSummary {
  name: string;
  entries: number;
  errors: number;
  fatals: number;
  first: EntryRow;
  firstError: EntryRow | null;
  /** Over the entries with a duration; null below 20 of them. */
  p95Ms: number | null;
  /** The entry nearest to the p95, to jump to; null with it. */
  p95Entry: EntryRow | null;
}

/** `clocks`: the times of services are moved by what their clocks are apart, for display only. */
export type TimelineScope = { kind: 'incident' } | { kind: 'trace'; id: string; clocks?: 'applied' };

export interface TimelineRow {
  name: string;
  kind: 'service' | 'resource';
  entries: number;
  warnings: number;
  errors: number;
  fatals: number;
  onset: Micros | null;
  onsetCertainty: 'recorded' | 'inferred';
}

/** A bar: a recorded span, or one that log lines imply (`inferred`). */
export interface TimelineBar {
  row: number;
  from: Micros;
  to: Micros;
  name: string;
  inferred: boolean;
  error: boolean;
  entry: number;
}

export interface TimelineFlag {
  row: number;
  time: Micros;
  entry: number;
  severity: Severity;
  rule: string;
  /** In words, log text included: to be shown as text, never as markup. */
  message: string;
  oddity: boolean;
}

/** Entries by level over the whole range, in buckets of one even length. */
export interface TimelineHistogram {
  /** The start of the first bucket. */
  from: Micros;
  bucket: Micros;
  /** Seven counts a bucket: of each level in the order of LEVELS, then of entries without one. */
  counts: Uint32Array;
}

/** A call between two rows of a trace: from the caller's line to the callee's first of the call. */
export interface TimelineHop extends Pick<Hop, 'how' | 'lagMs'> {
  from: number;
  to: number;
  fromTime: Micros;
  toTime: Micros;
  /** From log lines; else spans record it. */
  inferred: boolean;
  /** The callee's line. */
  entry: number;
}

/** The picture without its entries; those come by the window (`TimelineMarks`). */
export interface TimelineModel {
  scope: TimelineScope;
  title: string;
  from: Micros;
  to: Micros;
  entries: number;
  histogram: TimelineHistogram;
  rows: TimelineRow[];
  bars: TimelineBar[];
  /** Of a trace only. */
  hops: TimelineHop[];
  flags: TimelineFlag[];
  edges: (Pick<CascadeEdge, 'confidence' | 'order' | 'lagMs' | 'support' | 'counterexamples'> & {
    from: number;
    to: number;
  })[];
  causes: (Pick<RootCause, 'name' | 'kind' | 'score' | 'evidence'> & { why: string })[];
  verdict: Report['verdict'];
  /** Of each row, by how many milliseconds its times are moved; null where they are as written. */
  shiftMs: number[] | null;
}

/**
 * The entries of a window, one mark per entry where they fit, else one per bucket and row:
 * parallel arrays, in order of time.
 */
export interface TimelineMarks {
  from: Micros;
  to: Micros;
  time: Float64Array;
  row: Uint16Array;
  /** Index in LEVELS of the worst level of the mark; 255 where none is known. */
  level: Uint8Array;
  count: Uint32Array;
  /** The entry the mark leads to: the first of the worst level in its bucket. */
  entry: Uint32Array;
  /** 1 where none of its entries holds the id of the trace: they are joined to it through what they share. */
  inferred: Uint8Array;
}

/** An entry that a query found. */
export interface SearchHit extends EntryRow {
  message: string;
}

/** What is wrong with a query, in words, and where in its text. */
export interface QueryFault {
  problem: string;
  start: number;
  end: number;
}

/** A query line with its last term completed. */
export interface QueryCompletion {
  query: string;
  label: string;
  kind: 'field' | 'value';
}

/** What a stretch of the log holds of what is looked for. */
export interface SearchPage {
  /** Of which the places in the log's order are; another one's go on nowhere. */
  generation: number;
  /** The first that match, with their text. */
  hits: SearchHit[];
  /** All that match, in order of time. */
  entries: Uint32Array;
  services: { name: string | null; entries: number }[];
  /** Where the next stretch begins; null when all of the log has been looked through. */
  next: number | null;
  /** What of the query is not asked of this log, in words. */
  notes: string[];
}

/** Something more frequent in a part of a log than in the rest. */
export interface Difference {
  kind: 'service' | 'level' | 'message' | 'field';
  /** Of a field its key, of a message its service; else null. */
  key: string | null;
  /** Of a message, its variables masked. */
  value: string;
  /** Entries with it, of so many on each side; of a sample of both where `isSampled`. */
  inside: number;
  ofInside: number;
  outside: number;
  ofOutside: number;
  /** How many times as frequent inside. */
  lift: number;
  isSampled: boolean;
  /** A selected entry that has it. */
  example: Evidence;
}

export interface Differences {
  selected: number;
  rest: number;
  /** Entries whose text alone tells whether they are selected, and which were too many to be read. */
  unread: number;
  /** At most five, the most telling first. */
  found: Difference[];
}

/** The engine as a worker offers it. Every call names the log by its root. */
export interface EngineApi extends GestureApi, DocumentApi, OverviewApi {
  open(request: LogRequest): Promise<LogSummary>;
  close(root: string): Promise<void>;
  /** What is wrong with formats of the user's own, whether or not a log is open. */
  checkFormats(formats: unknown): Promise<FormatProblem[]>;
  /** What is wrong with settings of rules, whether or not a log is open. */
  checkAnalysis(rules: AnalysisRules): Promise<SettingProblem[]>;
  /** From now on the log is judged by these; nothing of it is read again. */
  judge(root: string, rules: AnalysisRules): Promise<void>;
  /** What a rule is muted by on the entry's kind of message. */
  templateOf(root: string, entry: number): Promise<string>;
  /** Reads changed, new and vanished files again (absolute paths); all of the log without `paths`. */
  refresh(root: string, paths?: string[]): Promise<LogSummary>;
  files(root: string): Promise<FileSummary[]>;
  services(root: string): Promise<ServiceSummary[]>;
  fileServices(root: string, file: string): Promise<FileServiceSummary[]>;
  /** Entries of one file at ERROR (or at `from`) and above, of one service or (null) of all, in order of lines. */
  errors(root: string, file: string, service: string | null, limit: number, from?: Level): Promise<EntryRow[]>;
  /** Meanings inside lines of text, saved or not, as the parser sees them. */
  tokens(root: string, file: string, lines: string[]): Promise<LineToken[][]>;
  idAt(root: string, file: string, lineText: string, column: number): Promise<IdAt | null>;
  correlation(root: string, id: string): Promise<CorrelationSummary | null>;
  /** In order of time, then file, then line. */
  occurrences(root: string, id: string, limit: number): Promise<{ total: number; entries: Occurrence[] }>;
  /**
   * Entries that join the id's trace without holding it, in order of time; their places are those of the id that they
   * share with it. `unclear` counts entries that share one with other traces as well.
   */
  inferred(root: string, id: string, limit: number): Promise<{ total: number; unclear: number; entries: Occurrence[] }>;
  /** Ids whose text holds `text` (any id that equals it first); without text, traces, worst first. */
  findIds(root: string, text: string, limit: number): Promise<CorrelationSummary[]>;
  trace(root: string, id: string): Promise<Trace | null>;
  /** Who called whom in the id's trace, in order of time; none where the log does not hold the id. */
  hops(root: string, id: string): Promise<Hop[]>;
  /** How far clocks of services are apart, of each two with enough calls between them. */
  clocks(root: string): Promise<ClockOffset[]>;
  /** Looks through a stretch of the log, from a place in its order of time (0, then `next`), and shows `most` of what it finds. */
  search(root: string, query: string, from: number, most: number): Promise<SearchPage | QueryFault>;
  /** Fields and values that the last term of a query may become. */
  completions(root: string, query: string, most: number): Promise<QueryCompletion[]>;
  /** The entry that covers a line; null for a line that is no part of an entry. */
  entryAt(root: string, file: string, line: number): Promise<Entry | null>;
  entry(root: string, entry: number): Promise<Entry | null>;
  /** The content of a file, or of a large one what is around the line, up to so many bytes; null for no file of the log. */
  content(root: string, file: string, line: number, mostBytes: number): Promise<ContentLines | null>;
  /** The next (or previous) entry in time that shares the id. */
  neighbour(root: string, id: string, entry: number, step: 1 | -1): Promise<EntryRow | null>;
  report(root: string, range?: TimeRange): Promise<Report>;
  /** What of the entries for which the query holds, within the range, is more frequent than in all others. */
  differs(root: string, query: string, range: TimeRange): Promise<Differences | QueryFault>;
  /** The report as a story: each incident by itself, and what it did to whom; null where the log does not hold the id. */
  explain(root: string, scope: ExplainScope): Promise<Explanation | null>;
  /** Alerts that would have warned of what the log tells; `incident` is when it began, null for what the report says. */
  alerts(root: string, incident: Micros | null): Promise<Alert[]>;
  /** Rules that many systems have, as a rule file. */
  alertLibrary(root: string): Promise<string>;
  /** Tries the alert rules of a Prometheus or Loki rule file on the log; those of the library where it is null. */
  testRules(root: string, yaml: string | null, incident: Micros | null): Promise<RuleTest[]>;
  timeline(root: string, scope: TimelineScope): Promise<TimelineModel | null>;
  marks(root: string, scope: TimelineScope, from: Micros, to: Micros, buckets: number): Promise<TimelineMarks>;
}

/** What the worker tells the editor while it works. */
export interface EngineEventsApi {
  /** How far the reading of a log has come; some times a second, never for each piece read. */
  progress(root: string, progress: Progress): Promise<void>;
}

/** What the cascade panel asks of its host. */
export interface CascadeHostApi {
  model(scope: TimelineScope): Promise<TimelineModel | null>;
  marks(scope: TimelineScope, from: Micros, to: Micros, buckets: number): Promise<TimelineMarks>;
  /** Selects an entry: its fields come back, and the line is previewed in the editor. */
  select(entry: number, preview: boolean): Promise<Entry | null>;
  /** Opens the source line and moves the focus there. */
  open(entry: number, beside: boolean): Promise<void>;
}

/** What the host may tell the webview. */
export interface CascadeViewApi {
  show(scope: TimelineScope): Promise<void>;
  /** The log was re-indexed: ask for the model again. */
  changed(): Promise<void>;
  /** The cursor stands on this entry in an editor. */
  cursor(entry: number): Promise<void>;
}

export type { Anomaly, CascadeNode };
