/** The outcomes of an injection in numbers. */
import type { Injection, Outcome } from './measure.ts';

export interface Row {
  rule: string;
  effect: string;
  n: number;
  missed: number;
  recall: Share;
  /** Of those found, how many as a warning or an error. */
  loud: number;
  precision: Share;
  /** Seconds; null where nothing was found. */
  onsetError: { median: number; worst: number } | null;
}

export interface Share {
  hits: number;
  of: number;
  /** Of 95 %, after Wilson: it holds for few trials, and for none or all of them. */
  low: number;
  high: number;
}

const Z = 1.96;

export function share(hits: number, of: number): Share {
  if (of === 0) return { hits, of, low: 0, high: 1 };
  const p = hits / of;
  const middle = (p + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z * Math.sqrt((p * (1 - p)) / of + Z ** 2 / (4 * of ** 2))) / (1 + Z ** 2 / of);
  return { hits, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

export function rowOf({ rule, effect }: Injection, outcomes: readonly Outcome[]): Row {
  const found = outcomes.filter((outcome) => outcome.found).length;
  const wrong = outcomes.reduce((sum, outcome) => sum + outcome.false, 0);
  const errors = outcomes.flatMap(({ onsetError }) => (onsetError === null ? [] : [Math.abs(onsetError)]));
  errors.sort((one, other) => one - other);
  return {
    rule,
    effect,
    n: outcomes.length,
    missed: outcomes.length - found,
    recall: share(found, outcomes.length),
    loud: outcomes.filter((outcome) => outcome.loud).length,
    precision: share(found, found + wrong),
    onsetError: errors.length === 0 ? null : { median: errors[errors.length >> 1], worst: errors[errors.length - 1] },
  };
}

export function markdownTable(rows: readonly Row[]): string {
  const head = ['rule', 'injected', 'n', 'missed', 'recall', 'as warning', 'precision', 'onset error (median, worst)'];
  const cells = rows.map((row) => [
    `\`${row.rule}\``,
    row.effect,
    String(row.n),
    String(row.missed),
    shareText(row.recall),
    String(row.loud),
    shareText(row.precision),
    row.onsetError === null ? '–' : `${seconds(row.onsetError.median)}, ${seconds(row.onsetError.worst)}`,
  ]);
  return [head, head.map(() => '---'), ...cells].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

export function shareText({ hits, of, low, high }: Share): string {
  if (of === 0) return '–';
  return `${(hits / of).toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}
