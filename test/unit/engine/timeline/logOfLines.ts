/** A log of columns made from short lines, and reports to go with it. */

import { type Log, NO_ID, NO_LEVEL, NO_SERVICE } from '../../../../src/engine/index/log.ts';
import type { Report } from '../../../../src/incident.ts';
import { LEVELS, type Level } from '../../../../src/model.ts';

export interface Line {
  /** Seconds; null for an entry without a time. */
  at: number | null;
  level?: Level;
  service?: string;
  trace?: string;
  durationMs?: number;
  text?: string;
}

export function logOfLines(lines: readonly Line[]): Log {
  const services = [...new Set(lines.flatMap(({ service }) => service ?? []))];
  const traces = [...new Set(lines.flatMap(({ trace }) => trace ?? []))];
  const time = Float64Array.from(lines, ({ at }) => (at === null ? Number.NaN : at * 1e6));
  const sortable = Float64Array.from(time);
  for (let entry = 1; entry < sortable.length; entry++) {
    if (Number.isNaN(sortable[entry])) sortable[entry] = sortable[entry - 1];
  }
  const order = Uint32Array.from(lines.keys()).sort((a, b) => sortable[a] - sortable[b] || a - b);
  const unused = (): never => {
    throw new Error('The timeline reads columns and ids only.');
  };
  return {
    count: lines.length,
    time,
    file: new Uint16Array(lines.length),
    line: Uint32Array.from(lines, (_, index) => index + 1),
    level: Uint8Array.from(lines, ({ level }) => (level === undefined ? NO_LEVEL : LEVELS.indexOf(level))),
    service: Uint16Array.from(lines, ({ service }) => (service === undefined ? NO_SERVICE : services.indexOf(service))),
    template: Uint32Array.from(lines.keys()),
    layout: new Uint16Array(lines.length),
    trace: Uint32Array.from(lines, ({ trace }) => (trace === undefined ? NO_ID : traces.indexOf(trace) + 1)),
    durationMs: Float32Array.from(lines, ({ durationMs }) => durationMs ?? Number.NaN),
    files: [],
    skipped: [],
    services,
    templates: lines.map(({ text }) => ({ text: text ?? '' })),
    layouts: [[]],
    order,
    spanParent: null,
    ids: {
      count: traces.length,
      find: (normalised) => traces.indexOf(normalised) + 1,
      text: (id) => traces[id - 1],
      key: () => 'trace_id',
      holding: () => [],
      isTrace: () => true,
      entries: (id) =>
        id === NO_ID ? new Uint32Array() : order.filter((entry) => lines[entry].trace === traces[id - 1]),
      of: (entry) => [traces.indexOf(lines[entry].trace ?? '') + 1].filter((id) => id !== NO_ID),
    },
    orphanSpans: [],
    row: unused,
    read: unused,
    holding: unused,
  };
}

type Node = Report['cascade']['nodes'][number];
type Edge = Report['cascade']['edges'][number];

/** `onset` in seconds; `lines` are the entries that testify. */
export function node(name: string, kind: Node['kind'], onset: number | null, lines: number[] = []): Node {
  return {
    name,
    kind,
    onset: onset === null ? null : onset * 1e6,
    onsetCertainty: 'recorded',
    evidence: lines.map(evidence),
  };
}

export function edge(from: string, to: string, over: Partial<Edge> = {}): Edge {
  const none = { count: 0, examples: [] };
  return {
    from,
    to,
    confidence: 'mention',
    order: 'timestamp',
    lagMs: 1,
    support: none,
    counterexamples: none,
    ...over,
  };
}

export function evidence(entry: number): Node['evidence'][number] {
  return { entry, file: 'a.log', line: entry + 1, column: 1, timestamp: null, message: `line ${entry + 1}` };
}

export function anomaly(
  rule: string,
  entry: number,
  over: Partial<Report['anomalies'][number]> = {},
): Report['anomalies'][number] {
  return {
    ...evidence(entry),
    rule,
    severity: 'warning',
    service: null,
    message: { key: rule, args: {} },
    count: 1,
    related: [],
    traceId: null,
    consequenceOf: null,
    ...over,
  };
}
