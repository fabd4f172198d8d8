/** How the failure moved: as a picture, as Mermaid, and as a table with the lines that show each step. */
import { cascadeOrder } from '../../engine/timeline/cascadeOrder.ts';
import type { Report } from '../../incident.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { lagWords, supportWords } from '../words.ts';
import { cascadeMermaid } from './mermaid.ts';
import { type Clock, type ExplainOptions, lineLinks } from './options.ts';
import { cascadePicture } from './picture.ts';

const MOST_LINES = 3;
const MOST_EDGES = 40;

export function cascadeMarkdown(report: Report, clock: Clock, options: ExplainOptions): string[] {
  const { nodes, edges } = report.cascade;
  if (nodes.length === 0) return ['Nothing shows that a failure moved from one to another.'];
  const steps = cascadeOrder(report.cascade).flatMap((name) => edges.filter(({ from }) => from === name));
  const rows = steps
    .slice(0, MOST_EDGES)
    .map((edge) => [
      escapeMarkdown(edge.from),
      escapeMarkdown(edge.to),
      lagWords(edge),
      supportWords(edge),
      lineLinks(edge.support.examples, options, MOST_LINES),
    ]);
  return [
    ...picture(report, clock),
    'Thick arrows: the order is proven. Thin ones: by timestamps. Dashed ones: who depends on whom, in an order that the log does not tell.',
    cascadeMermaid(report, clock).join('\n'),
    ...(rows.length === 0 ? [] : [markdownTable(['cause', 'affected', 'lag', 'evidence', 'lines'], rows)]),
  ];
}

export function picture(report: Report, clock: Clock): string[] {
  const address = cascadePicture(report, clock);
  return address === null ? [] : [`![The cascade, from cause to affected](${address})`];
}
