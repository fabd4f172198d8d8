/**
 * What the editor's own gestures ask of the engine: symbols, the outline, folding, neighbours, calls. Types only, and a
 * part of the engine's API (protocol.ts).
 */
import type { EntryRow, Hop, Level, Micros, Occurrence } from './model.ts';

/** A name to jump to by: an id, a service, an operation of recorded spans, or a message with its variables masked. */
export interface LogSymbol {
  kind: 'id' | 'service' | 'operation' | 'message';
  name: string;
  /** Of an id, the key it stands under. */
  key: string | null;
  entries: number;
  worstLevel: Level | null;
  /** In order of time. */
  first: EntryRow;
}

/** What one file holds, for its outline. */
export interface FileOutline {
  /** Those with the most entries first. */
  services: { name: string; entries: number; errors: number; first: EntryRow }[];
  /** Those with errors first, as many as were asked for; then in order of lines. */
  traces: OutlinedTrace[];
  incidents: OutlinedIncident[];
}

export interface OutlinedTrace {
  id: string;
  key: string;
  /** Within the file. */
  entries: number;
  errors: number;
  /** The first error in the file, or else the first entry. */
  at: EntryRow;
}

/** The stretch of the file that was written during an incident. */
export interface OutlinedIncident {
  from: Micros;
  to: Micros;
  anomalies: number;
  firstLine: number;
  lastLine: number;
}

/** Lines, from 1, that belong together and follow each other; none crosses another. */
export interface Fold {
  firstLine: number;
  lastLine: number;
  kind: 'entry' | 'trace' | 'template';
}

/** A place in a source file, as a stack frame or a message names it. `start` and `end` count from 0 in UTF-16 units. */
export interface SourcePlace {
  start: number;
  end: number;
  /** With `/` between its parts, which may be those of another machine. */
  path: string;
  line: number;
  column: number | null;
}

/** An entry and its neighbours in order of time. */
export interface Surroundings {
  entry: EntryRow;
  /** The last time of the log. */
  logEnd: Micros | null;
  /** Of its leading id; null where it has none. */
  trace: (Neighbours & { key: string; id: string }) | null;
  service: (Neighbours & { name: string }) | null;
}

export interface Neighbours {
  previous: EntryRow | null;
  next: EntryRow | null;
}

export interface LevelCount {
  level: Level;
  inFile: number;
  inLog: number;
}

/** What a field holds, from a sample of the entries that have it. */
export interface FieldValues {
  key: string;
  /** That have the field. */
  entries: number;
  sampled: number;
  /** Different values in the sample. */
  distinct: number;
  /** Where all values of the sample are numbers. */
  numbers: { least: number; median: number; most: number } | null;
  /** The most frequent of the sample. */
  values: { text: string; count: number }[];
}

/** Which services of a trace called which. */
export interface TraceCalls {
  id: string;
  key: string;
  /** In order of their first entry. */
  services: { name: string; entries: number; errors: number; first: EntryRow }[];
  calls: ServiceCall[];
}

export interface ServiceCall {
  from: string;
  to: string;
  count: number;
  medianLagMs: number | null;
  /** How its calls are known; each way once. */
  how: Hop['how'][];
  /** Lines of the caller that tell of a call, the first ones of many. */
  callers: EntryRow[];
  /** First lines of the calls in the callee. */
  callees: EntryRow[];
}

/** The part of the engine's API behind gestures. Every call names the log by its root. */
export interface GestureApi {
  /** Names that hold `text`; services and operations only where it is too short to tell ids apart. */
  symbols(root: string, text: string, limit: number): Promise<LogSymbol[]>;
  /** Null for no file of the log. */
  outline(root: string, file: string, mostTraces: number): Promise<FileOutline | null>;
  /** In order of lines. */
  foldings(root: string, file: string, limit: number): Promise<Fold[]>;
  /** The first error of the entries that hold the id, else of those that join its trace; null where nothing failed. */
  firstFailure(root: string, id: string): Promise<Occurrence | null>;
  /** Where a trace goes on from an entry: the begin of the calls that it tells of, else of its service's next call. */
  callees(root: string, id: string, entry: number): Promise<EntryRow[]>;
  /** Places of source files in lines of text, whether or not there are such files. */
  sourcePlaces(root: string, lines: string[]): Promise<SourcePlace[][]>;
  /** Null for a line that is no part of an entry. */
  surroundings(root: string, file: string, line: number): Promise<Surroundings | null>;
  /** From the worst level down, without those that no entry has. */
  levelCounts(root: string, file: string): Promise<LevelCount[]>;
  /** Of a key as it stands in the entry, dotted; null where no entry has it. */
  fieldValues(root: string, key: string): Promise<FieldValues | null>;
  /** The next (or previous) entry in time of the same service, or that is an error. */
  step(root: string, entry: number, along: 'service' | 'error', step: 1 | -1): Promise<EntryRow | null>;
  /** Null for an id that the log does not hold. */
  calls(root: string, id: string): Promise<TraceCalls | null>;
  /** A trace's id as other tools know it; null for an id that leads no trace. */
  outsideId(root: string, id: string): Promise<string | null>;
}
