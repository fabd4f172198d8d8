/** The view: services, anomalies and files of each log; every leaf opens its line. */
import * as vscode from 'vscode';
import { oneLine } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Sessions } from '../host/sessions.ts';
import type { Anomaly } from '../incident.ts';
import type { EntryRow, FileSummary } from '../model.ts';
import { sentence } from '../render/sentence.ts';
import { percent } from './readingProgress.ts';
import { type Node, type ServiceNode, treeItem, viewDescription } from './treeNodes.ts';

export const VIEW = 'causeway.services';

export function registerTree(sessions: Sessions): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const provider = new LogTree(sessions, changed.event);
  const view = vscode.window.createTreeView(VIEW, { treeDataProvider: provider, showCollapseAll: true });
  provider.describe = (text) => {
    view.description = text;
  };
  return vscode.Disposable.from(
    changed,
    view,
    sessions.onDidChange(() => changed.fire(undefined)),
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire(undefined)),
  );
}

/** Exported for its test: the editor lets nobody look at a tree from outside. */
export class LogTree implements vscode.TreeDataProvider<Node> {
  describe: (text: string) => void = () => {};
  /** A log is read once because the view shows it, and not again when that failed: the view redraws at every change. */
  private readonly asked = new WeakSet<OpenLog>();

  readonly onDidChangeTreeData: vscode.Event<undefined>;
  private readonly sessions: Sessions;

  constructor(sessions: Sessions, changed: vscode.Event<undefined>) {
    this.sessions = sessions;
    this.onDidChangeTreeData = changed;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return treeItem(node);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    try {
      return node === undefined ? await this.roots() : await this.children(node);
    } catch (error) {
      this.sessions.report(error);
      return [{ kind: 'note', text: vscode.l10n.t('This log can’t be read'), icon: 'error', command: 'refresh' }];
    }
  }

  private async roots(): Promise<Node[]> {
    const logs = this.sessions.candidates();
    for (const log of logs) {
      if (this.asked.has(log)) continue;
      this.asked.add(log);
      log.ready().catch((error) => this.sessions.report(error));
    }
    if (logs.length === 1) return this.logChildren(logs[0], true);
    this.describe('');
    return logs.map((log) => ({ kind: 'log', log, root: log.root }));
  }

  private async children(node: Node): Promise<Node[]> {
    switch (node.kind) {
      case 'log':
        return this.logChildren(node.log, false);
      case 'services':
        return node.services.map((service) => ({ kind: 'service', log: node.log, service }));
      case 'anomalies':
        return [...rules(node.log, node.anomalies), ...notes(node)];
      case 'rule':
        return node.anomalies.map((anomaly) => ({
          kind: 'anomaly',
          log: node.log,
          anomaly,
          root: node.log.root,
          id: anomaly.traceId,
        }));
      case 'files':
        return [
          ...node.files.map((file): Node => ({ kind: 'file', log: node.log, file })),
          ...node.skipped.map((skipped): Node => ({ kind: 'skipped', log: node.log, skipped })),
        ];
      case 'file': {
        const services = await node.log.ask('fileServices', node.file.path);
        return services.map((service) => ({ kind: 'service', log: node.log, service }));
      }
      default:
        return [];
    }
  }

  private async logChildren(log: OpenLog, alone: boolean): Promise<Node[]> {
    const { t } = vscode.l10n;
    const { state } = log;
    switch (state.kind) {
      case 'reading': {
        const done = state.progress === null ? '' : ` ${percent(state.progress)} %`;
        return [{ kind: 'note', text: `${t('Reading')}${done}`, icon: 'loading~spin', command: 'cancelReading' }];
      }
      case 'closed':
      case 'cancelled':
        return [{ kind: 'note', text: t('Not read. Click to read.'), icon: 'refresh', command: 'refresh' }];
      case 'failed':
        return [{ kind: 'note', text: state.error.message, icon: 'error', command: 'refresh' }];
      case 'read':
        break;
    }
    const { summary } = state;
    // Nothing at all: the view's welcome says what to do next.
    if (summary.files === 0 && summary.skipped.length === 0) return [];
    const files = await log.ask('files');
    const [services, { anomalies, notRun }] = await Promise.all([servicesOf(log, files), log.report()]);
    if (alone) this.describe(viewDescription(log, anomalies.length));
    return [
      { kind: 'services', log, services },
      { kind: 'anomalies', log, anomalies, notRun },
      { kind: 'files', log, files, skipped: summary.skipped },
    ];
  }
}

/** The services of all files, the most troubled first. */
async function servicesOf(log: OpenLog, files: readonly FileSummary[]): Promise<ServiceNode[]> {
  const services = new Map<string, ServiceNode>();
  for (const inFile of await Promise.all(files.map((file) => log.ask('fileServices', file.path)))) {
    for (const { name, entries, errors, fatals, first, firstError } of inFile) {
      const known = services.get(name);
      if (known === undefined) {
        services.set(name, { name, entries, errors, fatals, first, firstError });
        continue;
      }
      known.entries += entries;
      known.errors += errors;
      known.fatals += fatals;
      known.first = earlier(known.first, first) ?? first;
      known.firstError = earlier(known.firstError, firstError);
    }
  }
  return [...services.values()].sort(
    (a, b) => b.fatals - a.fatals || b.errors - a.errors || (a.name < b.name ? -1 : 1),
  );
}

function earlier(a: EntryRow | null, b: EntryRow | null): EntryRow | null {
  if (a === null || b === null) return a ?? b;
  return (b.timestamp ?? Infinity) < (a.timestamp ?? Infinity) ? b : a;
}

/** Which rules could not judge this log, and why: no anomaly of theirs does not mean that all is well. */
function notes({ anomalies, notRun }: Extract<Node, { kind: 'anomalies' }>): Node[] {
  const silent = notRun.map(({ rule, reason }): Node => {
    return { kind: 'note', text: oneLine(`${rule}: ${sentence(reason)}`), icon: 'info' };
  });
  if (anomalies.length > 0 || silent.length > 0) return silent;
  return [{ kind: 'note', text: vscode.l10n.t('None of the rules found anything'), icon: 'pass' }];
}

function rules(log: OpenLog, anomalies: readonly Anomaly[]): Node[] {
  const byRule = new Map<string, Anomaly[]>();
  for (const anomaly of anomalies) byRule.set(anomaly.rule, [...(byRule.get(anomaly.rule) ?? []), anomaly]);
  const gravity = { error: 0, warning: 1, information: 2, hint: 3 };
  const groups = [...byRule].map(([rule, found]) => ({
    rule,
    anomalies: found.sort(
      (a, b) => gravity[a.severity] - gravity[b.severity] || (a.timestamp ?? 0) - (b.timestamp ?? 0),
    ),
  }));
  groups.sort(
    (a, b) => gravity[a.anomalies[0].severity] - gravity[b.anomalies[0].severity] || (a.rule < b.rule ? -1 : 1),
  );
  return groups.map(({ rule, anomalies }) => ({ kind: 'rule', log, rule, anomalies }));
}
