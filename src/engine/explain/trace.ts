/** How one trace went: its lines that tell it, what its like do and it does not, and the causes it bears witness to. */
import type { ExplainedTrace, TraceEvent } from '../../explanation.ts';
import type { Report } from '../../incident.ts';
import type { Entry } from '../../model.ts';
import { isLoud } from '../anomalies/survey.ts';
import { compareTraces } from '../compare/compare.ts';
import { hopsOf } from '../correlation/hops.ts';
import { joinsOf } from '../correlation/joins.ts';
import { summarise } from '../correlation/lookup.ts';
import { evidence } from '../incident/evidence.ts';
import type { Log } from '../index/log.ts';

const MOST_EVENTS = 40;

/** All entries of a trace, those that are joined to it among them, in order of time. */
export function entriesOfTrace(log: Log, id: number): number[] {
  const joined = joinsOf(log, id).joined.map(({ entry }) => entry);
  return [...new Set([...log.ids.entries(id), ...joined])].sort((a, b) => log.time[a] - log.time[b] || a - b);
}

export async function explainTrace(log: Log, id: number, report: Report): Promise<ExplainedTrace> {
  const { id: text, key, services, from, to, worstLevel } = summarise(log, id);
  const entries = entriesOfTrace(log, id);
  const loud = entries.slice(1, -1).filter((entry) => isLoud(log.level[entry]));
  const shown = [...new Set([entries[0], ...loud.slice(0, MOST_EVENTS), entries[entries.length - 1]])];
  const held = new Set(entries);
  return {
    id: text,
    key,
    entries: entries.length,
    services,
    from,
    durationMs: from === null || to === null ? null : (to - from) / 1000,
    worstLevel,
    events: (await log.read(shown)).map(eventOf),
    leftOut: Math.max(0, loud.length - MOST_EVENTS),
    hops: await hopsOf(log, id),
    comparison: await compareTraces(log, id, null),
    missing: report.missing.filter(({ after }) => held.has(after.entry)),
    causes: report.rootCauses.filter((cause) => bearsWitness(cause, report, held)),
  };
}

/** One of its entries speaks for the cause, or for an edge of the cascade that begins there. */
function bearsWitness(
  { name, evidence: lines }: Report['rootCauses'][number],
  report: Report,
  held: Set<number>,
): boolean {
  const node = report.cascade.nodes.find((each) => each.name === name);
  const edges = report.cascade.edges.filter((edge) => edge.from === name);
  return [...lines, ...(node?.evidence ?? []), ...edges.flatMap(({ support }) => support.examples)].some(({ entry }) =>
    held.has(entry),
  );
}

function eventOf(entry: Entry): TraceEvent {
  return { ...evidence(entry), level: entry.level, service: entry.service };
}
