/**
 * What an alert rule asks of a log: measures over windows of entries, compared and held for a while. Rules of
 * Prometheus and Loki are read into this, and rules derived from a log are made of it.
 */
import type { Message } from '../../incident.ts';
import type { Level } from '../../model.ts';

/** As label matchers write it; `=~` is a regular expression that must match the whole value. */
export interface ValueTest {
  op: '=' | '!=' | '=~' | '!~' | '>' | '>=' | '<' | '<=';
  value: string;
}

/** Holds where one of the entry's fields of these names has such a value. */
export interface FieldTest extends ValueTest {
  /** Dotted keys; any of them will do. */
  keys: readonly string[];
}

/** Which entries count. Empty lists select everything. */
export interface Selector {
  services: readonly ValueTest[];
  /** Any of these; null for all, and for entries without one. */
  levels: readonly Level[] | null;
  /** `=` and `!=` look for a piece of the entry's text, the others for a match anywhere in it. */
  text: readonly ValueTest[];
  fields: readonly FieldTest[];
}

export const EVERYTHING: Selector = { services: [], levels: null, text: [], fields: [] };

/** What is read off an entry. `unitMs`: how many milliseconds the rule's unit of time has. */
export type Value =
  | { kind: 'duration'; unitMs: number }
  /** Percent become shares of 1 where `isShare`. */
  | { kind: 'field'; keys: readonly string[]; unitMs: number | null; isShare: boolean }
  /** A value as a share of the limit beside it. */
  | { kind: 'share'; valueKey: string; limitKey: string };

export type Measure =
  | { kind: 'number'; value: number }
  /** Entries of the window; distinct ones count each leading id once. */
  | { kind: 'count'; of: Selector; rangeMs: number; perSecond: boolean; distinct: boolean }
  | { kind: 'quantile'; q: number; of: Selector; value: Value; rangeMs: number }
  | { kind: 'gauge'; over: 'last' | 'max' | 'min' | 'avg' | 'sum'; of: Selector; value: Value; rangeMs: number }
  /** 1 where the window has no such entry, else nothing. */
  | { kind: 'absent'; of: Selector; rangeMs: number }
  | { kind: 'binary'; op: '+' | '-' | '*' | '/'; left: Measure; right: Measure };

export type Comparison = '>' | '>=' | '<' | '<=' | '==' | '!=';

export interface AlertRule {
  name: string;
  measure: Measure;
  op: Comparison;
  threshold: number;
  forMs: number;
  /** One series for each service, or one for all together. */
  perService: boolean;
  /** What names of the rule were taken to mean in this log; nothing where it speaks of logs by itself. */
  meaning: readonly Message[];
}

/** The windows of a measure, the longest first to be had with `Math.max`. */
export function rangesOf(measure: Measure): number[] {
  if (measure.kind === 'number') return [];
  if (measure.kind === 'binary') return [...rangesOf(measure.left), ...rangesOf(measure.right)];
  return [measure.rangeMs];
}
