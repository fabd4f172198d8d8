/** The view of anomalies: by rule, by service or by incident; each opens to the lines that speak for it. */
import * as vscode from 'vscode';
import { countAnomalies } from '../host/counts.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Anomaly, Incident, Report } from '../incident.ts';
import { sentence } from '../render/sentence.ts';
import { formatClock, formatTime } from '../render/time.ts';
import { node, note, openLine, run, severityIcon, type TreeNode } from './treeNodes.ts';

export type Grouping = 'rule' | 'service' | 'incident';

interface Group {
  key: string;
  label: string;
  anomalies: Anomaly[];
}

const GRAVITY = { error: 0, warning: 1, information: 2, hint: 3 };

export class AnomalyTree {
  private grouping: Grouping = 'rule';
  private readonly redraw: () => void;
  private describe: (text: string) => void = () => {};

  constructor(redraw: () => void) {
    this.redraw = redraw;
  }

  describeIn(view: { description?: string | undefined }): void {
    this.describe = (text) => {
      view.description = text;
    };
    this.describe(groupings()[this.grouping].toLowerCase());
  }

  async nodes(log: OpenLog): Promise<TreeNode[]> {
    const { anomalies, incidents, notRun, muted } = await log.report();
    const groups = this.groups(anomalies, incidents);
    const nodes = groups.map((group) => groupNode(log, this.grouping, group));
    // Which rules could not judge this log, and why: no anomaly of theirs does not mean that all is well.
    const silent = notRun.map(({ rule, reason }) => note(`${rule}: ${sentence(reason)}`, 'info'));
    const unheard = muted.length > 0 ? [mutedNode(log, muted)] : [];
    if (nodes.length + silent.length + unheard.length > 0) return [...nodes, ...silent, ...unheard];
    return [note(vscode.l10n.t('None of the rules found anything'), 'pass')];
  }

  /** Asks by what where that is not given. */
  async group(by?: Grouping): Promise<void> {
    const items = Object.entries(groupings()).map(([name, label]) => ({ label, by: name as Grouping }));
    const isGiven = items.some((each) => each.by === by);
    const title = vscode.l10n.t('Group Anomalies');
    const chosen = isGiven ? by : (await vscode.window.showQuickPick(items, { title }))?.by;
    if (chosen === undefined) return;
    this.grouping = chosen;
    this.describe(groupings()[chosen].toLowerCase());
    this.redraw();
  }

  private groups(anomalies: readonly Anomaly[], incidents: readonly Incident[]): Group[] {
    const { t } = vscode.l10n;
    const groups = new Map<string, Group>();
    for (const anomaly of anomalies) {
      const key = this.keyOf(anomaly, incidents);
      const group = groups.get(key) ?? { key, label: labelOf(this.grouping, key, incidents), anomalies: [] };
      group.anomalies.push(anomaly);
      groups.set(key, group);
    }
    const sorted = [...groups.values()];
    for (const group of sorted) group.anomalies.sort(byGravity);
    // Incidents are told in order of time; what belongs to none comes last.
    if (this.grouping === 'incident') return sorted.sort((a, b) => place(a.key) - place(b.key));
    return sorted.sort((a, b) => worst(a) - worst(b) || (a.label < b.label ? -1 : 1));

    function labelOf(grouping: Grouping, key: string, all: readonly Incident[]): string {
      if (grouping === 'service') return key === '' ? t('no service') : key;
      if (grouping === 'rule') return key;
      const incident = all[Number(key)];
      if (key === '') return t('outside any incident');
      return `${formatClock(incident.from)}–${formatClock(incident.to)}`;
    }
  }

  private keyOf({ rule, service, timestamp }: Anomaly, incidents: readonly Incident[]): string {
    if (this.grouping === 'rule') return rule;
    if (this.grouping === 'service') return service ?? '';
    const at = incidents.findIndex(({ from, to }) => timestamp !== null && timestamp >= from && timestamp <= to);
    return at < 0 ? '' : String(at);
  }
}

const place = (key: string): number => (key === '' ? Infinity : Number(key));
const worst = ({ anomalies }: Group): number => GRAVITY[anomalies[0].severity];

function byGravity(a: Anomaly, b: Anomaly): number {
  return GRAVITY[a.severity] - GRAVITY[b.severity] || (a.timestamp ?? 0) - (b.timestamp ?? 0);
}

function groupings(): Record<Grouping, string> {
  const { t } = vscode.l10n;
  return { rule: t('By rule'), service: t('By service'), incident: t('By incident') };
}

function groupNode(log: OpenLog, grouping: Grouping, { key, label, anomalies }: Group): TreeNode {
  const services = [...new Set(anomalies.flatMap(({ service }) => service ?? []))];
  const id = `${log.root}\n${grouping}\n${key}`;
  return node(
    label,
    {
      id,
      icon: severityIcon(anomalies[0].severity),
      description: String(anomalies.length),
      tooltip: `${label}\n${countAnomalies(anomalies.length)}\n${services.join(', ')}`,
      spoken: `${label}, ${countAnomalies(anomalies.length)}`,
      isOpen: grouping === 'incident',
    },
    { children: () => anomalies.map((anomaly, i) => anomalyNode(log, `${id}\n${i}`, anomaly)) },
  );
}

function anomalyNode(log: OpenLog, id: string, anomaly: Anomaly): TreeNode {
  const text = sentence(anomaly.message);
  const where = `${anomaly.file}:${anomaly.line}`;
  const { traceId, related } = anomaly;
  return node(
    text,
    {
      id,
      icon: severityIcon(anomaly.severity),
      description: [formatClock(anomaly.timestamp), anomaly.service ?? where].join(' '),
      tooltip: `${text}\n${where}\n${formatTime(anomaly.timestamp)}`,
      command: openLine(log, anomaly),
      context: traceId === null ? 'anomaly' : 'tracedAnomaly',
    },
    {
      root: log.root,
      ...(traceId !== null && { id: traceId }),
      ...(related.length > 0 && { children: () => related.map((line, i) => relatedNode(log, `${id}\n${i}`, line)) }),
    },
  );
}

/** What is muted is counted all the same: silence that somebody asked for must not look like health. */
function mutedNode(log: OpenLog, muted: Report['muted']): TreeNode {
  const { t } = vscode.l10n;
  const silenced = muted.reduce((sum, { anomalies }) => sum + anomalies, 0);
  const lines = muted.map(({ rule, template, anomalies }) => `${rule}: ${template} (${countAnomalies(anomalies)})`);
  return node(t('{0} muted', countAnomalies(silenced)), {
    id: `${log.root}\nmuted`,
    icon: new vscode.ThemeIcon('bell-slash'),
    description: muted.length === 1 ? t('1 rule and message') : t('{0} rules and messages', muted.length),
    tooltip: [t('Click to unmute.'), ...lines].join('\n'),
    command: run('unmute', t('Unmute'), { root: log.root }),
  });
}

function relatedNode(log: OpenLog, id: string, line: Report['anomalies'][number]['related'][number]): TreeNode {
  const where = `${line.file}:${line.line}`;
  return node(line.message, {
    id,
    icon: new vscode.ThemeIcon('circle-small'),
    description: `${relations()[line.why]} ${formatClock(line.timestamp)}`,
    tooltip: `${line.message}\n${where}\n${formatTime(line.timestamp)}`,
    command: openLine(log, line),
  });
}

function relations(): Record<Report['anomalies'][number]['related'][number]['why'], string> {
  const { t } = vscode.l10n;
  return { first: t('first'), worst: t('worst'), last: t('last'), cause: t('cause'), effect: t('effect') };
}
