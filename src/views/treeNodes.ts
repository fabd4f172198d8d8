/** What the tree consists of, and how each node looks. */
import * as vscode from 'vscode';
import { type CommandArguments, type CommandName, commandId } from '../host/commands.ts';
import { countAnomalies, countEntries, countErrors, countFatals, countFiles, countServices } from '../host/counts.ts';
import { oneLine } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import { uriOf } from '../host/positions.ts';
import type { Anomaly, Report } from '../incident.ts';
import type { EntryRow, FileSummary, Severity, SkippedFile } from '../model.ts';
import type { FileServiceSummary } from '../protocol.ts';
import { formatNumber } from '../render/number.ts';
import { sentence } from '../render/sentence.ts';
import { formatClock, formatTime } from '../render/time.ts';

/** A service over all files of a log. */
export type ServiceNode = Pick<FileServiceSummary, 'name' | 'entries' | 'errors' | 'fatals' | 'first' | 'firstError'>;

export type Node =
  | { kind: 'log'; log: OpenLog; root: string }
  | { kind: 'services'; log: OpenLog; services: ServiceNode[] }
  | { kind: 'anomalies'; log: OpenLog; anomalies: Anomaly[]; notRun: Report['notRun'] }
  | { kind: 'files'; log: OpenLog; files: FileSummary[]; skipped: readonly SkippedFile[] }
  | { kind: 'service'; log: OpenLog; service: ServiceNode }
  | { kind: 'rule'; log: OpenLog; rule: string; anomalies: Anomaly[] }
  // `root` and `id` make the node itself the argument of the timeline's command.
  | { kind: 'anomaly'; log: OpenLog; anomaly: Anomaly; root: string; id: string | null }
  | { kind: 'file'; log: OpenLog; file: FileSummary }
  | { kind: 'skipped'; log: OpenLog; skipped: SkippedFile }
  | { kind: 'note'; text: string; icon: string; command?: CommandName };

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

const ICONS: Record<Severity, vscode.ThemeIcon> = {
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground')),
  information: new vscode.ThemeIcon('info', new vscode.ThemeColor('problemsInfoIcon.foreground')),
  hint: new vscode.ThemeIcon('lightbulb'),
};

export function treeItem(node: Node): vscode.TreeItem {
  const { t } = vscode.l10n;
  switch (node.kind) {
    case 'log':
      return item(vscode.workspace.asRelativePath(node.root), Expanded, {
        icon: new vscode.ThemeIcon('folder'),
        description: logDescription(node.log),
        tooltip: node.root,
        context: node.log.origin === 'workspace' ? 'log' : 'openedLog',
      });
    case 'services':
      return item(t('Services'), Expanded, { description: String(node.services.length) });
    case 'anomalies':
      return item(t('Anomalies'), Expanded, { description: String(node.anomalies.length) });
    case 'files': {
      const skipped = node.skipped.length > 0 ? ` · ${t('{0} skipped', node.skipped.length)}` : '';
      return item(t('Files'), Collapsed, { description: `${node.files.length}${skipped}` });
    }
    case 'service':
      return serviceItem(node.log, node.service);
    case 'rule':
      return item(node.rule, Collapsed, {
        icon: ICONS[node.anomalies[0].severity],
        description: String(node.anomalies.length),
      });
    case 'anomaly':
      return anomalyItem(node.log, node.anomaly);
    case 'file':
      return fileItem(node.log, node.file);
    case 'skipped':
      return item(oneLine(node.skipped.path), None, {
        icon: new vscode.ThemeIcon('circle-slash'),
        description: oneLine(node.skipped.reason),
        tooltip: oneLine(`${node.skipped.path}: ${node.skipped.reason}`),
        command: open(node.log, { file: node.skipped.path, line: 1, column: 1 }),
      });
    case 'note':
      return item(node.text, None, {
        icon: new vscode.ThemeIcon(node.icon),
        tooltip: node.text,
        ...(node.command && { command: run(node.command, node.text) }),
      });
  }
}

function serviceItem(log: OpenLog, service: ServiceNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const parts = [countEntries(service.entries)];
  let shown = parts[0];
  if (service.errors > 0) parts.push(countErrors(service.errors));
  if (service.fatals > 0) parts.push(countFatals(service.fatals));
  if (service.firstError !== null) {
    const clock = formatClock(service.firstError.timestamp);
    parts.push(t('first error {0}', clock));
    // A side bar is narrow: what matters comes first, and the tooltip has the rest.
    shown = `${t('{0} of {1}', countErrors(service.errors), formatNumber(service.entries))} · ${clock}`;
  }
  const troubled = service.firstError !== null;
  return item(oneLine(service.name, 80), None, {
    icon: troubled ? ICONS.error : new vscode.ThemeIcon('server-process'),
    description: shown,
    tooltip: oneLine(`${service.name}: ${parts.join(', ')}`),
    command: open(log, service.firstError ?? service.first),
  });
}

function anomalyItem(log: OpenLog, anomaly: Anomaly): vscode.TreeItem {
  const text = oneLine(sentence(anomaly.message));
  const where = `${anomaly.file}:${anomaly.line}`;
  return item(text, None, {
    icon: ICONS[anomaly.severity],
    description: oneLine([formatClock(anomaly.timestamp), anomaly.service ?? where].join(' ')),
    tooltip: `${text}\n${oneLine(where)}\n${formatTime(anomaly.timestamp)}`,
    command: open(log, anomaly),
    context: anomaly.traceId === null ? 'anomaly' : 'tracedAnomaly',
  });
}

function fileItem(log: OpenLog, file: FileSummary): vscode.TreeItem {
  const parts = [countEntries(file.entries)];
  if (file.entries > 0) parts.push(file.format);
  if (file.unrecognisedLines > 0) parts.push(vscode.l10n.t('{0} unrecognised', file.unrecognisedLines));
  const result = item(oneLine(file.path), Collapsed, {
    icon: vscode.ThemeIcon.File,
    description: oneLine(parts.join(' · ')),
    tooltip: oneLine(`${file.path}: ${parts.join(', ')}`),
    command: open(log, { file: file.path, line: 1, column: 1 }),
  });
  result.resourceUri = uriOf(log.root, file.path);
  return result;
}

function logDescription(log: OpenLog): string {
  return log.summary === undefined
    ? ''
    : [countFiles(log.summary.files), countEntries(log.summary.entries), countServices(log.summary.services)].join(
        ', ',
      );
}

/** One line for the view's own title, where there is one log only and no node for it. */
export function viewDescription(log: OpenLog, anomalies: number): string {
  return `${countEntries(log.summary?.entries ?? 0)}, ${countAnomalies(anomalies)}`;
}

function open(log: OpenLog, row: Pick<EntryRow, 'file' | 'line' | 'column'>): vscode.Command {
  const { file, line, column } = row;
  return run('openEntry', vscode.l10n.t('Go to Line'), { root: log.root, file, line, column }, true);
}

function run<K extends CommandName>(name: K, title: string, ...args: CommandArguments[K] | []): vscode.Command {
  return { title, command: commandId(name), arguments: args };
}

function item(
  label: string,
  state: vscode.TreeItemCollapsibleState,
  look: {
    icon?: vscode.ThemeIcon;
    description?: string;
    tooltip?: string;
    command?: vscode.Command;
    context?: string;
  },
): vscode.TreeItem {
  const result = new vscode.TreeItem(label, state);
  if (look.icon !== undefined) result.iconPath = look.icon;
  if (look.description !== undefined) result.description = look.description;
  if (look.tooltip !== undefined) result.tooltip = look.tooltip;
  if (look.command !== undefined) result.command = look.command;
  if (look.context !== undefined) result.contextValue = look.context;
  return result;
}
