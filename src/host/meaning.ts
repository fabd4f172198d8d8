/** What the piece of a line at the cursor means to the engine. */
import type * as vscode from 'vscode';
import type { LineToken } from '../model.ts';
import { valueColumn } from './jsonCursor.ts';
import type { OpenLog } from './openLog.ts';
import { toRange } from './positions.ts';

export interface Meaning {
  role: LineToken['role'];
  level: LineToken['level'];
  range: vscode.Range;
}

/** On a key of JSON, that of its value. */
export async function meaningAt(
  log: OpenLog,
  file: string,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<Meaning | undefined> {
  const { text } = document.lineAt(position.line);
  const at = valueColumn(text, position.character);
  const [tokens] = await log.ask('tokens', file, [text]);
  const token = tokens.find(({ start, length }) => at >= start && at <= start + length);
  if (token === undefined) return undefined;
  const range = toRange(position.line + 1, token.start + 1, token.start + token.length + 1);
  return { role: token.role, level: token.level, range };
}
