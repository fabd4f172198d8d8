/** The progress of a reading that the user asked for and waits on; others show in the status bar alone. */
import * as vscode from 'vscode';
import { oneLine } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Sessions } from '../host/sessions.ts';
import type { Progress } from '../protocol.ts';

/** What is over sooner needs no sign. */
export const SHOW_AFTER_MS = 300;

export async function readingProgress(sessions: Sessions, log: OpenLog): Promise<void> {
  const ready = log.ready();
  const late = new Promise<'late'>((resolve) => setTimeout(resolve, SHOW_AFTER_MS, 'late'));
  if ((await Promise.race([ready, late])) !== 'late') return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Reading logs') },
    async (progress, token) => {
      let shown = 0;
      const listener = sessions.onDidChange((changed) => {
        if (changed !== log || changed.state.kind !== 'reading' || changed.state.progress === null) return;
        const done = percent(changed.state.progress);
        progress.report({
          message: `${done} % · ${oneLine(changed.state.progress.file, 60)}`,
          increment: done - shown,
        });
        shown = done;
      });
      token.onCancellationRequested(() => log.cancel().catch((error) => sessions.report(error)));
      try {
        await ready;
      } finally {
        listener.dispose();
      }
    },
  );
}

export function percent({ doneBytes, totalBytes }: Progress): number {
  return totalBytes === 0 ? 100 : Math.floor((100 * doneBytes) / totalBytes);
}
