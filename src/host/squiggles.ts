/**
 * Which anomalies of a log show as squiggles: one a line, at most so many a file and a log, the
 * gravest first. The tree has all of them. Pure, so that the rule can be tested without an editor.
 */
import type { Anomaly } from '../incident.ts';
import type { Severity } from '../model.ts';

export const MOST_A_FILE = 20;
export const MOST_A_WORKSPACE = 100;

/** All anomalies of one line; the first is the gravest and gives the squiggle its severity and code. */
export interface Squiggle {
  file: string;
  line: number;
  anomalies: [Anomaly, ...Anomaly[]];
}

const GRAVITY: Record<Severity, number> = { error: 0, warning: 1, information: 2, hint: 3 };

export function planSquiggles(anomalies: readonly Anomaly[], most = MOST_A_WORKSPACE): Map<string, Squiggle[]> {
  const lines = new Map<string, Squiggle>();
  for (const anomaly of [...anomalies].sort(graver)) {
    const key = `${anomaly.line} ${anomaly.file}`;
    const squiggle = lines.get(key);
    if (squiggle === undefined) lines.set(key, { file: anomaly.file, line: anomaly.line, anomalies: [anomaly] });
    else squiggle.anomalies.push(anomaly);
  }
  const files = new Map<string, Squiggle[]>();
  let left = most;
  // A map keeps the order of insertion: the gravest lines come first and use up the caps.
  for (const squiggle of lines.values()) {
    const inFile = files.get(squiggle.file) ?? [];
    if (left === 0 || inFile.length === MOST_A_FILE) continue;
    inFile.push(squiggle);
    files.set(squiggle.file, inFile);
    left--;
  }
  return files;
}

function graver(a: Anomaly, b: Anomaly): number {
  return (
    GRAVITY[a.severity] - GRAVITY[b.severity] ||
    (a.timestamp ?? 0) - (b.timestamp ?? 0) ||
    (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)
  );
}
