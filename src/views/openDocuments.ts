/** The commands that open a document of entries, and the way back from one of its lines. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { IdTarget } from '../host/commands.ts';
import { entryDocument } from '../host/entryDocuments.ts';
import { activeLogUri } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import { type Place, placeOf } from '../host/place.ts';
import { fileOf, toLocation } from '../host/positions.ts';
import { reveal } from '../host/reveal.ts';
import type { Sessions } from '../host/sessions.ts';
import type { EntryDocuments } from './entryDocuments.ts';
import { hint, hintNoId, idInFront } from './navigate.ts';

/** The file in front as aligned text; from there, back to the file. */
export async function openReadable(sessions: Sessions, documents: EntryDocuments): Promise<void> {
  const uri = activeLogUri();
  const log = uri && sessions.of(uri);
  if (uri === undefined || log === undefined) return hint(vscode.l10n.t('No log file in front'));
  if (entryDocument(uri) !== undefined && entryDocument(uri)?.scope.kind === 'file') return openSourceLine(sessions);
  const place = placeInFront(log);
  const file = place?.file ?? fileOf(log.root, uri);
  if (file === undefined) return hint(vscode.l10n.t('No log file in front'));
  await documents.open(log, { kind: 'file', file }, vscode.l10n.t('{0} (readable)', basename(file)), place);
}

/** The files that were selected in the explorer, else all files of the log, on the entry that the cursor stands on. */
export async function openMerged(
  sessions: Sessions,
  documents: EntryDocuments,
  target?: unknown,
  selection?: unknown,
): Promise<void> {
  const chosen = [target, ...(Array.isArray(selection) ? selection : [])].filter((uri) => uri instanceof vscode.Uri);
  // The button of an editor hands over the file that it shows, and means the whole log.
  const selected = Array.isArray(selection) && selection.length > 1 ? chosen : [];
  const log = (chosen[0] && sessions.of(chosen[0])) ?? (await sessions.current());
  if (log === undefined) return hint(vscode.l10n.t('No log file in front'));
  const files = [...new Set(selected.flatMap((uri) => fileOf(log.root, uri) ?? []))].sort();
  const name = files.length === 0 ? basename(log.root) : files.map((file) => basename(file)).join(' + ');
  const place = placeInFront(log);
  const isIn = place !== undefined && (files.length === 0 || files.includes(place.file));
  const title = vscode.l10n.t('{0} (merged)', name);
  await documents.open(log, { kind: 'files', files }, title, isIn ? place : undefined);
}

/** A trace: the one named, else that of the cursor. */
export async function openTrace(sessions: Sessions, documents: EntryDocuments, target?: IdTarget): Promise<void> {
  const isNamed = target !== undefined && 'id' in target;
  const front = isNamed ? undefined : await idInFront(sessions);
  const log = isNamed ? sessions.byRoot(target.root) : front?.log;
  const id = isNamed ? target.id : front?.id;
  if (log === undefined || id === undefined) return hintNoId();
  await documents.open(log, { kind: 'trace', id }, vscode.l10n.t('trace {0}', id), placeInFront(log));
}

export async function openQuery(documents: EntryDocuments, log: OpenLog, query: string): Promise<void> {
  await documents.open(log, { kind: 'query', query }, vscode.l10n.t('search {0}', query));
}

export async function openSourceLine(sessions: Sessions): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const log = editor && sessions.of(editor.document.uri);
  const place = log && placeInFront(log);
  if (log === undefined || place === undefined) return hint(vscode.l10n.t('No entry on this line'));
  const { uri, range } = toLocation(log.root, { ...place, column: 1 });
  await reveal(uri, range);
}

/** Where the cursor stands in the log; on a line that heads a document, the entry below it. */
function placeInFront(log: OpenLog): Place | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  const { active } = selection;
  if (entryDocument(document.uri) === undefined) return placeOf(log, document.uri, active.line);
  for (let line = active.line; line < document.lineCount; line++) {
    const place = placeOf(log, document.uri, line);
    if (place !== undefined) return place;
  }
  return undefined;
}
