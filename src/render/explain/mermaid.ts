/**
 * The cascade as a Mermaid flow chart. Names come from logs: each character that could mean something to Mermaid, to
 * Markdown or to HTML becomes a number, so that no name ends a label, sets a directive or makes a link.
 */
import { cascadeOrder } from '../../engine/timeline/cascadeOrder.ts';
import type { CascadeEdge, Report } from '../../incident.ts';
import { cut, plainText } from '../plain.ts';
import { lagWords } from '../words.ts';
import type { Clock } from './options.ts';

/** More would be a hairball, and Mermaid refuses to draw very many. */
export const MOST_NODES = 24;
const MOST_NAME = 40;
const ARROWS: Readonly<Record<CascadeEdge['order'], string>> = {
  proven: '==>',
  timestamp: '-->',
  undetermined: '-.->',
};

export function cascadeMermaid({ cascade }: Pick<Report, 'cascade'>, clock: Clock): string[] {
  if (cascade.nodes.length === 0) return [];
  const known = new Map(cascade.nodes.map((node) => [node.name, node]));
  const order = cascadeOrder(cascade).filter((name) => known.has(name));
  const number = new Map(order.slice(0, MOST_NODES).map((name, i) => [name, i]));
  const nodes = [...number].map(([name, i]) => {
    const node = known.get(name);
    const onset = node?.onset == null ? '' : `<br>${mermaidText(clock(node.onset))}`;
    const label = `"${mermaidText(name)}${onset}"`;
    return `  n${i}${node?.kind === 'resource' ? `[(${label})]` : `[${label}]`}`;
  });
  const edges = cascade.edges.flatMap((edge) => {
    const [from, to] = [number.get(edge.from), number.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    return [`  n${from} ${ARROWS[edge.order]}|"${mermaidText(lagWords(edge))}"| n${to}`];
  });
  return ['```mermaid', 'flowchart LR', ...nodes, ...edges, '```'];
}

export function mermaidText(text: string): string {
  return cut(plainText(text), MOST_NAME * 2).replace(/[^\p{L}\p{N} .,:_-]/gu, (mark) => `#${mark.codePointAt(0)};`);
}
