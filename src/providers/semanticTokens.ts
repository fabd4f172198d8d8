/**
 * Colours by meaning, over what the grammar guessed from looks: the engine knows which key of this
 * format holds the level, the time, the service. By range only, for a log has no end.
 */
import * as vscode from 'vscode';
import type { LinePart } from '../documents.ts';
import { entryDocument, partsOf } from '../host/entryDocuments.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import type { Sessions } from '../host/sessions.ts';
import { TOKEN_TYPES, tokenType } from '../host/tokenTypes.ts';

const LEGEND = new vscode.SemanticTokensLegend([...TOKEN_TYPES]);

export function registerSemanticTokens(sessions: Sessions): vscode.Disposable {
  const provider: vscode.DocumentRangeSemanticTokensProvider = {
    provideDocumentRangeSemanticTokens: (document, range, token) =>
      sessions.answer(document, token, async (log, file) => {
        const first = range.start.line;
        const lines: string[] = [];
        for (let line = first; line <= range.end.line; line++) lines.push(document.lineAt(line).text);
        const version = document.version;
        const isDocument = entryDocument(document.uri) !== undefined;
        const tokens = isDocument
          ? await partsOf(
              log,
              document,
              Array.from(lines.keys(), (i) => first + i),
            )
          : await log.ask('tokens', file, lines);
        // Colours for text that is gone would land on the wrong words.
        return document.version === version ? build(first, tokens) : undefined;
      }),
  };
  return vscode.languages.registerDocumentRangeSemanticTokensProvider(LOG_SELECTOR, provider, LEGEND);
}

function build(
  first: number,
  lines: readonly Pick<LinePart, 'start' | 'length' | 'role' | 'level'>[][],
): vscode.SemanticTokens {
  const builder = new vscode.SemanticTokensBuilder(LEGEND);
  lines.forEach((tokens, i) => {
    for (const token of tokens) {
      const type = tokenType(token);
      if (type === undefined) continue;
      const start = new vscode.Position(first + i, token.start);
      builder.push(new vscode.Range(start, start.translate(0, token.length)), type);
    }
  });
  return builder.build();
}
