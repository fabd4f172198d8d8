/** The id at the cursor, wherever else in this file it stands. */
import * as vscode from 'vscode';
import { entryDocument, linesOfEntries, partsOf } from '../host/entryDocuments.ts';
import { idAtCursor } from '../host/idAtCursor.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import { toRange } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';
import type { EntryRow } from '../model.ts';

/** Asked at each move of the cursor, so an id that stands everywhere must not cost a reading of everything. */
const MOST_HIGHLIGHTS = 2_000;

export function registerDocumentHighlight(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerDocumentHighlightProvider(LOG_SELECTOR, {
    provideDocumentHighlights: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const id = await idAtCursor(log, file, document, position);
        if (id === undefined) return undefined;
        const { entries } = await log.ask('occurrences', id.normalised, MOST_HIGHLIGHTS);
        if (entryDocument(document.uri) !== undefined) return inDocument(log, document, id.normalised, entries);
        return entries
          .filter((entry) => entry.file === file)
          .flatMap((entry) => entry.ranges)
          .map(({ line, start, end }) => new vscode.DocumentHighlight(toRange(line, start, end)));
      }),
  });
}

/** In a document of entries an id may be written in short, and on the first line of an entry it is found soonest. */
async function inDocument(
  log: OpenLog,
  document: vscode.TextDocument,
  normalised: string,
  entries: readonly EntryRow[],
): Promise<vscode.DocumentHighlight[]> {
  const lines = linesOfEntries(document.uri, entries);
  const parts = await partsOf(log, document, lines);
  return parts.flatMap((found, i) =>
    found
      .filter(({ id }) => id?.normalised === normalised)
      .map(({ start, length }) => new vscode.DocumentHighlight(toRange(lines[i] + 1, start + 1, start + length + 1))),
  );
}
