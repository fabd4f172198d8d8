/** The picture without its entries: rows, bars, flags, edges and causes of a scope. */
import type { Anomaly, Message, Report } from '../../incident.ts';
import type { Hop } from '../../model.ts';
import type { TimelineFlag, TimelineModel } from '../../protocol.ts';
import type { Log } from '../index/log.ts';
import { bars } from './bars.ts';
import { histogram } from './histogram.ts';
import { timelineHops } from './hops.ts';
import { rowOfEntry, type TimelineRows } from './rows.ts';

/** Sentences are made by whoever asks for the picture: the engine has none. */
export interface Words {
  sentence(message: Message): string;
}

/** Model and marks of one scope share its rows, which are made once. */
export function modelOfRows(
  log: Log,
  rows: TimelineRows,
  report: Report,
  words: Words,
  hops: readonly Hop[] = [],
  shiftMs: ReadonlyMap<string, number> | null = null,
): TimelineModel {
  const { scope, entries } = rows;
  const first = log.time[entries[0]];
  const last = log.time[entries[entries.length - 1]];
  const work = bars(log, rows);
  // A trace begins and ends with the work its entries tell of; a log with its first and last entry.
  const own = scope.kind === 'trace' ? work : [];
  const from = own.reduce((earliest, bar) => Math.min(earliest, bar.from), first);
  const to = own.reduce((latest, bar) => Math.max(latest, bar.to), last);
  return {
    scope,
    title: scope.kind === 'trace' ? log.ids.text(log.ids.find(scope.id)) : '',
    from,
    to,
    entries: entries.length,
    histogram: histogram(log, entries, { from, to }),
    rows: rows.rows,
    bars: work,
    hops: scope.kind === 'trace' ? timelineHops(rows.rows, hops) : [],
    flags: flags(log, rows, report, words),
    edges: scope.kind === 'trace' ? traceEdges(rows, report) : incidentEdges(rows, report),
    causes: report.rootCauses.map(({ name, kind, score, evidence, why }) => ({
      name,
      kind,
      score,
      evidence,
      why: why.map((message) => words.sentence(message)).join('; '),
    })),
    verdict: report.verdict,
    shiftMs: shiftMs && rows.rows.map(({ name }) => shiftMs.get(name) ?? 0),
  };
}

/** In order of time. An anomaly flags a trace where one of its lines, the main one first, is part of it. */
function flags(log: Log, rows: TimelineRows, report: Report, words: Words): TimelineFlag[] {
  const inScope = rows.scope.kind === 'trace' ? new Set(rows.entries) : null;
  const found = new Map<string, TimelineFlag>();
  const add = (anomaly: Anomaly, oddity: boolean): void => {
    const lines = [anomaly.entry, ...(inScope ? anomaly.related.map(({ entry }) => entry) : [])];
    const entry = lines.find((line) => !Number.isNaN(log.time[line]) && (inScope === null || inScope.has(line)));
    if (entry === undefined || entry >= log.count) return;
    const { rule, severity } = anomaly;
    const row = rowOfEntry(log, rows, entry);
    const message = words.sentence(anomaly.message);
    found.set(`${rule} ${entry}`, { row, time: log.time[entry], entry, severity, rule, message, oddity });
  };
  for (const anomaly of report.anomalies) add(anomaly, false);
  // An oddity may stand among the anomalies too; as an oddity it is drawn as what it is.
  for (const oddity of report.oddities) add(oddity, true);
  return [...found.values()].sort((a, b) => a.time - b.time || a.entry - b.entry);
}

function incidentEdges({ rows }: TimelineRows, report: Report): TimelineModel['edges'] {
  return edgesBetween(rows, report).map(({ from, to, edge }) => {
    const { confidence, order, lagMs, support, counterexamples } = edge;
    return { from, to, confidence, order, lagMs, support, counterexamples };
  });
}

/**
 * A trace shows the incident's edges between services that both had trouble in it, with the trace's
 * own lag and lines: figures of the whole log would claim what this trace does not show. An edge of
 * which no known line is in the trace has nothing here that speaks for it, and is left out.
 */
function traceEdges({ rows, entries }: TimelineRows, report: Report): TimelineModel['edges'] {
  const inTrace = new Set(entries);
  return edgesBetween(rows, report).flatMap(({ from, to, edge }) => {
    const [cause, effect] = [rows[from].onset, rows[to].onset];
    if (cause === null || effect === null) return [];
    const support = within(edge.support, inTrace);
    const counterexamples = within(edge.counterexamples, inTrace);
    if (support.count + counterexamples.count === 0) return [];
    const lag = effect - cause;
    const order = edge.order === 'proven' ? 'proven' : lag > 0 ? 'timestamp' : 'undetermined';
    return [
      {
        from,
        to,
        confidence: edge.confidence,
        order,
        lagMs: lag > 0 ? lag / 1000 : null,
        support,
        counterexamples,
      } as const,
    ];
  });
}

type Edge = Report['cascade']['edges'][number];

function edgesBetween(rows: TimelineRows['rows'], report: Report): { from: number; to: number; edge: Edge }[] {
  const kinds = new Map(report.cascade.nodes.map(({ name, kind }) => [name, kind]));
  const rowOf = (name: string): number => rows.findIndex((row) => row.name === name && row.kind === kinds.get(name));
  return report.cascade.edges
    .map((edge) => ({ from: rowOf(edge.from), to: rowOf(edge.to), edge }))
    .filter(({ from, to }) => from !== -1 && to !== -1 && from !== to);
}

function within({ examples }: Edge['support'], entries: ReadonlySet<number>): Edge['support'] {
  const inside = examples.filter(({ entry }) => entries.has(entry));
  return { count: inside.length, examples: inside };
}
