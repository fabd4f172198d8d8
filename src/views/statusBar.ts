/** The one item in the status bar: how far a reading is, then what the log in front holds. */
import * as vscode from 'vscode';
import { commandId } from '../host/commands.ts';
import { countAnomalies, countEntries, countErrors, countFatals, countFiles, countServices } from '../host/counts.ts';
import { markdownText } from '../host/escape.ts';
import { activeLogUri } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import { fileOf } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';
import { formatNumber } from '../render/number.ts';
import { formatClock, formatTime } from '../render/time.ts';
import { percent } from './readingProgress.ts';

export function registerStatusBar(sessions: Sessions): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('causeway.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Causeway';
  let drawing = 0;

  const draw = async (): Promise<void> => {
    const mine = ++drawing;
    const log = shownLog(sessions);
    if (log === undefined || log.state.kind === 'closed') return item.hide();
    const { text, tooltip, command } = await content(sessions, log);
    // The answer may come late; by then another file is in front.
    if (mine !== drawing) return;
    item.text = text;
    item.tooltip = tooltip;
    item.command = command;
    item.show();
  };
  const redraw = (): void => void draw().catch((error) => sessions.report(error));

  return vscode.Disposable.from(
    item,
    sessions.onDidChange(redraw),
    sessions.onDidChangeSettings(redraw),
    vscode.window.onDidChangeActiveTextEditor(redraw),
    vscode.window.tabGroups.onDidChangeTabs(redraw),
  );
}

/** The log of the file in front; else one that is being read; else the first that has been. */
function shownLog(sessions: Sessions): OpenLog | undefined {
  const uri = activeLogUri();
  const logs = sessions.all();
  return (
    (uri && sessions.of(uri)) ??
    logs.find((log) => log.state.kind === 'reading') ??
    logs.find((log) => log.state.kind !== 'closed')
  );
}

interface Content {
  text: string;
  tooltip: vscode.MarkdownString | string;
  command: string;
}

async function content(sessions: Sessions, log: OpenLog): Promise<Content> {
  const { t } = vscode.l10n;
  const { state } = log;
  switch (state.kind) {
    case 'read':
      return summary(sessions, log);
    case 'failed':
      return {
        text: `$(error) Causeway: ${t('can’t read')}`,
        tooltip: t('{0} can’t be read: {1}. Click to try again.', log.root, state.error.message),
        command: commandId('refresh'),
      };
    case 'cancelled':
      return {
        text: `Causeway: ${t('reading stopped')}`,
        tooltip: t('Click to read {0}.', log.root),
        command: commandId('refresh'),
      };
    default: {
      const progress = state.kind === 'reading' ? state.progress : null;
      const done = progress === null ? '' : ` ${percent(progress)} % ${t('of {0}', megabytes(progress.totalBytes))}`;
      return {
        text: `$(sync~spin) Causeway: ${t('reading')}${done}`,
        tooltip: t('Click to stop reading {0}.', log.root),
        command: commandId('cancelReading'),
      };
    }
  }
}

async function summary(sessions: Sessions, log: OpenLog): Promise<Content> {
  const summary = await log.ready();
  const { anomalies } = await log.report();
  const text = [countFiles(summary.files), countEntries(summary.entries), countAnomalies(anomalies.length)];
  const lines = [markdownText(log.root)];
  const { from, to } = summary.timeRange;
  if (from !== null) lines.push(markdownText(`${formatTime(from)} – ${formatTime(to)}`));
  lines.push(markdownText(countServices(summary.services)));
  if (summary.skipped.length > 0) {
    lines.push(markdownText(vscode.l10n.t('{0} skipped', countFiles(summary.skipped.length))));
  }
  return {
    text: `Causeway: ${text.join(', ')}`,
    tooltip: new vscode.MarkdownString([...lines, ...(await activeFile(sessions, log))].join('  \n')),
    command: commandId('findTrace'),
  };
}

/** What the lenses would say of the file in front: they are off in large files, and may be switched off. */
async function activeFile(sessions: Sessions, log: OpenLog): Promise<string[]> {
  const uri = activeLogUri();
  const file = uri && fileOf(log.root, uri);
  if (file === undefined || sessions.of(vscode.Uri.file(uri?.fsPath ?? ''))?.root !== log.root) return [];
  const services = await log.ask('fileServices', file);
  const lines = services.slice(0, 8).map((service) => {
    const parts = [service.name, countEntries(service.entries)];
    if (service.errors > 0) parts.push(countErrors(service.errors));
    if (service.fatals > 0) parts.push(countFatals(service.fatals));
    if (service.firstError !== null) {
      parts.push(vscode.l10n.t('first error {0}', formatClock(service.firstError.timestamp)));
    }
    return markdownText(parts.join(' · '));
  });
  return lines.length === 0 ? [] : [`\n**${markdownText(file)}**`, ...lines];
}

function megabytes(bytes: number): string {
  return `${formatNumber(Math.max(1, Math.round(bytes / 1_000_000)))} MB`;
}
