/** A card on the key of a field: how many values it has, which are frequent or how far they reach; from a sample. */
import * as vscode from 'vscode';
import type { FieldValues } from '../gestures.ts';
import { countEntries } from '../host/counts.ts';
import { markdownText } from '../host/escape.ts';
import { fieldKeyAt } from '../host/fieldAt.ts';
import { idAtCursor } from '../host/idAtCursor.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { meaningAt } from '../host/meaning.ts';
import type { Sessions } from '../host/sessions.ts';
import { formatNumber } from '../render/number.ts';

const LONGEST_VALUE = 80;

export function registerFieldHover(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerHoverProvider(LOG_SELECTOR, {
    provideHover: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const key = fieldKeyAt(document.lineAt(position.line).text, position.character);
        if (key === undefined) return undefined;
        // Times, levels and ids have cards of their own.
        const meaning = await meaningAt(log, file, document, position);
        if (meaning?.role === 'time' || meaning?.role === 'level') return undefined;
        if ((await idAtCursor(log, file, document, position)) !== undefined) return undefined;
        if (token.isCancellationRequested) return undefined;
        const values = await log.ask('fieldValues', key);
        return values === null ? undefined : new vscode.Hover(card(values));
      }),
  });
}

function card({ key, entries, sampled, distinct, numbers, values }: FieldValues): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const isSample = sampled < entries;
  const different = distinct === 1 ? t('1 value') : t('{0} different values', formatNumber(distinct));
  const extent = isSample
    ? t('{0}; {1} in a sample of {2}', countEntries(entries), different, formatNumber(sampled))
    : t('{0}; {1}', countEntries(entries), different);
  const lines = [`**${markdownText(key)}**`, markdownText(extent)];
  if (numbers !== null && distinct > 1) {
    const { least, median, most } = numbers;
    lines.push(markdownText(t('{0} to {1}, median {2}', number(least), number(most), number(median))));
  } else if (distinct < sampled || distinct <= values.length) {
    lines.push(
      ...values.map(({ text, count }) => `${markdownText(formatNumber(count))} × ${markdownText(text, LONGEST_VALUE)}`),
    );
  }
  return new vscode.MarkdownString(lines.join('  \n'));
}

/** As it is written, but for the tail that binary fractions have. */
function number(value: number): string {
  return String(Number(value.toPrecision(12)));
}
