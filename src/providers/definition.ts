/** Go to Definition on an id: the first entry that carries it, in whatever file. */
import * as vscode from 'vscode';
import { idAtCursor } from '../host/idAtCursor.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { occurrenceLocations } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';

export function registerDefinition(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerDefinitionProvider(LOG_SELECTOR, {
    provideDefinition: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const id = await idAtCursor(log, file, document, position);
        if (id === undefined) return undefined;
        const { entries } = await log.ask('occurrences', id.normalised, 1);
        if (entries.length === 0) return undefined;
        const [{ uri, range }] = occurrenceLocations(log.root, entries[0]);
        const link: vscode.DefinitionLink = {
          originSelectionRange: id.range,
          targetUri: uri,
          targetRange: new vscode.Range(entries[0].line - 1, 0, entries[0].endLine, 0),
          targetSelectionRange: range,
        };
        return [link];
      }),
  });
}
