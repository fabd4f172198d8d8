/** Folding: entries of several lines, as stack traces make them, and entries of one trace or one kind that follow each other. */
import * as vscode from 'vscode';
import { entryDocument } from '../host/entryDocuments.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import type { Sessions } from '../host/sessions.ts';

/** The editor shows no more by default. */
const MOST_FOLDS = 5_000;

export function registerFolding(sessions: Sessions): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.FoldingRangeProvider = {
    onDidChangeFoldingRanges: changed.event,
    provideFoldingRanges: (document, _context, token) =>
      sessions.answer(document, token, async (log, file) => {
        // What an entry has below its line is indented: that the editor folds by itself.
        if (entryDocument(document.uri) !== undefined) return undefined;
        const folds = await log.ask('foldings', file, MOST_FOLDS);
        return folds
          .filter(({ lastLine }) => lastLine <= document.lineCount)
          .map(({ firstLine, lastLine }) => new vscode.FoldingRange(firstLine - 1, lastLine - 1));
      }),
  };
  return vscode.Disposable.from(
    changed,
    // Only a finished reading asks anew: a question after a failure would start the reading again.
    sessions.onDidChange((log) => log.summary && changed.fire()),
    vscode.languages.registerFoldingRangeProvider(LOG_SELECTOR, provider),
  );
}
