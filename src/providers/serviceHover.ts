/** A card on the name of a service: how much it wrote, how much of it was wrong, and how its clock stands. */
import * as vscode from 'vscode';
import { clockLines } from '../host/clocks.ts';
import { countEntries, countErrors } from '../host/counts.ts';
import { markdownText } from '../host/escape.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { meaningAt } from '../host/meaning.ts';
import { entryOnLine } from '../host/place.ts';
import type { Sessions } from '../host/sessions.ts';

export function registerServiceHover(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerHoverProvider(LOG_SELECTOR, {
    provideHover: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const meaning = await meaningAt(log, file, document, position);
        if (meaning?.role !== 'service' || token.isCancellationRequested) return undefined;
        // The name under which it is known may be written otherwise in the line.
        const name = (await entryOnLine(log, document.uri, position.line))?.service ?? null;
        const found = (await log.ask('serviceTrends')).find((service) => service.name === name);
        if (found === undefined || token.isCancellationRequested) return undefined;
        const counts = [countEntries(found.entries), ...(found.errors > 0 ? [countErrors(found.errors)] : [])];
        const lines = [counts.join(', '), ...(await clockLines(log, found.name))].map((line) => markdownText(line));
        const card = [`**${markdownText(found.name, 60)}**`, ...lines].join('  \n');
        return new vscode.Hover(new vscode.MarkdownString(card), meaning.range);
      }),
  });
}
