/** Reads a log as soon as one of its files is in front, whatever features are switched off, and however large it is. */
import * as vscode from 'vscode';
import { activeLogUri } from './logDocuments.ts';
import type { Sessions } from './sessions.ts';

export function registerReadOnShow(sessions: Sessions): vscode.Disposable {
  const read = (): void => {
    const uri = activeLogUri();
    const log = uri && sessions.of(uri);
    // A reading that failed or was stopped waits for the user to ask again.
    if (log?.state.kind === 'closed') log.ready().catch((error) => sessions.report(error));
  };
  // After activation and not within it: starting the engine's thread takes longer than all the rest.
  const first = setImmediate(read);
  return vscode.Disposable.from(
    { dispose: () => clearImmediate(first) },
    vscode.window.onDidChangeActiveTextEditor(read),
    vscode.window.tabGroups.onDidChangeTabs(read),
  );
}
