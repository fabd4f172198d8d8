/** Going from line to line: next and previous correlated entry, first error, and what links lead to. */
import * as vscode from 'vscode';
import type { EntryTarget, FileTarget, IdTarget } from '../host/commands.ts';
import { lineOfEntry, placeOnLine } from '../host/entryDocuments.ts';
import { idAtCursor } from '../host/idAtCursor.ts';
import { activeLogUri } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import { entryOnLine } from '../host/place.ts';
import { fileOf, toLocation, toPosition, uriOf } from '../host/positions.ts';
import { inferredOf, referencesOf } from '../host/references.ts';
import { reveal } from '../host/reveal.ts';
import type { Sessions } from '../host/sessions.ts';
import type { Entry, EntryRow } from '../model.ts';

const MOST_ERRORS = 1_000;
const HINT_MS = 3_000;

/** Looking at a line is not yet keeping its file: the next look may take the same editor. */
export async function openEntry(target: EntryTarget, preserveFocus = false): Promise<void> {
  await reveal(uriOf(target.root, target.file), toPosition(target), { preview: true, preserveFocus });
}

/** The id a command means that names none: the one under the cursor, else the leading one of the cursor's entry. */
export async function idInFront(
  sessions: Sessions,
): Promise<{ log: OpenLog; id: string; key: string; entry: Entry } | undefined> {
  const editor = vscode.window.activeTextEditor;
  const log = editor && sessions.of(editor.document.uri);
  if (editor === undefined || log === undefined) return undefined;
  const { active } = editor.selection;
  const entry = await entryOnLine(log, editor.document.uri, active.line);
  if (entry === null) return undefined;
  const id = (await idAtCursor(log, entry.file, editor.document, active)) ?? entry.ids[0];
  return id && { log, id: id.normalised, key: id.key, entry };
}

export async function goToCorrelated(sessions: Sessions, step: 1 | -1): Promise<void> {
  const front = await idInFront(sessions);
  if (front === undefined) return hintNoId();
  const { log, id, key, entry } = front;
  const row = await log.ask('neighbour', id, entry.entry, step);
  if (row === null) {
    return hint(
      step === 1 ? vscode.l10n.t('Last entry of this {0}', key) : vscode.l10n.t('First entry of this {0}', key),
    );
  }
  if (await goInDocument(log, row)) return;
  await reveal(uriOf(log.root, row.file), await onId(log, row, id), { preview: true });
}

/** Within a document of entries one stays, where it holds the entry. */
export async function goInDocument(log: OpenLog, row: EntryRow): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  const line = editor === undefined ? -1 : lineOfEntry(editor.document.uri, row);
  if (editor === undefined || line < 0) return false;
  const place = await placeOnLine(log, editor.document, line);
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return true;
}

/**
 * On the id itself (normalised or as written), so that keys and gestures go on from there; at the entry's start where
 * the text is out of reach.
 */
export async function onId(log: OpenLog, row: EntryRow, wanted: string): Promise<vscode.Position> {
  const start = toPosition(row);
  const entry = await log.ask('entry', row.entry);
  const id = entry?.ids.find((each) => each.normalised === wanted || each.value === wanted);
  if (id === undefined) return start;
  try {
    const document = await vscode.workspace.openTextDocument(uriOf(log.root, row.file));
    for (let line = row.line - 1; line < Math.min(row.endLine, document.lineCount); line++) {
      const character = document.lineAt(line).text.indexOf(id.value);
      if (character >= 0) return new vscode.Position(line, character);
    }
  } catch {
    // Above 50 MB there is no document to look in.
  }
  return start;
}

export async function goToFirstError(sessions: Sessions, target?: FileTarget): Promise<void> {
  const place = target ?? filePlace(sessions);
  const log = place && sessions.byRoot(place.root);
  if (place === undefined || log === undefined) return hint(vscode.l10n.t('No log file in front'));
  const errors = await log.ask('errors', place.file, place.service ?? null, 1);
  if (errors.length === 0) return hint(vscode.l10n.t('No error in this file'));
  await reveal(uriOf(log.root, errors[0].file), toPosition(errors[0]));
}

export async function showErrors(sessions: Sessions, target: FileTarget): Promise<void> {
  const log = sessions.byRoot(target.root);
  const errors = await log?.ask('errors', target.file, target.service ?? null, MOST_ERRORS, target.from);
  if (log === undefined || errors === undefined || errors.length === 0) return;
  await peek(errors.map((row) => toLocation(log.root, row)));
}

export async function showReferences(sessions: Sessions, target: IdTarget & { joined?: 'inferred' }): Promise<void> {
  const log = sessions.byRoot(target.root);
  const find = target.joined === 'inferred' ? inferredOf : referencesOf;
  const locations = (log && (await find(log, target.id))) ?? [];
  if (locations.length === 0) return hint(vscode.l10n.t('No entries'));
  await peek(locations);
}

/** All entries of an id: of the one named, else of the one in front. */
export async function showEntries(sessions: Sessions, target?: IdTarget): Promise<void> {
  const wanted = await idWanted(sessions, target);
  if (wanted !== undefined) await showReferences(sessions, wanted);
}

export async function copyId(sessions: Sessions, target?: IdTarget): Promise<void> {
  const wanted = await idWanted(sessions, target);
  if (wanted !== undefined) await vscode.env.clipboard.writeText(wanted.id);
}

/** The id a command was given, else the one in front; says so where there is none. */
export async function idWanted(sessions: Sessions, target?: IdTarget): Promise<IdTarget | undefined> {
  if (target !== undefined && 'id' in target) return { root: target.root, id: target.id };
  const front = await idInFront(sessions);
  if (front === undefined) return hintNoId();
  return { root: front.log.root, id: front.id };
}

/** In the peek view, over the editor in front; the first place is opened where there is no such editor. */
export async function peek(locations: vscode.Location[]): Promise<void> {
  if (vscode.window.activeTextEditor === undefined) await reveal(locations[0].uri, locations[0].range);
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const { uri } = editor.document;
  await vscode.commands.executeCommand('editor.action.showReferences', uri, editor.selection.active, locations);
}

function filePlace(sessions: Sessions): FileTarget | undefined {
  const uri = activeLogUri();
  const log = uri && sessions.of(uri);
  const file = log && fileOf(log.root, uri);
  return file === undefined ? undefined : { root: log?.root ?? '', file };
}

/** What every command says that looked for an id on the cursor's line in vain. */
export function hintNoId(): undefined {
  hint(vscode.l10n.t('No id on this line'));
}

/** A word in passing: an answer to a key press needs no notification. */
export function hint(text: string): void {
  vscode.window.setStatusBarMessage(text, HINT_MS);
}
