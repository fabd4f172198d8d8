/** A card on a level: how many entries have it, in this file and in all of the log, beside the other levels. */
import * as vscode from 'vscode';
import type { LevelCount } from '../gestures.ts';
import { markdownText } from '../host/escape.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { meaningAt } from '../host/meaning.ts';
import { placeOf } from '../host/place.ts';
import type { Sessions } from '../host/sessions.ts';
import type { Level } from '../model.ts';
import { formatNumber } from '../render/number.ts';

export function registerLevelHover(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerHoverProvider(LOG_SELECTOR, {
    provideHover: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const meaning = await meaningAt(log, file, document, position);
        if (meaning?.level === undefined || token.isCancellationRequested) return undefined;
        const counts = await log.ask('levelCounts', placeOf(log, document.uri, position.line)?.file ?? file);
        return counts.length === 0 ? undefined : new vscode.Hover(card(counts, meaning.level), meaning.range);
      }),
  });
}

/** A table, so that the numbers stand below each other; the level that is meant stands out. */
function card(counts: readonly LevelCount[], meant: Level): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const rows = counts.map(({ level, inFile, inLog }) => {
    const cells = [level.toUpperCase(), formatNumber(inFile), formatNumber(inLog)].map((cell) => markdownText(cell));
    return cells.map((cell) => (level === meant ? `**${cell}**` : cell)).join(' | ');
  });
  return new vscode.MarkdownString(
    [`| | ${t('This file')} | ${t('Log')} |`, '|:-|-:|-:|', ...rows.map((row) => `| ${row} |`)].join('\n'),
  );
}
