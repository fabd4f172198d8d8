/** A card on a time: in UTC and here, how long before the end of the log, and how far from the entries around it. */
import * as vscode from 'vscode';
import type { Neighbours, Surroundings } from '../gestures.ts';
import { commandId } from '../host/commands.ts';
import { markdownText } from '../host/escape.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { entryTarget, markdownLink } from '../host/markdownLinks.ts';
import { meaningAt } from '../host/meaning.ts';
import { placeOf } from '../host/place.ts';
import type { Sessions } from '../host/sessions.ts';
import type { EntryRow, Micros } from '../model.ts';
import { formatDuration, formatTime, offsetMinutes } from '../render/time.ts';

export function registerTimeHover(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerHoverProvider(LOG_SELECTOR, {
    provideHover: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const meaning = await meaningAt(log, file, document, position);
        if (meaning?.role !== 'time' || token.isCancellationRequested) return undefined;
        const place = placeOf(log, document.uri, position.line);
        const found = place && (await log.ask('surroundings', place.file, place.line));
        const time = found?.entry.timestamp ?? null;
        return found && time !== null ? new vscode.Hover(card(log.root, found, time), meaning.range) : undefined;
      }),
  });
}

function card(root: string, { trace, service, logEnd }: Surroundings, time: Micros): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const lines = [`**${markdownText(formatTime(time))}**`];
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (offsetMinutes(time / 1000, timeZone) !== 0) {
    lines.push(markdownText(t('{0} here ({1})', formatTime(time, timeZone), timeZone)));
  }
  if (logEnd !== null) {
    const left = (logEnd - time) / 1000;
    lines.push(
      markdownText(left === 0 ? t('The end of the log') : t('{0} before the end of the log', formatDuration(left))),
    );
  }
  if (trace !== null) lines.push(`${markdownText(trace.key, 60)}: ${gaps(root, trace, time)}`);
  if (service !== null) lines.push(`${markdownText(service.name, 60)}: ${gaps(root, service, time)}`);
  const markdown = new vscode.MarkdownString(lines.join('  \n'));
  markdown.isTrusted = { enabledCommands: [commandId('openEntry')] };
  return markdown;
}

function gaps(root: string, { previous, next }: Neighbours, time: Micros): string {
  const { t } = vscode.l10n;
  const between = (other: EntryRow, sign: 1 | -1) =>
    other.timestamp === null ? '' : formatDuration((sign * (other.timestamp - time)) / 1000);
  const before =
    previous &&
    markdownLink(t('{0} after the previous entry', between(previous, -1)), 'openEntry', entryTarget(root, previous));
  const after =
    next && markdownLink(t('{0} before the next entry', between(next, 1)), 'openEntry', entryTarget(root, next));
  return [before ?? markdownText(t('the first entry')), after ?? markdownText(t('the last entry'))].join(', ');
}
