/** A card on an id: when, how long, through which services, what went wrong first, and the ways on. */
import * as vscode from 'vscode';
import { commandId } from '../host/commands.ts';
import { countEntries, countServices } from '../host/counts.ts';
import { markdownText } from '../host/escape.ts';
import { idAtCursor } from '../host/idAtCursor.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { entryTarget, markdownLink } from '../host/markdownLinks.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Sessions } from '../host/sessions.ts';
import { type OutsidePlace, outsidePlaces } from '../host/traceLinks.ts';
import type { CorrelationSummary } from '../model.ts';
import { formatClock, formatDuration, formatTime } from '../render/time.ts';

/** More services than fit on a line are counted. */
const MOST_SERVICES = 6;

export function registerHover(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerHoverProvider(LOG_SELECTOR, {
    provideHover: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const id = await idAtCursor(log, file, document, position);
        const found = id && (await log.ask('correlation', id.normalised));
        if (!id || !found) return undefined;
        const error = found.firstError && (await log.ask('entry', found.firstError.entry));
        const inferred = await log.ask('inferred', id.normalised, 0);
        const places = await outsidePlaces(sessions, log, id.normalised);
        return new vscode.Hover(card(log, found, inferred, error?.message ?? null, places), id.range);
      }),
  });
}

function card(
  log: OpenLog,
  found: CorrelationSummary,
  inferred: { total: number; unclear: number },
  errorMessage: string | null,
  places: readonly OutsidePlace[],
): vscode.MarkdownString {
  const { t } = vscode.l10n;
  const root = log.root;
  const lines = [`**${markdownText(found.key)}** ${markdownText(found.id)}`, extent(found)];
  if (found.from !== null) lines.push(when(found));
  lines.push(...joins(root, found.id, inferred));
  if (found.services.length > 0) lines.push(services(found.services));
  if (found.firstError !== null) {
    const { firstError } = found;
    const place = markdownLink(`${firstError.file}:${firstError.line}`, 'openEntry', entryTarget(root, firstError));
    const who = [formatClock(firstError.timestamp), firstError.service].filter((part) => part !== null);
    lines.push(
      `${t('First error')} ${markdownText(who.join(' '))}: ${markdownText(errorMessage ?? '', 160)} (${place})`,
    );
  }
  const ways = [
    markdownLink(t('First entry'), 'openEntry', entryTarget(root, found.first)),
    markdownLink(t('All entries'), 'showReferences', { root, id: found.id }),
    markdownLink(t('As a document'), 'openTrace', { root, id: found.id }),
    markdownLink(t('Timeline'), 'showTimeline', { root, id: found.id }),
    ...places.map(({ name, address }) => `[${markdownText(name, 60)}](<${address}>)`),
  ];
  const markdown = new vscode.MarkdownString(`${lines.join('  \n')}\n\n${ways.join(' · ')}`);
  const commands = ['openEntry', 'showReferences', 'openTrace', 'showTimeline'] as const;
  markdown.isTrusted = { enabledCommands: commands.map(commandId) };
  return markdown;
}

function extent(found: CorrelationSummary): string {
  const parts = [countEntries(found.entries), countServices(found.services.length)];
  if (found.from !== null && found.to !== null) parts.push(formatDuration((found.to - found.from) / 1000));
  return markdownText(parts.join(', '));
}

/** What joins the trace without holding its id, and what might. */
function joins(root: string, id: string, { total, unclear }: { total: number; unclear: number }): string[] {
  const { t } = vscode.l10n;
  const shown = markdownLink(countEntries(total), 'showReferences', { root, id, joined: 'inferred' });
  return [
    ...(total > 0 ? [`${t('Inferred from ids they share:')} ${shown}`] : []),
    ...(unclear > 0 ? [`${t('Perhaps of this trace, perhaps of another:')} ${countEntries(unclear)}`] : []),
  ];
}

/** The day is named once where the trace ends on the day it began. */
function when(found: CorrelationSummary): string {
  const from = formatTime(found.from);
  const to = formatTime(found.to);
  const sameDay = from.slice(0, 10) === to.slice(0, 10);
  return markdownText(`${from} – ${sameDay ? to.slice(11) : to}`);
}

function services(names: readonly string[]): string {
  const shown = names.slice(0, MOST_SERVICES).map((name) => markdownText(name, 60));
  const more = names.length - shown.length;
  return shown.join(' → ') + (more > 0 ? ` → ${vscode.l10n.t('{0} more', more)}` : '');
}
