/** The plain types of an analysed incident: anomalies, cascade, causes and the report that holds them. */
import type { Assumed, EntryRow, Micros, Position, ServiceSummary, Severity, SkippedFile, TimeRange } from './model.ts';

/**
 * A sentence of the engine, not yet in words: `render/` makes the words.
 * `key` names the sentence in `render/messages.ts`; `args` are its values, numbers unrounded.
 */
export interface Message {
  key: string;
  args: Record<string, string | number>;
}

/** A line that speaks for (or against) something. */
export interface Evidence extends Position {
  entry: number;
  timestamp: Micros | null;
  /** What the line says: log text, to be escaped wherever it is shown. */
  message: string;
}

export interface Anomaly extends Position {
  rule: string;
  severity: Severity;
  service: string | null;
  entry: number;
  timestamp: Micros | null;
  message: Message;
  /** How many entries the anomaly stands for. */
  count: number;
  /** At most five: first, worst, last, cause, effect. */
  related: (Evidence & { why: 'first' | 'worst' | 'last' | 'cause' | 'effect' })[];
  /** The trace (or other id) of the worst line, where it has one. */
  traceId: string | null;
  /** The service this anomaly is an effect of; null where it is none. A cascade of very many nodes may not show it. */
  consequenceOf: string | null;
}

/** What would have come next in a journey, had it gone on as its like do: nothing of it stands in the log. */
export interface MissingStep {
  rule: 'missing-step' | 'stuck-entity';
  /** The trace, order or payment that lacks it. */
  id: string;
  service: string | null;
  /** The message, its variables masked. */
  step: string;
  /** The last line of the journey before it. */
  after: Evidence;
  /** When its like have it, at the median. */
  expected: Micros;
  /** The line of a like journey that has it. */
  example: Evidence & { id: string };
  /** How many like journeys tell what is usual, and how many of them have it. */
  like: number;
  withStep: number;
}

/** Things paid or confirmed that went no further, all of one kind. */
export interface StuckEntities {
  /** The key of their ids, as `order_id`. */
  key: string;
  /** What ends their like, and who says it. */
  step: string;
  service: string | null;
  /** How many that ended tell what is usual. One is a thin model. */
  like: number;
  count: number;
  /** What they are worth, where amounts are in the fields; of some of them, where not all tell. */
  amounts: { currency: string | null; total: number; entities: number }[];
  /** The first of them in order of time: the line that confirms each, and its last line. */
  entities: { id: string; amount: number | null; currency: string | null; confirmed: Evidence; last: Evidence }[];
}

export interface CascadeNode {
  name: string;
  kind: 'service' | 'resource';
  onset: Micros | null;
  onsetCertainty: 'recorded' | 'inferred';
  evidence: Evidence[];
}

/** From cause to affected. */
export interface CascadeEdge {
  from: string;
  to: string;
  confidence: 'span' | 'peer' | 'shared-id' | 'mention' | 'order';
  /**
   * How sure it is that the cause came first: proven where its own lines, or those of who watches it, begin
   * before the affected names it; equal times, and the word of a third, prove nothing.
   */
  order: 'proven' | 'timestamp' | 'undetermined';
  lagMs: number | null;
  support: { count: number; examples: Evidence[] };
  counterexamples: { count: number; examples: Evidence[] };
}

export interface RootCause {
  name: string;
  kind: 'service' | 'resource';
  /** The service whose lines testify; the node itself where it logs. */
  service: string | null;
  /** Share of all evidence, 0 to 1. */
  score: number;
  why: Message[];
  /** At most three lines. */
  evidence: Evidence[];
}

export interface Incident {
  from: Micros;
  to: Micros;
  anomalies: number;
  services: string[];
}

export interface BacktestFiring {
  from: Micros;
  to: Micros | null;
  service: string | null;
  /** The last entry that was counted when it fired; null where it fired for want of any. */
  entry: EntryRow | null;
}

/** What an alert rule would have done while the log was written. */
export interface Backtest {
  state: 'fired' | 'silent' | 'not-evaluable';
  /** Why it is not evaluable. */
  reason: Message | null;
  /** What names of the rule were taken to mean in this log, and what was left out of account. */
  meaning: Message[];
  /** The first of `fired`; `service` is null for one series of all services, empty for entries without one. */
  firings: BacktestFiring[];
  fired: number;
  /** Fires that touch no incident. */
  outside: number;
  /** From the first fire to the incident's beginning; negative where it fired later. */
  leadToIncidentMs: number | null;
  leadToFatalMs: number | null;
  /** The farthest that the measure came. */
  peak: number | null;
  everyMs: number;
}

/** A written rule with its back-test. */
export interface RuleTest extends Backtest {
  name: string;
  /** In PromQL or LogQL. */
  expr: string;
  forMs: number;
  /** Where its file has it, from 1. */
  line: number;
}

/** A rule that would have warned, with its back-test. */
export interface Alert extends Omit<RuleTest, 'line'> {
  /** What it watches. */
  message: Message;
  /** Its threshold was chosen by looking at this very log. */
  hindsight: boolean;
}

/** What to log better, and the lines that show it. */
export interface Advice {
  /** What is amiss, as `units` or `level-too-low`. */
  kind: string;
  message: Message;
  /** How many entries it is about. */
  count: number;
  /** At most three. */
  examples: Evidence[];
}

/** The whole of what was found in a folder. Its JSON on the command line is a documented contract. */
export interface Report {
  files: { path: string; format: string; entries: number; unrecognisedLines: number; assumed: Assumed }[];
  skipped: SkippedFile[];
  /** Entries in the range asked for; `files` count theirs whole. */
  entries: number;
  timeRange: TimeRange;
  services: ServiceSummary[];
  anomalies: Anomaly[];
  incidents: Incident[];
  cascade: { nodes: CascadeNode[]; edges: CascadeEdge[] };
  rootCauses: RootCause[];
  verdict: 'ranked' | 'insufficient-evidence';
  alerts: Alert[];
  advice: Advice[];
  oddities: Anomaly[];
  /** The steps that journeys lack, in order of the time they were due; some of each kind where they are many. */
  missing: MissingStep[];
  stuck: StuckEntities[];
  notRun: { rule: string; reason: Message }[];
  /** Each mute of the settings, and how many anomalies it silences. */
  muted: { rule: string; template: string; anomalies: number }[];
}
