/** Above the first line, what this file says of each service; each part leads to its lines. */
import * as vscode from 'vscode';
import { type CommandArguments, type CommandName, commandId } from '../host/commands.ts';
import { countEntries, countErrors, countFatals } from '../host/counts.ts';
import { labelText } from '../host/escape.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import type { Sessions } from '../host/sessions.ts';
import type { EntryRow, Level } from '../model.ts';
import type { FileServiceSummary } from '../protocol.ts';
import { formatClock, formatDuration } from '../render/time.ts';

/** A collected log holds dozens of services; beyond these the tree is the better place. */
const MOST_SERVICES = 3;
const TOP = new vscode.Range(0, 0, 0, 0);

export function registerCodeLens(sessions: Sessions): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: (document, token) =>
      sessions.answer(document, token, async (log, file) => {
        if (!sessions.setting('codeLens.enabled', log.root)) return [];
        return lenses(log.root, file, await log.ask('fileServices', file));
      }),
  };
  return vscode.Disposable.from(
    changed,
    // Only a finished reading asks anew: a question after a failure would start the reading again.
    sessions.onDidChange((log) => log.summary && changed.fire()),
    sessions.onDidChangeSettings(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(LOG_SELECTOR, provider),
  );
}

function lenses(root: string, file: string, services: readonly FileServiceSummary[]): vscode.CodeLens[] {
  const worstFirst = [...services].sort(
    (a, b) => b.fatals - a.fatals || b.errors - a.errors || b.entries - a.entries || (a.name < b.name ? -1 : 1),
  );
  const shown = worstFirst.slice(0, MOST_SERVICES).flatMap((service) => serviceLenses(root, file, service));
  const more = services.length - MOST_SERVICES;
  if (more > 0) {
    const title = more === 1 ? vscode.l10n.t('1 more service') : vscode.l10n.t('{0} more services', more);
    shown.push(new vscode.CodeLens(TOP, { title, command: 'causeway.services.focus' }));
  }
  return shown;
}

function serviceLenses(root: string, file: string, service: FileServiceSummary): vscode.CodeLens[] {
  const go = (row: EntryRow) => lens('openEntry', { root, file: row.file, line: row.line, column: row.column });
  const peek = (from: Level) => lens('showErrors', { root, file, service: service.name, from });
  const parts = [
    lens('showIncidentTimeline', { root })(labelText(service.name, 60), vscode.l10n.t('Show the incident’s timeline')),
    go(service.first)(countEntries(service.entries), vscode.l10n.t('Go to the first entry')),
  ];
  if (service.errors > 0) parts.push(peek('error')(countErrors(service.errors), vscode.l10n.t('Peek the errors')));
  if (service.fatals > 0)
    parts.push(peek('fatal')(countFatals(service.fatals), vscode.l10n.t('Peek the fatal errors')));
  if (service.firstError !== null) {
    const title = vscode.l10n.t('first error {0}', formatClock(service.firstError.timestamp));
    parts.push(go(service.firstError)(title, vscode.l10n.t('Go to the first error')));
  }
  if (service.p95Ms !== null && service.p95Entry !== null) {
    const title = `p95 ${formatDuration(service.p95Ms)}`;
    parts.push(go(service.p95Entry)(title, vscode.l10n.t('Go to the entry nearest to the 95th percentile')));
  }
  return parts;
}

function lens<K extends CommandName>(name: K, ...args: CommandArguments[K]) {
  return (title: string, tooltip: string) =>
    new vscode.CodeLens(TOP, { title, tooltip, command: commandId(name), arguments: args });
}
