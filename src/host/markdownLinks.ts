/** Links in cards: to entries and to commands, with log text in them as text only. */
import type { EntryRow } from '../model.ts';
import { type CommandArguments, type CommandName, commandLink, type EntryTarget } from './commands.ts';
import { markdownText } from './escape.ts';

export function markdownLink<K extends CommandName>(text: string, name: K, ...args: CommandArguments[K]): string {
  return `[${markdownText(text)}](${commandLink(name, ...args)})`;
}

export function entryTarget(root: string, { file, line, column }: EntryRow): EntryTarget {
  return { root, file, line, column };
}
