/** The document of Explain Incident on all of the log, without links. */
import { basename } from 'node:path';
import { explanationMarkdown } from '../render/explain/explain.ts';
import { plainText } from '../render/plain.ts';
import type { Answer } from './answer.ts';
import type { Asking } from './asking.ts';
import type { ToolInput } from './table.ts';

export async function explainIncident(
  { audience = 'engineers' }: ToolInput<'causeway_explainIncident'>,
  { log, zone }: Asking,
): Promise<Answer> {
  const found = await log.ask('explain', { kind: 'log' });
  if (found === null) return { about: ['There is nothing to explain.'], lines: [], narrower: '' };
  const title = plainText(basename(log.root));
  const markdown = explanationMarkdown(found, { title, zone, audience, link: () => null });
  return {
    about: ['The explanation, in Markdown. Causes are ranked by evidence and not proven.'],
    lines: markdown.trimEnd().split('\n'),
    narrower:
      audience === 'engineers'
        ? 'The audience "everybody" has it in short; anomalies, traces and entries can be asked for by themselves.'
        : 'Anomalies, traces and entries can be asked for by themselves.',
  };
}
