/** An alert's expression as PromQL and LogQL have in common, before its names are looked for in a log. */
import type { Message } from '../../incident.ts';
import type { Comparison, Measure, ValueTest } from './rule.ts';

export type Expression =
  | { kind: 'number'; value: number }
  /** `rangeMs` is null for an instant vector. */
  | { kind: 'metric'; name: string; labels: (ValueTest & { label: string })[]; rangeMs: number | null }
  | { kind: 'call'; name: string; args: Expression[] }
  /** `by` is null where everything is kept together. */
  | { kind: 'aggregate'; name: string; by: string[] | null; arg: Expression }
  | { kind: 'binary'; op: '+' | '-' | '*' | '/'; left: Expression; right: Expression }
  /** Of LogQL, which says of what it measures. */
  | { kind: 'measure'; measure: Measure }
  | { kind: 'compare'; op: Comparison; left: Expression; right: Expression };

/** The reason why an expression is not taken. */
export class Unsupported extends Error {
  readonly why: Message;
  constructor(key: string, args: Message['args'] = {}) {
    super(key);
    this.why = { key, args };
  }
}

/** A string of PromQL or LogQL: quoted, with escapes as in Go, or raw between backquotes. */
export function unquoted(said: string): string {
  const body = said.slice(1, -1);
  if (said.startsWith('`')) return body;
  return body.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)/gs, (_, escaped: string) => {
    if (/^[xu]./.test(escaped)) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return ({ n: '\n', t: '\t', r: '\r' } as Record<string, string>)[escaped] ?? escaped;
  });
}
