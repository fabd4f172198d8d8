/** The trees of the activity bar: what is alike in all of them, and what there is. Nothing is read before one is shown. */
import * as vscode from 'vscode';
import { countEntries, countFiles, countServices } from '../host/counts.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Sessions } from '../host/sessions.ts';
import { percent } from './readingProgress.ts';
import { AnomalyTree } from './treeAnomalies.ts';
import { fileNodes } from './treeFiles.ts';
import { idNodes } from './treeIds.ts';
import { node, note, Pages, run, type TreeNode, tooltipText } from './treeNodes.ts';
import { serviceNodes } from './treeServices.ts';
import { TraceTree } from './treeTraces.ts';

/** What a tree shows of one log that has been read. */
export type LogNodes = (log: OpenLog) => Promise<TreeNode[]>;

export interface Trees extends vscode.Disposable {
  traces: TraceTree;
  anomalies: AnomalyTree;
}

export function registerTrees(sessions: Sessions): Trees {
  const changed = new vscode.EventEmitter<undefined>();
  const redraw = () => changed.fire(undefined);
  const views: vscode.TreeView<TreeNode>[] = [];
  const add = (name: string, nodes: LogNodes) => {
    const treeDataProvider = new LogTree(sessions, changed.event, nodes);
    const view = vscode.window.createTreeView(`causeway.${name}`, {
      treeDataProvider,
      showCollapseAll: true,
      canSelectMany: true,
    });
    views.push(view);
    return view;
  };
  const traces = new TraceTree(redraw);
  const anomalies = new AnomalyTree(redraw);
  const pages = new Pages(redraw);
  add('services', serviceNodes);
  traces.describeIn(add('traces', (log) => traces.nodes(log)));
  anomalies.describeIn(add('anomalies', (log) => anomalies.nodes(log)));
  add('ids', (log) => idNodes(log, pages));
  add('files', fileNodes);
  const all = vscode.Disposable.from(
    changed,
    ...views,
    sessions.onDidChange(redraw),
    vscode.workspace.onDidChangeWorkspaceFolders(redraw),
  );
  return { traces, anomalies, dispose: () => all.dispose() };
}

/** Exported for its test: the editor lets nobody look at a tree from outside. */
export class LogTree implements vscode.TreeDataProvider<TreeNode> {
  readonly onDidChangeTreeData: vscode.Event<undefined>;
  private readonly sessions: Sessions;
  private readonly nodes: LogNodes;
  /** A log is read once because a view shows it, and not again when that failed: the view redraws at every change. */
  private readonly asked = new WeakSet<OpenLog>();

  constructor(sessions: Sessions, changed: vscode.Event<undefined>, nodes: LogNodes) {
    this.sessions = sessions;
    this.onDidChangeTreeData = changed;
    this.nodes = nodes;
  }

  getTreeItem({ item }: TreeNode): vscode.TreeItem {
    return item;
  }

  async resolveTreeItem(item: vscode.TreeItem, { details }: TreeNode): Promise<vscode.TreeItem> {
    try {
      if (details !== undefined) item.tooltip = tooltipText(await details());
    } catch (error) {
      this.sessions.report(error);
    }
    return item;
  }

  async getChildren(parent?: TreeNode): Promise<TreeNode[]> {
    try {
      return parent === undefined ? await this.roots() : ((await parent.children?.()) ?? []);
    } catch (error) {
      this.sessions.report(error);
      const { t } = vscode.l10n;
      return [note(t('This log can’t be read'), 'error', run('refresh', t('Read Logs Again')))];
    }
  }

  private async roots(): Promise<TreeNode[]> {
    const logs = this.sessions.candidates();
    for (const log of logs) {
      if (this.asked.has(log)) continue;
      this.asked.add(log);
      log.ready().catch((error) => this.sessions.report(error));
    }
    if (logs.length === 1) return this.ofLog(logs[0]);
    return logs.map((log) =>
      node(
        vscode.workspace.asRelativePath(log.root),
        {
          id: log.root,
          icon: new vscode.ThemeIcon('folder'),
          description: extent(log),
          tooltip: log.root,
          context: log.origin === 'workspace' ? 'log' : 'openedLog',
          isOpen: true,
        },
        { root: log.root, children: () => this.ofLog(log) },
      ),
    );
  }

  private async ofLog(log: OpenLog): Promise<TreeNode[]> {
    const { t } = vscode.l10n;
    const { state } = log;
    switch (state.kind) {
      case 'reading': {
        const done = state.progress === null ? '' : ` ${percent(state.progress)} %`;
        return [note(`${t('Reading')}${done}`, 'loading~spin', run('cancelReading', t('Cancel')))];
      }
      case 'closed':
      case 'cancelled':
        return [note(t('Not read. Click to read.'), 'refresh', run('refresh', t('Read Logs Again')))];
      case 'failed':
        return [note(state.error.message, 'error', run('refresh', t('Read Logs Again')))];
      case 'read':
        // Nothing at all: the view's welcome says what to do next.
        return state.summary.files === 0 && state.summary.skipped.length === 0 ? [] : this.nodes(log);
    }
  }
}

function extent({ summary }: OpenLog): string {
  if (summary === undefined) return '';
  return [countFiles(summary.files), countEntries(summary.entries), countServices(summary.services)].join(', ');
}
