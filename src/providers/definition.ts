/** Go to Definition on an id: the first entry that carries it, in whatever file. In a document of entries: the line in the source. */
import * as vscode from 'vscode';
import { entryDocument } from '../host/entryDocuments.ts';
import { idAtCursor } from '../host/idAtCursor.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import { placeOf } from '../host/place.ts';
import { occurrenceLocations, toLocation } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';

export function registerDefinition(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerDefinitionProvider(LOG_SELECTOR, {
    provideDefinition: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        if (entryDocument(document.uri) !== undefined) return sourceLink(log, document, position);
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

/** The whole line leads to its source; without a range, the editor would underline one word of it. */
function sourceLink(
  log: OpenLog,
  document: vscode.TextDocument,
  { line }: vscode.Position,
): vscode.DefinitionLink[] | undefined {
  const place = placeOf(log, document.uri, line);
  if (place === undefined) return undefined;
  const { uri, range } = toLocation(log.root, { ...place, column: 1 });
  return [{ originSelectionRange: document.lineAt(line).range, targetUri: uri, targetRange: range }];
}
