/** The view of ids: the keys that correlate entries, and the values of each with how often they occur. */
import * as vscode from 'vscode';
import { countEntries } from '../host/counts.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { IdKeySummary } from '../overview.ts';
import { formatNumber } from '../render/number.ts';
import { formatTime } from '../render/time.ts';
import { node, note, openLine, type Pages, run, type TreeNode } from './treeNodes.ts';

export async function idNodes(log: OpenLog, pages: Pages): Promise<TreeNode[]> {
  const keys = await log.ask('idKeys');
  if (keys.length === 0) return [note(vscode.l10n.t('No ids in this log'), 'info')];
  return keys.map((key) => keyNode(log, key, pages));
}

function keyNode(log: OpenLog, { key, values, entries, leads }: IdKeySummary, pages: Pages): TreeNode {
  const { t } = vscode.l10n;
  const count = values === 1 ? t('1 value') : t('{0} values', formatNumber(values));
  const average = t('{0} entries each on average', formatNumber(Math.round((entries / values) * 10) / 10));
  return node(
    key === '' ? t('without a key') : key,
    {
      id: `${log.root}\n${key}`,
      icon: new vscode.ThemeIcon(leads ? 'type-hierarchy' : 'key'),
      description: count,
      tooltip: [key, count, average, ...(leads ? [t('Entries follow these ids as traces')] : [])].join('\n'),
    },
    { children: () => valueNodes(log, key, pages) },
  );
}

async function valueNodes(log: OpenLog, key: string, pages: Pages): Promise<TreeNode[]> {
  const list = `${log.root}\n${key}\n`;
  const { total, values } = await log.ask('idValues', key, 0, pages.count(list));
  const nodes = values.map(({ id, entries, first }) =>
    node(
      id,
      {
        id: `${list}${id}`,
        icon: new vscode.ThemeIcon('symbol-constant'),
        description: countEntries(entries),
        tooltip: `${key} ${id}\n${countEntries(entries)}\n${formatTime(first.timestamp)}`,
        command: openLine(log, first),
        context: 'id',
      },
      { root: log.root, id },
    ),
  );
  return [...nodes, ...pages.rest(list, total, run('findTrace', vscode.l10n.t('Find Trace…')))];
}
