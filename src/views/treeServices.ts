/** The view of services: how much each wrote when, and what of it were errors. The most troubled first. */
import * as vscode from 'vscode';
import { clockLines } from '../host/clocks.ts';
import { countEntries, countErrors, countFatals } from '../host/counts.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { ServiceTrend } from '../overview.ts';
import { formatNumber } from '../render/number.ts';
import { sparkline } from '../render/sparkline.ts';
import { formatClock, formatTime } from '../render/time.ts';
import { node, note, openLine, severityIcon, type TreeNode, telling } from './treeNodes.ts';

export async function serviceNodes(log: OpenLog): Promise<TreeNode[]> {
  const services = await log.ask('serviceTrends');
  if (services.length === 0) return [note(vscode.l10n.t('This log names no services'), 'info')];
  return services.map((service) => serviceNode(log, service));
}

function serviceNode(log: OpenLog, service: ServiceTrend): TreeNode {
  const { t } = vscode.l10n;
  const { name, entries, errors, fatals, first, firstError, lastSeen, trend } = service;
  const counts = [countEntries(entries)];
  if (errors > 0) counts.push(countErrors(errors));
  if (fatals > 0) counts.push(countFatals(fatals));
  if (firstError !== null) counts.push(t('first error {0}', formatClock(firstError.timestamp)));
  const seen = t('from {0} to {1}', formatTime(first.timestamp), formatTime(lastSeen));
  // A side bar is narrow: what matters comes first, and the tooltip has the rest.
  const share = errors > 0 ? t('{0} of {1}', countErrors(errors), formatNumber(entries)) : countEntries(entries);
  const clocks = lastSeen === null ? [] : [`${formatClock(first.timestamp)}–${formatClock(lastSeen)}`];
  return node(
    name,
    {
      id: `${log.root}\n${name}`,
      icon: errors > 0 ? severityIcon('error') : new vscode.ThemeIcon('server-process'),
      description: [sparkline(trend), [share, ...clocks].join(' · ')].join(' '),
      spoken: [name, ...counts, seen].join(', '),
      command: openLine(log, telling(service)),
      context: 'service',
    },
    {
      root: log.root,
      query: `service:${JSON.stringify(name)}`,
      details: async () => [name, counts.join(', '), seen, ...(await clockLines(log, name))],
    },
  );
}
