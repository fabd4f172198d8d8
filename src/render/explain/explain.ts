/** An explanation as a Markdown document, in two lengths. */
import type { Explanation } from '../../explanation.ts';
import { escapeMarkdown } from '../markdown.ts';
import { forEngineers } from './engineers.ts';
import { forEverybody } from './everybody.ts';
import type { ExplainOptions } from './options.ts';

/** Ends with a line break. */
export function explanationMarkdown(explanation: Explanation, options: ExplainOptions): string {
  const parts =
    options.audience === 'everybody' ? forEverybody(explanation, options) : forEngineers(explanation, options);
  const blocks = [
    `# What happened: ${escapeMarkdown(options.title)}`,
    ...parts,
    '---',
    'Made by Causeway from the logs alone, without a model or a network. Causes are ranked by evidence and not proven; what stands in code marks is text of the log.',
  ];
  return `${blocks.join('\n\n')}\n`;
}
