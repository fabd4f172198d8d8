/** The place in the log that a cursor means: its line in a file, or where a document's line comes from. */
import type * as vscode from 'vscode';
import { entryDocument, sourceOf } from './entryDocuments.ts';
import type { OpenLog } from './openLog.ts';
import { fileOf } from './positions.ts';

/** A line of a file of the log, from 1. */
export interface Place {
  file: string;
  line: number;
}

/** Undefined where the line (from 0) belongs to nothing in the log. */
export function placeOf(log: OpenLog, document: vscode.TextDocument, line: number): Place | undefined {
  if (entryDocument(document.uri) !== undefined) return sourceOf(document, line);
  const file = fileOf(log.root, document.uri);
  return file === undefined ? undefined : { file, line: line + 1 };
}
