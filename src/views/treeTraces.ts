/** The view of traces: in the order that is asked for, narrowed by a text, page by page; each opens to its entries. */
import * as vscode from 'vscode';
import { countEntries, countErrors } from '../host/counts.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Occurrence } from '../model.ts';
import type { TraceOrder, TraceRow } from '../overview.ts';
import { formatNumber } from '../render/number.ts';
import { formatClock, formatDuration, formatTime } from '../render/time.ts';
import { levelIcon, node, note, openLine, Pages, run, type TreeNode, telling } from './treeNodes.ts';

/** More of one trace's entries are shown by the list of references. */
const MOST_ENTRIES = 100;
const FILTERED = 'causeway.tracesFiltered';

export class TraceTree {
  private order: TraceOrder = 'worst';
  private text = '';
  private readonly pages: Pages;
  private readonly redraw: () => void;
  private describe: (text: string) => void = () => {};

  constructor(redraw: () => void) {
    this.redraw = redraw;
    this.pages = new Pages(redraw);
  }

  describeIn(view: { description?: string | undefined }): void {
    this.describe = (text) => {
      view.description = text;
    };
    this.describe(this.description());
  }

  async nodes(log: OpenLog): Promise<TreeNode[]> {
    const { t } = vscode.l10n;
    const query = { order: this.order, text: this.text };
    const { total, traces } = await log.ask('traces', query, 0, this.pages.count(log.root));
    if (total === 0) {
      if (this.text === '') return [note(t('No ids in this log'), 'info')];
      return [note(t('No trace holds “{0}”', this.text), 'info', run('clearTraceFilter', t('Clear Filter')))];
    }
    const rest = this.pages.rest(log.root, total, run('filterTraces', t('Filter Traces…')));
    return [...traces.map((trace) => traceNode(log, trace)), ...rest];
  }

  /** Asks for the order where none is given. */
  async sort(order?: TraceOrder): Promise<void> {
    const items = Object.entries(orders()).map(([name, label]) => ({ label, order: name as TraceOrder }));
    const isGiven = items.some((each) => each.order === order);
    const title = vscode.l10n.t('Sort Traces');
    const chosen = isGiven ? order : (await vscode.window.showQuickPick(items, { title }))?.order;
    if (chosen !== undefined) this.show(chosen, this.text);
  }

  /** Asks for the text where none is given. */
  async filter(text?: unknown): Promise<void> {
    const { t } = vscode.l10n;
    const prompt = t('Part of an id, a service or a message');
    const options = { title: t('Filter Traces'), prompt, value: this.text };
    const wanted = typeof text === 'string' ? text : await vscode.window.showInputBox(options);
    if (wanted !== undefined) this.show(this.order, wanted.trim());
  }

  private show(order: TraceOrder, text: string): void {
    this.order = order;
    this.text = text;
    this.pages.reset();
    this.describe(this.description());
    void vscode.commands.executeCommand('setContext', FILTERED, text !== '');
    this.redraw();
  }

  private description(): string {
    const order = orders()[this.order].toLowerCase();
    return this.text === '' ? order : `“${this.text}” · ${order}`;
  }
}

function orders(): Record<TraceOrder, string> {
  const { t } = vscode.l10n;
  return {
    worst: t('Worst level first'),
    firstError: t('First error first'),
    duration: t('Longest first'),
    time: t('In order of time'),
  };
}

function traceNode(log: OpenLog, trace: TraceRow): TreeNode {
  const { t } = vscode.l10n;
  const { id, key, entries, errors, services, from, durationMs, worstLevel } = trace;
  const share = errors > 0 ? t('{0} of {1}', countErrors(errors), formatNumber(entries)) : countEntries(entries);
  const took = durationMs === null || entries === 1 ? [] : [formatDuration(durationMs)];
  const level = worstLevel === null ? [] : [t('worst level {0}', worstLevel.toUpperCase())];
  const facts = [countEntries(entries), ...(errors > 0 ? [countErrors(errors)] : []), ...took, ...level];
  return node(
    shortId(id),
    {
      id: `${log.root}\n${id}`,
      icon: levelIcon(worstLevel, 'circle-outline'),
      description: [...took, share, formatClock(from)].join(' · '),
      tooltip: `${key} ${id}\n${facts.join(', ')}\n${services.join(', ')}\n${formatTime(from)}`,
      spoken: [id, ...facts, ...services].join(', '),
      command: openLine(log, telling(trace)),
      context: 'trace',
    },
    { root: log.root, id, children: () => entryNodes(log, id) },
  );
}

/** A long id would leave no room for anything else; its begin and its end tell it from its neighbours. */
function shortId(id: string): string {
  return id.length > 20 ? `${id.slice(0, 12)}…${id.slice(-4)}` : id;
}

async function entryNodes(log: OpenLog, id: string): Promise<TreeNode[]> {
  const { t } = vscode.l10n;
  const [recorded, inferred] = await Promise.all([
    log.ask('occurrences', id, MOST_ENTRIES),
    log.ask('inferred', id, MOST_ENTRIES),
  ]);
  const all = [...recorded.entries, ...inferred.entries].sort(byTime).slice(0, MOST_ENTRIES);
  const nodes = all.map((entry) => entryNode(log, id, entry));
  const left = recorded.total + inferred.total - all.length;
  if (left > 0) {
    const target = { root: log.root, id };
    nodes.push(
      note(t('{0} more', formatNumber(left)), 'ellipsis', run('showReferences', t('Show all entries'), target)),
    );
  }
  return nodes;
}

/** An entry without a time stays where it is among its like. */
function byTime(a: Occurrence, b: Occurrence): number {
  return a.timestamp === null || b.timestamp === null ? 0 : a.timestamp - b.timestamp;
}

function entryNode(log: OpenLog, id: string, entry: Occurrence): TreeNode {
  const inferred = entry.joined === 'inferred' ? [vscode.l10n.t('inferred')] : [];
  const place = `${entry.file}:${entry.line}`;
  return node(
    entry.message,
    {
      id: `${log.root}\n${id}\n${place}`,
      icon: levelIcon(entry.level, 'circle-small'),
      description: [entry.service ?? '', ...inferred, formatClock(entry.timestamp)].join(' ').trim(),
      tooltip: `${entry.message}\n${place}\n${formatTime(entry.timestamp)}`,
      command: openLine(log, entry),
      context: 'entry',
    },
    { root: log.root, id },
  );
}
