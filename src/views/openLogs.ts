/** Open Logs…: a folder or files from anywhere become one log. */
import * as vscode from 'vscode';
import { labelText } from '../host/escape.ts';
import type { ChosenPath, OpenLog } from '../host/openLog.ts';
import { commonFolder } from '../host/paths.ts';
import type { Sessions } from '../host/sessions.ts';
import { readingProgress } from './readingProgress.ts';

/** `target` and `selection` are what the Explorer's context menu hands over. */
export async function openLogs(sessions: Sessions, target?: unknown, selection?: unknown): Promise<void> {
  const given = (Array.isArray(selection) ? selection : [target]).filter((uri) => uri instanceof vscode.Uri);
  const uris = given.length > 0 ? given : await ask();
  if (uris === undefined || uris.length === 0) return;
  const chosen = await Promise.all(uris.map(toChosen));
  const log =
    chosen.length === 1 && chosen[0].isFolder
      ? sessions.choose(chosen[0].path)
      : sessions.choose(commonFolder(chosen.map(({ path }) => path)), chosen);
  await readAsked(sessions, log);
  await vscode.commands.executeCommand('causeway.services.focus');
}

/** Closes the log named, else the only opened one there is, else those the user picks. */
export async function closeLogs(sessions: Sessions, target?: { root: string }): Promise<void> {
  if (typeof target?.root === 'string') return sessions.close(target.root);
  const opened = sessions.opened();
  const items = opened.map(({ root }) => ({ label: labelText(root), root }));
  const title = vscode.l10n.t('Close Logs');
  const chosen = items.length > 1 ? await vscode.window.showQuickPick(items, { title, canPickMany: true }) : items;
  for (const { root } of chosen ?? []) sessions.close(root);
}

/** Reads a log because the user asked for it: what goes wrong is said in front of them. */
export async function readAsked(sessions: Sessions, log: OpenLog): Promise<boolean> {
  try {
    await readingProgress(sessions, log);
    return true;
  } catch (error) {
    sessions.report(error);
    if (log.state.kind === 'failed') {
      const reason = log.state.error.message;
      void vscode.window.showErrorMessage(vscode.l10n.t('{0} can’t be read: {1}', log.root, reason));
    }
    return false;
  }
}

/** Reads all open logs again from disk, also those whose reading failed or was stopped. */
export async function refresh(sessions: Sessions): Promise<void> {
  await Promise.all(
    sessions.candidates().map((log) => (log.state.kind === 'closed' ? readAsked(sessions, log) : log.refresh())),
  );
}

export async function cancelReading(sessions: Sessions): Promise<void> {
  await Promise.all(sessions.all().map((log) => log.cancel()));
}

async function ask(): Promise<vscode.Uri[] | undefined> {
  const { t } = vscode.l10n;
  const folder = { label: t('$(folder) Folder…'), detail: t('All log files in it, at any depth'), folders: true };
  const files = { label: t('$(file) Files…'), detail: t('Just these, whatever their names'), folders: false };
  const pick = await vscode.window.showQuickPick([folder, files], { title: t('Open Logs') });
  if (pick === undefined) return undefined;
  return vscode.window.showOpenDialog({
    title: t('Open Logs'),
    openLabel: t('Open Logs'),
    canSelectMany: true,
    canSelectFolders: pick.folders,
    canSelectFiles: !pick.folders,
  });
}

async function toChosen(uri: vscode.Uri): Promise<ChosenPath> {
  const { type } = await vscode.workspace.fs.stat(uri);
  return { path: uri.fsPath, isFolder: (type & vscode.FileType.Directory) !== 0 };
}
