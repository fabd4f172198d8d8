/** The view of files: how each was read, the services in it, and why a file was left out. */
import * as vscode from 'vscode';
import { countEntries, countErrors } from '../host/counts.ts';
import { oneLine } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import { uriOf } from '../host/positions.ts';
import type { FileSummary, SkippedFile } from '../model.ts';
import type { FileServiceSummary } from '../protocol.ts';
import { formatNumber } from '../render/number.ts';
import { formatClock } from '../render/time.ts';
import { node, openLine, severityIcon, type TreeNode, telling } from './treeNodes.ts';

export async function fileNodes(log: OpenLog): Promise<TreeNode[]> {
  const files = await log.ask('files');
  const skipped = log.summary?.skipped ?? [];
  return [...files.map((file) => fileNode(log, file)), ...skipped.map((file) => skippedNode(log, file))];
}

function fileNode(log: OpenLog, file: FileSummary): TreeNode {
  const parts = [countEntries(file.entries)];
  if (file.entries > 0) parts.push(file.format);
  if (file.unrecognisedLines > 0) parts.push(vscode.l10n.t('{0} unrecognised', formatNumber(file.unrecognisedLines)));
  const made = node(
    file.path,
    {
      id: `${log.root}\n${file.path}`,
      icon: vscode.ThemeIcon.File,
      description: parts.join(' · '),
      tooltip: `${file.path}\n${parts.join(', ')}`,
      command: openLine(log, { file: file.path, line: 1, column: 1 }),
    },
    {
      children: async () => {
        const services = await log.ask('fileServices', file.path);
        return services.map((service) => serviceNode(log, file.path, service));
      },
    },
  );
  made.item.resourceUri = uriOf(log.root, file.path);
  return made;
}

function serviceNode(log: OpenLog, file: string, service: FileServiceSummary): TreeNode {
  const { t } = vscode.l10n;
  const { name, entries, errors, firstError } = service;
  const shown =
    firstError === null
      ? countEntries(entries)
      : `${t('{0} of {1}', countErrors(errors), formatNumber(entries))} · ${formatClock(firstError.timestamp)}`;
  return node(name, {
    id: `${log.root}\n${file}\n${name}`,
    icon: firstError === null ? new vscode.ThemeIcon('server-process') : severityIcon('error'),
    description: shown,
    tooltip: `${name}: ${shown}`,
    command: openLine(log, telling(service)),
  });
}

function skippedNode(log: OpenLog, { path, reason }: SkippedFile): TreeNode {
  return node(path, {
    id: `${log.root}\n${path}`,
    icon: new vscode.ThemeIcon('circle-slash'),
    description: reason,
    tooltip: oneLine(`${path}: ${reason}`),
    command: openLine(log, { file: path, line: 1, column: 1 }),
  });
}
