/** Removes the indexes that are kept on disk, and says how much that was. */
import * as vscode from 'vscode';
import type { Sessions } from '../host/sessions.ts';

export async function clearCache(sessions: Sessions): Promise<void> {
  const megabytes = ((await sessions.clearCache()) / 1e6).toFixed(1);
  void vscode.window.showInformationMessage(vscode.l10n.t('Removed {0} MB of indexes.', megabytes));
}
