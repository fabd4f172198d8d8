/** The one item in the status bar: how far a reading is, then what the log in front holds. */
import * as vscode from 'vscode';
import { commandId } from '../host/commands.ts';
import { countAnomalies, countEntries, countErrors, countFatals, countFiles } from '../host/counts.ts';
import { labelText, markdownText } from '../host/escape.ts';
import { activeLogUri } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import { fileOf } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';
import type { FileServiceSummary } from '../protocol.ts';
import { formatNumber } from '../render/number.ts';
import { formatClock, formatTime } from '../render/time.ts';
import { percent, SHOW_AFTER_MS } from './readingProgress.ts';

const MOST_SERVICES = 8;
/** Beyond either, the editor switches lenses and much else off. */
const LARGE_FILE_BYTES = 20 * 1024 * 1024;
const LARGE_FILE_LINES = 300_000;

export function registerStatusBar(sessions: Sessions): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('causeway.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Causeway';
  let drawing = 0;
  const readingSince = new WeakMap<OpenLog, number>();

  const draw = async (): Promise<void> => {
    const mine = ++drawing;
    const log = shownLog(sessions);
    if (log === undefined || log.state.kind === 'closed') return item.hide();
    if (log.state.kind !== 'reading') readingSince.delete(log);
    else if (isTooSoon(log)) return;
    const { text, tooltip, command } = await statusContent(sessions, log);
    // The answer may come late; by then another file is in front.
    if (mine !== drawing) return;
    item.text = text;
    item.tooltip = tooltip;
    item.command = command;
    item.show();
  };
  /** What is over at once needs no sign; a redraw follows when it is not. */
  const isTooSoon = (log: OpenLog): boolean => {
    const since = readingSince.get(log);
    if (since !== undefined) return Date.now() < since + SHOW_AFTER_MS;
    readingSince.set(log, Date.now());
    setTimeout(redraw, SHOW_AFTER_MS);
    return true;
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

/** Exported for its test: the editor lets nobody look at the status bar from outside. */
export async function statusContent(sessions: Sessions, log: OpenLog): Promise<Content> {
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
  const [summary, { anomalies, muted }, file] = await Promise.all([
    log.ready(),
    log.report(),
    fileInFront(sessions, log),
  ]);
  const counts = [countFiles(summary.files), countEntries(summary.entries), countAnomalies(anomalies.length)].join(
    ', ',
  );
  const lines = [markdownText(log.root), markdownText(counts)];
  const { from, to } = summary.timeRange;
  if (from !== null) lines.push(markdownText(`${formatTime(from)} – ${formatTime(to)}`));
  if (summary.skipped.length > 0) {
    lines.push(markdownText(vscode.l10n.t('{0} skipped', countFiles(summary.skipped.length))));
  }
  const silenced = muted.reduce((sum, each) => sum + each.anomalies, 0);
  if (silenced > 0) lines.push(markdownText(vscode.l10n.t('{0} muted', countAnomalies(silenced))));
  if (file !== undefined)
    lines.push(`\n**${markdownText(file.name)}**`, ...file.services.map((line) => markdownText(line)));
  return {
    text: `Causeway: ${file?.lensesOff ? labelText(file.services[0], 120) : counts}`,
    tooltip: new vscode.MarkdownString(lines.join('  \n')),
    command: commandId('findTrace'),
  };
}

interface FileInFront {
  name: string;
  /** What the lenses say, a line for each service, the most troubled first. */
  services: string[];
  lensesOff: boolean;
}

async function fileInFront(sessions: Sessions, log: OpenLog): Promise<FileInFront | undefined> {
  const uri = activeLogUri();
  const name = uri && fileOf(log.root, uri);
  if (uri === undefined || name === undefined || sessions.of(uri)?.root !== log.root) return undefined;
  const services = (await log.ask('fileServices', name)).sort((a, b) => b.fatals - a.fatals || b.errors - a.errors);
  if (services.length === 0) return undefined;
  const shown = services.slice(0, MOST_SERVICES).map(serviceLine);
  return { name, services: shown, lensesOff: !(await hasLenses(sessions, log, uri)) };
}

function serviceLine(service: FileServiceSummary): string {
  const parts = [service.name, countEntries(service.entries)];
  if (service.errors > 0) parts.push(countErrors(service.errors));
  if (service.fatals > 0) parts.push(countFatals(service.fatals));
  if (service.firstError !== null) {
    parts.push(vscode.l10n.t('first error {0}', formatClock(service.firstError.timestamp)));
  }
  return parts.join(' · ');
}

/** The editor shows lenses neither in large files nor where the user has switched them off, here or for all languages. */
async function hasLenses(sessions: Sessions, log: OpenLog, uri: vscode.Uri): Promise<boolean> {
  if (!sessions.setting('codeLens.enabled', log.root)) return false;
  if (vscode.workspace.getConfiguration('editor', uri).get('codeLens') === false) return false;
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || document.lineCount > LARGE_FILE_LINES) return false;
  if (uri.scheme !== 'file') return true;
  const { size } = await vscode.workspace.fs.stat(uri);
  return size <= LARGE_FILE_BYTES;
}

function megabytes(bytes: number): string {
  return `${formatNumber(Math.max(1, Math.round(bytes / 1_000_000)))} MB`;
}
