/** The one chain that sums a cascade up: from a cause to the last that it reached. */
import { cascadeOrder } from '../engine/timeline/cascadeOrder.ts';
import type { CascadeEdge, Report } from '../incident.ts';

/** The longest chain from a node; where two are equally long, the one whose first edge has more support. */
export function chainFrom(name: string, cascade: Report['cascade']): CascadeEdge[] {
  const chains = new Map<string, CascadeEdge[]>();
  // From the last affected back to the causes, so that the chain behind an edge is known when it is met.
  // An edge that leads back in a cycle finds no chain yet, which ends it.
  for (const from of cascadeOrder(cascade).reverse()) {
    let best: CascadeEdge[] = [];
    for (const edge of cascade.edges) {
      const behind = edge.from === from && edge.to !== from ? chains.get(edge.to) : undefined;
      if (!behind) continue;
      const longer = behind.length + 1 - best.length;
      if (longer > 0 || (longer === 0 && edge.support.count > (best[0]?.support.count ?? 0))) best = [edge, ...behind];
    }
    chains.set(from, best);
  }
  return chains.get(name) ?? [];
}

/** The chain of the first-ranked cause, or of whoever failed first where no cause is ranked or it reached nobody. */
export function mainChain(report: Pick<Report, 'cascade' | 'rootCauses'>): CascadeEdge[] {
  const ranked = report.rootCauses[0];
  const chain = ranked ? chainFrom(ranked.name, report.cascade) : [];
  if (chain.length > 0) return chain;
  const first = cascadeOrder(report.cascade)[0];
  return first === undefined ? [] : chainFrom(first, report.cascade);
}
