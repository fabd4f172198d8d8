/** What a query says, whatever it was written in. Nothing here knows a log. */
import type { TimeInput } from '../../base/timeInput.ts';
import type { Message } from '../../incident.ts';
import type { Micros } from '../../model.ts';

export type Operator = '>' | '>=' | '<' | '<=';

/** A moment that the log decides: its end (Elasticsearch's `now`), moved, and rounded to a unit. */
export interface FromEnd {
  fromEnd: Micros;
  /** Rounded down to whole ones of this length; null for not at all. */
  unit: Micros | null;
}

export type QueryTime = TimeInput | FromEnd;

export type Test =
  /** In lower case. In a phrase, `*` and `?` are themselves. */
  | { kind: 'text'; value: string; isPhrase: boolean }
  /** Whole words (or several in a row) that stand in a text, all of them or one; in lower case. */
  | { kind: 'words'; words: readonly string[]; all: boolean }
  | { kind: 'numbers'; bounds: readonly { operator: Operator; value: number }[] }
  | { kind: 'times'; bounds: readonly { operator: Operator; value: QueryTime }[] }
  /** Index in LEVELS. */
  | { kind: 'levels'; bounds: readonly { operator: Operator; value: number }[] }
  | { kind: 'exists' };

export interface Term {
  kind: 'term';
  /** In lower case; null for a text that may stand anywhere. */
  key: string | null;
  test: Test;
  /** As written, to be named where it is ignored. */
  text: string;
}

export type QueryNode = Term | { kind: 'and' | 'or'; nodes: readonly QueryNode[] } | { kind: 'not'; node: QueryNode };

/** What is wrong with a query, and where in its text. */
export interface QueryProblem {
  message: Message;
  start: number;
  end: number;
}

/** Thrown while a query is read and caught where the reading began; it never leaves the room. */
export class QueryError extends Error {
  readonly problem: QueryProblem;

  constructor(key: string, args: Message['args'], start: number, end: number) {
    super(key);
    this.problem = { message: { key, args }, start, end };
  }
}
