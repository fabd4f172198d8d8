/** The cascade as the report shows it: nodes in order of dependency, and edges with their lines. */
import type { CascadeEdge, CascadeNode, Evidence } from '../../incident.ts';
import type { Entry } from '../../model.ts';
import type { Log } from '../index/log.ts';
import type { Edge } from './edge.ts';
import { evidence } from './evidence.ts';
import type { Party } from './parties.ts';
import { byStrength, type Hearing, onsetOf, type Suspect } from './testimony.ts';

const MOST_EXAMPLES = 5;
/** A resource has no log of its own: its lines are all that a picture can show of it. */
const MOST_LINES_OF_RESOURCE = 500;

export async function cascadeOf(
  log: Log,
  hearing: Hearing,
  edges: readonly Edge[],
): Promise<{ nodes: CascadeNode[]; edges: CascadeEdge[] }> {
  const suspects = [...hearing.suspects.values()].filter((suspect) => onsetOf(suspect) !== null);
  const shown = new Set(suspects.map(({ party }) => party));
  const between = edges.filter(({ cause, affected }) => shown.has(cause) && shown.has(affected));
  const place = new Map(inDependencyOrder(suspects, between).map((party, index) => [party, index]));
  const at = (party: Party): number => place.get(party) ?? 0;
  const nodes = suspects.sort((one, other) => at(one.party) - at(other.party)).map(nodeOf);
  const wanted = between.flatMap((edge) => [...first(edge.examples), ...first(edge.against.entries)]);
  const entries = new Map((await log.read(wanted)).map((entry) => [entry.entry, entry]));
  const inOrder = between.sort((a, b) => at(a.cause) - at(b.cause) || at(a.affected) - at(b.affected));
  return { nodes, edges: inOrder.map((edge) => shownEdge(edge, entries)) };
}

function nodeOf(suspect: Suspect): CascadeNode {
  const onset = onsetOf(suspect);
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
function inDependencyOrder(suspects: readonly Suspect[], edges: readonly Edge[]): Party[] {
  const waiting = [...suspects].sort((one, other) => {
    const byOnset = (onsetOf(one)?.time ?? 0) - (onsetOf(other)?.time ?? 0);
    return byOnset || (one.party.name < other.party.name ? -1 : 1);
  });
  const placed: Party[] = [];
  while (waiting.length > 0) {
    const open = new Set(waiting.map(({ party }) => party));
    const free = waiting.findIndex(
      ({ party }) => !edges.some(({ cause, affected }) => affected === party && open.has(cause)),
    );
    placed.push(...waiting.splice(Math.max(0, free), 1).map(({ party }) => party));
  }
  return placed;
}
