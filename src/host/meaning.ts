/** What the piece of a line at the cursor means to the engine. */
import type * as vscode from 'vscode';
import type { LinePart } from '../documents.ts';
import type { LineToken } from '../model.ts';
import { entryDocument, partsOf } from './entryDocuments.ts';
import { valueColumn } from './jsonCursor.ts';
import type { OpenLog } from './openLog.ts';
import { toRange } from './positions.ts';

export interface Meaning {
  role: LinePart['role'];
  level: LineToken['level'] | undefined;
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
  const isDocument = entryDocument(document.uri) !== undefined;
  const at = isDocument ? position.character : valueColumn(text, position.character);
  const [tokens] = isDocument ? await partsOf(log, document, [position.line]) : await log.ask('tokens', file, [text]);
  const token = tokens.find(({ start, length }) => at >= start && at <= start + length);
  if (token === undefined) return undefined;
  const range = toRange(position.line + 1, token.start + 1, token.start + token.length + 1);
  return { role: token.role, level: token.level, range };
}
