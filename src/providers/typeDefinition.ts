/** Go to Type Definition on an id: where its trace first failed. */
import * as vscode from 'vscode';
import { idAtCursor } from '../host/idAtCursor.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { occurrenceLocations } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';

export function registerTypeDefinition(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerTypeDefinitionProvider(LOG_SELECTOR, {
    provideTypeDefinition: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const id = await idAtCursor(log, file, document, position);
        const failure = id && (await log.ask('firstFailure', id.normalised));
        return failure ? occurrenceLocations(log.root, failure)[0] : undefined;
      }),
  });
}
