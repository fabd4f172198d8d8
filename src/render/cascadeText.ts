/** The cascade as arrows: who failed when, whom it reached, how much later and how sure that is. */
import { cascadeOrder } from '../engine/timeline/cascadeOrder.ts';
import type { CascadeEdge, CascadeNode, Report } from '../incident.ts';
import { mainChain } from './cascadeChain.ts';
import { cut, plainText } from './plain.ts';
import { heading, type TextOptions } from './section.ts';
import { wrap } from './table.ts';
import { clockFor, lagWords, places, supportWords } from './words.ts';

/** A broken shaft where the order is not known: the arrow then tells the dependency only. */
const ARROWS: Readonly<Record<CascadeEdge['order'], string>> = { proven: '━━▶', timestamp: '──▶', undetermined: '╌╌▶' };
const MAX_PLACES = 3;
const MAX_NAME = 40;

export function cascadeText(report: Report, options: TextOptions): string[] {
  const { nodes, edges } = report.cascade;
  if (nodes.length === 0) return [];
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const lines = cascadeOrder(report.cascade).flatMap((name) => {
    const node = byName.get(name);
    if (!node) return [];
    const outgoing = edges.filter((edge) => edge.from === name);
    return [
      nodeText(node, report, options),
      ...outgoing.flatMap((edge, index) => edgeText(edge, index === outgoing.length - 1, options)),
    ];
  });
  return [heading('CASCADE', 'from cause to affected', options), ...chainText(report, options), ...lines];
}

/** The whole in one line, where it is more than one step. */
function chainText(report: Report, { paint, width }: TextOptions): string[] {
  const chain = mainChain(report);
  const [first] = chain;
  if (!first || chain.length < 2) return [];
  const steps = chain.map((edge) => `${ARROWS[edge.order]} ${plainText(edge.to).replaceAll(' ', '\u00a0')}`);
  // No-break spaces inside names keep each name in one piece; they are spaces again once wrapped.
  const text = [plainText(first.from).replaceAll(' ', '\u00a0'), ...steps].join(' ');
  return [...wrap(text, width - 2).map((line) => `  ${paint.bold(line.replaceAll('\u00a0', ' '))}`), ''];
}

function nodeText(node: CascadeNode, report: Report, { paint, zone }: TextOptions): string {
  const clock = clockFor(report.timeRange, zone, 'millisecond')(node.onset);
  const sign = node.onsetCertainty === 'recorded' ? '◆' : '◇';
  const certainty = node.onset !== null && node.onsetCertainty === 'inferred' ? paint.dim('  onset inferred') : '';
  const kind = node.kind === 'resource' ? paint.dim('  resource') : '';
  return `  ${paint.red(sign)} ${clock}  ${paint.bold(cut(plainText(node.name), MAX_NAME))}${kind}${certainty}`;
}

function edgeText(edge: CascadeEdge, last: boolean, { paint, width }: TextOptions): string[] {
  const stem = last ? ' ' : '│';
  const lead = `  ${last ? '╰' : '├'}${ARROWS[edge.order]} `;
  const said = wrap(`${plainText(edge.to)}  ${lagWords(edge)}; ${supportWords(edge)}`, width - 8);
  const lines = places(edge.support.examples, MAX_PLACES);
  return [
    ...said.map((line, index) => (index === 0 ? lead + line : `  ${stem}      ${line}`)),
    ...(lines.length === 0 ? [] : wrap(lines.join('  '), width - 8)).map((line) =>
      paint.dim(`  ${stem}      ${line.trimEnd()}`),
    ),
  ];
}
