/** Puts an explanation together: each incident analysed by itself, and what it did to whom, in numbers. */
import type { ExplainedIncident, ExplainScope, Explanation } from '../../explanation.ts';
import type { Incident, Report } from '../../incident.ts';
import type { TimeRange } from '../../model.ts';
import { findId } from '../correlation/lookup.ts';
import { type Log, NO_ID } from '../index/log.ts';
import { extentOf, impactOf } from './impact.ts';
import { entriesOfTrace, explainTrace } from './trace.ts';

/** So many are explained: nobody reads more, and each is an analysis of its own. */
const MOST_INCIDENTS = 5;
/** What led to an incident may stand just before its first sign. What is usual is learned from the whole log anyway. Microseconds. */
const AROUND = 60e6;

/** Null where the log does not hold the id that is asked for. */
export async function explain(
  log: Log,
  scope: ExplainScope,
  report: (range?: TimeRange) => Promise<Report>,
  signal?: AbortSignal,
): Promise<Explanation | null> {
  if (scope.kind === 'trace') return ofTrace(log, scope, await report(), signal);
  const range = scope.kind === 'range' ? { from: scope.from, to: scope.to } : { from: null, to: null };
  const found = await report(scope.kind === 'range' ? range : undefined);
  const groups = overlapping(found.incidents);
  const chosen = [...groups].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_INCIDENTS);
  const incidents: ExplainedIncident[] = [];
  for (const [i, group] of groups.entries()) {
    if (!chosen.includes(group)) continue;
    signal?.throwIfAborted();
    const isClear = groups.length === 1 && found.verdict === 'ranked';
    const own = isClear ? found : await report(around(groups, i, found.timeRange));
    const impact = await impactOf(log, extentOf(extentOfGroup(group), log), signal);
    incidents.push({ incidents: group, report: own, impact });
  }
  return {
    scope,
    report: found,
    impact: await impactOf(log, extentOf(range, log), signal),
    incidents,
    more: groups.filter((group) => !chosen.includes(group)).flat(),
    trace: null,
  };
}

async function ofTrace(
  log: Log,
  scope: Extract<ExplainScope, { kind: 'trace' }>,
  report: Report,
  signal?: AbortSignal,
): Promise<Explanation | null> {
  const id = findId(log, scope.id);
  if (id === NO_ID) return null;
  const held = new Set(entriesOfTrace(log, id));
  const trace = await explainTrace(log, id, report);
  const times = [...held].map((entry) => log.time[entry]).filter((time) => !Number.isNaN(time));
  const range = { from: times[0] ?? null, to: times.at(-1) ?? null };
  const impact = await impactOf(log, { range, includes: (entry) => held.has(entry) }, signal);
  return { scope, report, impact, incidents: [], more: [], trace };
}

/** Incidents in order of time; those that overlap share a group. */
export function overlapping(incidents: readonly Incident[]): Incident[][] {
  const groups: Incident[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const incident of [...incidents].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (incident.from <= end) groups[groups.length - 1].push(incident);
    else groups.push([incident]);
    end = Math.max(end, incident.to);
  }
  return groups;
}

function extentOfGroup(group: readonly Incident[]): { from: number; to: number } {
  return {
    from: group.reduce((from, each) => Math.min(from, each.from), Number.POSITIVE_INFINITY),
    to: group.reduce((to, each) => Math.max(to, each.to), Number.NEGATIVE_INFINITY),
  };
}

/** More services and more anomalies weigh more; of equals the first. */
function weight(group: readonly Incident[]): number {
  const services = new Set(group.flatMap((incident) => incident.services));
  return services.size * 1e6 + group.reduce((sum, { anomalies }) => sum + anomalies, 0);
}

/** A little more than the incident, but no further than half-way to its neighbours, so that no other incident is judged along with it. */
export function around(groups: readonly (readonly Incident[])[], at: number, whole: TimeRange): TimeRange {
  const { from, to } = extentOfGroup(groups[at]);
  const before = at > 0 ? (from - extentOfGroup(groups[at - 1]).to) / 2 : Number.POSITIVE_INFINITY;
  const after = at + 1 < groups.length ? (extentOfGroup(groups[at + 1]).from - to) / 2 : Number.POSITIVE_INFINITY;
  return {
    from: Math.max(whole.from ?? from, from - Math.min(AROUND, Math.floor(before))),
    to: Math.min(whole.to ?? to, to + Math.min(AROUND, Math.floor(after))),
  };
}
