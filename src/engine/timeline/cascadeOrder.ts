/** The order in which the cascade's nodes stand: causes above what they affect, and each chain in one piece. */
import type { Report } from '../../incident.ts';

type Cascade = Report['cascade'];

/**
 * Names of all nodes, every cause before what it affects. Chains begin with the first to fail, and
 * a node's other causes come right above it, so that arrows stay short. A cycle, which evidence can
 * make, is cut where it is first met.
 */
export function cascadeOrder({ nodes, edges }: Cascade): string[] {
  const onset = new Map(nodes.map((node) => [node.name, node.onset ?? Number.POSITIVE_INFINITY]));
  const neighbours = (pick: (edge: Cascade['edges'][number]) => [string, string]): Map<string, string[]> => {
    const found = new Map<string, string[]>(nodes.map(({ name }) => [name, []]));
    for (const edge of edges) {
      const [name, other] = pick(edge);
      if (onset.has(other)) found.get(name)?.push(other);
    }
    for (const names of found.values()) names.sort(byOnset);
    return found;
  };
  const byOnset = (a: string, b: string): number => {
    const [first, second] = [onset.get(a) ?? 0, onset.get(b) ?? 0];
    if (first !== second) return first < second ? -1 : 1;
    return a < b ? -1 : a > b ? 1 : 0;
  };
  const causes = neighbours((edge) => [edge.to, edge.from]);
  const affected = neighbours((edge) => [edge.from, edge.to]);

  const order: string[] = [];
  const met = new Set<string>();
  const place = (name: string): void => {
    if (met.has(name)) return;
    met.add(name);
    for (const cause of causes.get(name) ?? []) place(cause);
    order.push(name);
    for (const next of affected.get(name) ?? []) place(next);
  };
  const names = nodes.map(({ name }) => name).sort(byOnset);
  for (const name of names) if (causes.get(name)?.length === 0) place(name);
  for (const name of names) place(name);
  return order;
}
