/** The cascade as the report shows it: nodes in order of dependency, and edges with their lines. */
import type { CascadeEdge, CascadeNode, Evidence } from '../../incident.ts';
import type { Entry } from '../../model.ts';
import type { Study } from '../anomalies/study.ts';
import type { Edge, EdgeClaim } from './edge.ts';
import { weighEdges } from './edges.ts';
import { evidence } from './evidence.ts';
import type { Party } from './parties.ts';
import { type Candidate, weightOf } from './ranking.ts';
import { byStrength, type Hearing, type Suspect } from './testimony.ts';
import type { TraceTroubles } from './traceTroubles.ts';

/** Nobody reads a picture of more; the candidates are always among them. */
const MOST_NODES = 50;
const MOST_EXAMPLES = 5;
/** A resource has no log of its own: its lines are all that a picture can show of it. */
const MOST_LINES_OF_RESOURCE = 500;

export async function cascadeOf(
  study: Study,
  hearing: Hearing,
  claims: readonly EdgeClaim[],
  troubles: TraceTroubles,
  candidates: readonly Candidate[],
): Promise<{ nodes: CascadeNode[]; edges: CascadeEdge[] }> {
  const suspects = shownOf(hearing, candidates);
  const shown = new Set(suspects.map(({ party }) => party));
  const between = claims.filter(({ cause, affected }) => shown.has(cause) && shown.has(affected));
  const place = new Map(inDependencyOrder(suspects, between).map((party, index) => [party, index]));
  const at = (party: Party): number => place.get(party) ?? 0;
  const nodes = suspects.sort((one, other) => at(one.party) - at(other.party)).map(nodeOf);
  const edges = weighEdges(between, study, hearing, troubles);
  const wanted = edges.flatMap((edge) => [...first(edge.examples), ...first(edge.against.entries)]);
  const entries = new Map((await study.log.read(wanted)).map((entry) => [entry.entry, entry]));
  const inOrder = edges.sort((a, b) => at(a.cause) - at(b.cause) || at(a.affected) - at(b.affected));
  return { nodes, edges: inOrder.map((edge) => shownEdge(edge, entries)) };
}

/** Those with an onset; of many, the candidates and those against whom most is said. */
function shownOf({ suspects }: Hearing, candidates: readonly Candidate[]): Suspect[] {
  const dated = [...suspects.values()].filter(({ onset }) => onset !== null);
  if (dated.length <= MOST_NODES) return dated;
  const named = new Set(candidates.map(({ party }) => party));
  return dated
    .map((suspect) => ({ suspect, rank: named.has(suspect.party) ? Number.POSITIVE_INFINITY : weightOf(suspect) }))
    .sort((one, other) => compare(other.rank, one.rank) || compare(one.suspect.party.name, other.suspect.party.name))
    .slice(0, MOST_NODES)
    .map(({ suspect }) => suspect);
}

/** Infinities have no difference, but an order. */
function compare<T extends number | string>(one: T, other: T): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function nodeOf(suspect: Suspect): CascadeNode {
  const { onset } = suspect;
  const inTime = suspect.testimony.filter(({ anomalous }) => anomalous).sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  const strongest = [...suspect.testimony].sort(byStrength);
  const most = suspect.party.kind === 'resource' ? MOST_LINES_OF_RESOURCE : MOST_EXAMPLES;
  const lines = new Map<number, Evidence>();
  for (const { entry } of [...inTime.slice(0, 1), ...strongest]) {
    if (lines.size < most) lines.set(entry.entry, evidence(entry));
  }
  return {
    name: suspect.party.name,
    kind: suspect.party.kind,
    onset: onset?.time ?? null,
    onsetCertainty: onset?.inferred ? 'inferred' : 'recorded',
    evidence: [...lines.values()].sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0) || a.entry - b.entry),
  };
}

function shownEdge(edge: Edge, entries: ReadonlyMap<number, Entry>): CascadeEdge {
  const lines = (numbers: readonly number[]): Evidence[] =>
    first(numbers).flatMap((number) => {
      const entry = entries.get(number);
      return entry ? [evidence(entry)] : [];
    });
  return {
    from: edge.cause.name,
    to: edge.affected.name,
    confidence: edge.confidence,
    order: edge.order,
    lagMs: edge.lagMs,
    support: { count: edge.support, examples: lines(edge.examples) },
    counterexamples: { count: edge.against.count, examples: lines(edge.against.entries) },
  };
}

function first(numbers: readonly number[]): readonly number[] {
  return numbers.slice(0, MOST_EXAMPLES);
}

/** Causes before what they affect, the earlier first where that leaves a choice; a cycle is cut at its earliest. */
function inDependencyOrder(suspects: readonly Suspect[], edges: readonly EdgeClaim[]): Party[] {
  const waiting = [...suspects].sort(
    (one, other) => compare(one.onset?.time ?? 0, other.onset?.time ?? 0) || compare(one.party.name, other.party.name),
  );
  const causes = new Map<Party, Party[]>();
  for (const { cause, affected } of edges) causes.set(affected, [...(causes.get(affected) ?? []), cause]);
  const open = new Set(waiting.map(({ party }) => party));
  const placed: Party[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex(({ party }) => !causes.get(party)?.some((cause) => open.has(cause)));
    const [{ party }] = waiting.splice(Math.max(0, free), 1);
    open.delete(party);
    placed.push(party);
  }
  return placed;
}
