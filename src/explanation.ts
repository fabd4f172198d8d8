/** The plain types of an explained incident: what the report of it says, and what it did to whom. */
import type { Evidence, Incident, MissingStep, Report, RootCause } from './incident.ts';
import type { Hop, Level, Micros, TimeRange } from './model.ts';
import type { Comparison } from './overview.ts';

/** Of what an explanation is asked: of all that is open, of a time (both ends belong to it), or of one id. */
export type ExplainScope =
  | { kind: 'log' }
  | { kind: 'range'; from: Micros | null; to: Micros | null }
  | { kind: 'trace'; id: string };

/** What something is worth; of two currencies there is no sum. */
export interface Worth {
  currency: string | null;
  total: number;
  /** How many of them tell their amount. */
  entities: number;
}

/** An order, a payment: whatever the log follows by an id of its own, and one trace or two get done. */
export interface FailedEntity {
  id: string;
  amount: number | null;
  currency: string | null;
  /** The first line at ERROR or above that holds it, or that its trace has. */
  failure: Evidence;
}

/** Entities of one kind. One counts as failed where it, or a trace it is part of, has an entry at ERROR or above. */
export interface EntityImpact {
  /** What its ids are called in the log, in lower case and without `id`: `order`. */
  kind: string;
  total: number;
  failed: number;
  /** How many of those that failed were read for what they are worth. */
  looked: number;
  amounts: Worth[];
  /** The first of them in order of time. */
  examples: FailedEntity[];
}

/** What happened, in numbers. What the log does not tell is null or not there, and never zero. */
export interface Impact {
  range: TimeRange;
  entries: number;
  errors: number;
  fatals: number;
  /** Null where no entry has a trace id. */
  traces: { total: number; failed: number } | null;
  /** The kind that matters most first; none where entries have no such ids. */
  entities: EntityImpact[];
  /** Who met a failure; null where entries have no ids of persons. */
  users: { kind: string; total: number; affected: number } | null;
}

/** One incident, analysed by itself. Those that overlap cannot be parted by time, and stand together. */
export interface ExplainedIncident {
  incidents: Incident[];
  /** Of the time of the incident; of the whole log where that has no other and names its cause. */
  report: Report;
  impact: Impact;
}

/** A line of a trace that tells how it went. */
export interface TraceEvent extends Evidence {
  level: Level | null;
  service: string | null;
}

export interface ExplainedTrace {
  id: string;
  key: string;
  entries: number;
  services: string[];
  from: Micros | null;
  durationMs: number | null;
  worstLevel: Level | null;
  /** Its first and last line, and those at WARN and above between them; `leftOut` counts more of these. */
  events: TraceEvent[];
  leftOut: number;
  hops: Hop[];
  /** Beside the nearest healthy one; null where there is none. */
  comparison: Comparison | null;
  missing: MissingStep[];
  /** Of the whole log's causes, those that this trace bears witness to. */
  causes: RootCause[];
}

export interface Explanation {
  scope: ExplainScope;
  report: Report;
  impact: Impact;
  /** In order of time; the ones that matter most where there are many. */
  incidents: ExplainedIncident[];
  /** Incidents that are not explained, because there are too many. */
  more: Incident[];
  /** Null but of a trace. */
  trace: ExplainedTrace | null;
}
