/** Which id the cursor means, in a saved or unsaved document. */
import type * as vscode from 'vscode';
import type { IdAt } from '../protocol.ts';
import { valueColumn } from './jsonCursor.ts';
import type { OpenLog } from './openLog.ts';
import { toRange } from './positions.ts';

export interface IdAtCursor extends IdAt {
  range: vscode.Range;
}

export async function idAtCursor(
  log: OpenLog,
  file: string,
  document: vscode.TextDocument,
  position: vscode.Position,
): Promise<IdAtCursor | undefined> {
  const { text } = document.lineAt(position.line);
  const column = valueColumn(text, position.character) + 1;
  const id = await log.ask('idAt', file, text, column);
  return id === null ? undefined : { ...id, range: toRange(position.line + 1, id.start, id.end) };
}
