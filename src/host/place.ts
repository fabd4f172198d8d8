/** The place in the log that a line means: its line in a file, or where a document's line comes from. */
import type * as vscode from 'vscode';
import type { Entry } from '../model.ts';
import { entryDocument, sourceAt } from './entryDocuments.ts';
import type { OpenLog } from './openLog.ts';
import { fileOf } from './positions.ts';

/** A line of a file of the log, from 1. */
export interface Place {
  file: string;
  line: number;
}

/** Undefined where the line (from 0) belongs to nothing in the log. */
export function placeOf(log: OpenLog, uri: vscode.Uri, line: number): Place | undefined {
  if (entryDocument(uri) !== undefined) return sourceAt(uri, line);
  const file = fileOf(log.root, uri);
  return file === undefined ? undefined : { file, line: line + 1 };
}

/** The entry that a line (from 0) is a part of. */
export async function entryOnLine(log: OpenLog, uri: vscode.Uri, line: number): Promise<Entry | null> {
  // Which files are shown by their content is known once the log has been read.
  await log.ready();
  const place = placeOf(log, uri, line);
  return place === undefined ? null : log.ask('entryAt', place.file, place.line);
}
