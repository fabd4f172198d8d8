/**
 * What views and comparisons ask of the engine: its lists by the page, and one trace beside another. Types only, and a
 * part of the engine's API (protocol.ts).
 */
import type { EntryRow, Level, Micros } from './model.ts';

/** A service over the whole log. */
export interface ServiceTrend {
  name: string;
  entries: number;
  /** Entries at ERROR and above, those at FATAL among them. */
  errors: number;
  fatals: number;
  first: EntryRow;
  firstError: EntryRow | null;
  lastSeen: Micros | null;
  /** Entries in stretches of one even length, which together are the time of the whole log. */
  trend: number[];
}

/** Worst level, time of the first error, duration (longest first) or time of the first entry. */
export type TraceOrder = 'worst' | 'firstError' | 'duration' | 'time';

export interface TraceQuery {
  order: TraceOrder;
  /** What the id, a service or a message (its variables masked) must hold; empty for all traces. */
  text: string;
}

/** A trace in a list; in a log without traces any id that several entries share. */
export interface TraceRow {
  id: string;
  key: string;
  entries: number;
  errors: number;
  services: string[];
  from: Micros | null;
  /** From the first entry to the last, or to the end of the last recorded span. */
  durationMs: number | null;
  worstLevel: Level | null;
  first: EntryRow;
  firstError: EntryRow | null;
}

export interface TracePage {
  /** All that match. */
  total: number;
  traces: TraceRow[];
}

export interface IdKeySummary {
  key: string;
  values: number;
  /** Over all values; an entry with several counts several times. */
  entries: number;
  /** Whether ids under it lead entries, as a trace's do. */
  leads: boolean;
}

export interface IdValuePage {
  total: number;
  values: { id: string; entries: number; first: EntryRow }[];
}

/** What is known of one of two compared traces. */
export interface ComparedTrace {
  id: string;
  key: string;
  entries: number;
  /** Of very many entries only the first are compared. */
  leftOut: number;
  services: number;
  durationMs: number | null;
  worstLevel: Level | null;
}

/** A step that both traces have, or (null) only one of them. */
export interface ComparedStep {
  /** The template of what both say; the message of what only one does: log text. */
  text: string;
  left: EntryRow | null;
  right: EntryRow | null;
  /** Milliseconds: what the entries say that their work took, or the time since the last step that both have. */
  took: { left: number; right: number; isSaid: boolean } | null;
  isSlower: boolean;
}

export interface ComparedService {
  name: string | null;
  steps: ComparedStep[];
}

/** A trace (right) beside one that went well. */
export interface Comparison {
  left: ComparedTrace;
  right: ComparedTrace;
  services: ComparedService[];
}

/** The part of the engine's API. Every call names the log by its root. */
export interface OverviewApi {
  /** The most troubled first. */
  serviceTrends(root: string): Promise<ServiceTrend[]>;
  /** A stretch of the list of traces. */
  traces(root: string, query: TraceQuery, from: number, count: number): Promise<TracePage>;
  /** The keys of ids, those of traces first. */
  idKeys(root: string): Promise<IdKeySummary[]>;
  /** The ids under a key, those of the most entries first. */
  idValues(root: string, key: string, from: number, count: number): Promise<IdValuePage>;
  /**
   * The id's trace beside another, or (null) the nearest healthy one of its kind; null where there is none such, or no
   * such id. Any id may be asked: an order's, where there are no traces.
   */
  compare(root: string, id: string, other: string | null): Promise<Comparison | null>;
}
