/** The id at the cursor, wherever else in this file it stands. */
import * as vscode from 'vscode';
import { idAtCursor } from '../host/idAtCursor.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { toRange } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';

/** Asked at each move of the cursor, so an id that stands everywhere must not cost a reading of everything. */
const MOST_HIGHLIGHTS = 2_000;

export function registerDocumentHighlight(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerDocumentHighlightProvider(LOG_SELECTOR, {
    provideDocumentHighlights: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const id = await idAtCursor(log, file, document, position);
        if (id === undefined) return undefined;
        const { entries } = await log.ask('occurrences', id.normalised, MOST_HIGHLIGHTS);
        return entries
          .filter((entry) => entry.file === file)
          .flatMap((entry) => entry.ranges)
          .map(({ line, start, end }) => new vscode.DocumentHighlight(toRange(line, start, end)));
      }),
  });
}
