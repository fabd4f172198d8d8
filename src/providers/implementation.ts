/** Go to Implementations on an id: from this entry to where its trace goes on in another service. */
import * as vscode from 'vscode';
import { idAtCursor } from '../host/idAtCursor.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { entryOnLine } from '../host/place.ts';
import { toLocation } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';

export function registerImplementation(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerImplementationProvider(LOG_SELECTOR, {
    provideImplementation: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const id = await idAtCursor(log, file, document, position);
        const entry = id && (await entryOnLine(log, document.uri, position.line));
        if (!id || !entry) return undefined;
        const callees = await log.ask('callees', id.normalised, entry.entry);
        return callees.map((row) => toLocation(log.root, row));
      }),
  });
}
