/** Find All References and Peek on an id: every correlated entry, in every file of the log. */
import * as vscode from 'vscode';
import { idAtCursor } from '../host/idAtCursor.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { referencesOf } from '../host/references.ts';
import type { Sessions } from '../host/sessions.ts';

export function registerReferences(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerReferenceProvider(LOG_SELECTOR, {
    provideReferences: (document, position, _context, token) =>
      sessions.answer(document, token, async (log, file) => {
        const id = await idAtCursor(log, file, document, position);
        return id && referencesOf(log, id.normalised);
      }),
  });
}
