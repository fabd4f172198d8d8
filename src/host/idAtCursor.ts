/** Which id the cursor means, in a saved or unsaved document. */
import type * as vscode from 'vscode';
import type { LinePart } from '../documents.ts';
import type { Id } from '../model.ts';
import type { IdAt } from '../protocol.ts';
import { entryDocument, linesOf, partsOf, sourceAt } from './entryDocuments.ts';
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
  if (entryDocument(document.uri) !== undefined) return idInDocument(log, document, position);
  const { text } = document.lineAt(position.line);
  const column = valueColumn(text, position.character) + 1;
  const id = await log.ask('idAt', file, text, column);
  return id === null ? undefined : { ...id, range: toRange(position.line + 1, id.start, id.end) };
}

/** In a document of entries, ids are where they were written; a word may still be one that the index knows. */
async function idInDocument(
  log: OpenLog,
  document: vscode.TextDocument,
  { line, character }: vscode.Position,
): Promise<IdAtCursor | undefined> {
  const [parts] = await partsOf(log, document, [line]);
  const part = parts.find(({ id, start, length }) => id && character >= start && character <= start + length);
  if (part?.id !== undefined) return idOfPart(line, part, part.id);
  // Ids of a line that heads the document are told from words by any of its files.
  const file = sourceAt(document.uri, line)?.file ?? linesOf(document.uri)?.files[0];
  const id = file === undefined ? null : await log.ask('idAt', file, document.lineAt(line).text, character + 1);
  return id === null ? undefined : { ...id, range: toRange(line + 1, id.start, id.end) };
}

function idOfPart(line: number, { start, length }: LinePart, id: Id): IdAtCursor {
  const place = { start: start + 1, end: start + length + 1 };
  return { ...id, ...place, range: toRange(line + 1, place.start, place.end) };
}
