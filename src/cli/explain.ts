/** The command `explain`: what happened, as a document whose links lead to the lines from where it is written. */
import { isAbsolute, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import type { ExplainScope } from '../explanation.ts';
import type { TimeRange } from '../model.ts';
import type { EngineApi, LogSummary } from '../protocol.ts';
import { explanationMarkdown } from '../render/explain/explain.ts';
import type { ExplainOptions } from '../render/explain/options.ts';
import { quoted } from '../render/inertJson.ts';
import { type Command, UsageError } from './options.ts';
import type { Output } from './output.ts';

export async function explain(
  { trace, audience }: Pick<Command, 'trace' | 'audience'>,
  engine: Pick<EngineApi, 'explain'>,
  log: LogSummary,
  range: TimeRange,
  { title, zone }: Pick<ExplainOptions, 'title' | 'zone'>,
  output: Pick<Output, 'write'>,
): Promise<void> {
  const found = await engine.explain(log.root, scopeOf(trace, range));
  if (!found) throw new UsageError(`no entry holds the id ${quoted(trace ?? '')}`);
  const link = linksFrom(process.cwd(), log);
  await output.write(explanationMarkdown(found, { title, zone, audience, link }));
}

function scopeOf(trace: string | null, { from, to }: TimeRange): ExplainScope {
  if (trace !== null) return { kind: 'trace', id: trace };
  return from === null && to === null ? { kind: 'log' } : { kind: 'range', from, to };
}

/** Lines of unpacked content are not those that the file itself shows, so that no link leads there. */
export function linksFrom(folder: string, { root, contents }: Pick<LogSummary, 'root' | 'contents'>) {
  const unpacked = new Set(contents.map(({ file }) => file));
  return (file: string): string | null => {
    if (unpacked.has(file)) return null;
    const path = relative(folder, isAbsolute(file) ? file : resolve(root, file));
    // On another disk there is no way from here.
    return isAbsolute(path) ? null : path.split(sep).join('/');
  };
}
