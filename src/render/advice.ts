/** The section on what to log better: each piece with its count, in words, and lines that show it. */
import type { Advice, Evidence } from '../incident.ts';
import { evidenceJson, type JsonObject } from './contract.ts';
import { codeSpan, escapeMarkdown } from './markdown.ts';
import { heading, type TextOptions } from './section.ts';
import { sentence } from './sentence.ts';
import { wrap } from './table.ts';
import { places } from './words.ts';

const MAX_PLACES = 3;

export function adviceText(advice: readonly Advice[], options: TextOptions): string[] {
  if (advice.length === 0) return [];
  const lines = advice.flatMap(({ message, examples }) => {
    const where = places(examples, MAX_PLACES).join('  ');
    const said = wrap(sentence(message), options.width - 4);
    return [
      ...said.map((line, index) => (index === 0 ? `  - ${line}` : `    ${line}`)),
      options.paint.dim(`    ${where}`),
    ];
  });
  return [heading('LOGGING ADVICE', '', options), ...lines];
}

/** `where` makes links of lines, in documents that have them. */
export function adviceMarkdown(
  advice: readonly Advice[],
  where = (examples: readonly Evidence[]): string => places(examples, MAX_PLACES).map(codeSpan).join(', '),
): string[] {
  if (advice.length === 0) return [];
  const items = advice.map(({ message, examples }) => {
    return `- ${escapeMarkdown(sentence(message))} (${where(examples)})`;
  });
  return ['## Logging advice', items.join('\n')];
}

export function adviceJson({ kind, message, count, examples }: Advice): JsonObject {
  return { kind, message: sentence(message), count, examples: examples.map(evidenceJson) };
}
