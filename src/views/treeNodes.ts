/** What every tree consists of: nodes that know their look, their children and what menus may do with them. */
import * as vscode from 'vscode';
import { type CommandArguments, type CommandName, commandId } from '../host/commands.ts';
import { oneLine } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { EntryRow, Level, Position, Severity } from '../model.ts';

export interface TreeNode {
  item: vscode.TreeItem;
  /** Absent for a leaf. */
  children?: () => Promise<TreeNode[]> | TreeNode[];
  /** The log; with `id` the node itself is the argument of the commands on ids, with `query` of the search. */
  root?: string;
  id?: string;
  query?: string;
  /** The lines of a tooltip that is only made when it is to be shown, for it takes reading; instead of one in the look. */
  details?: () => Promise<string[]>;
}

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

export interface Look {
  /** Tells the node among all of its tree, so that what is selected and open stays so when the tree is drawn anew. */
  id?: string;
  icon?: vscode.ThemeIcon;
  description?: string;
  tooltip?: string;
  command?: vscode.Command;
  context?: string;
  /** What a screen reader says, where label and description hold what only eyes understand. */
  spoken?: string;
  isOpen?: boolean;
}

/** Log text may stand in any part of the look: it becomes one line here. */
export function node(label: string, look: Look, more: Omit<TreeNode, 'item'> = {}): TreeNode {
  const open = look.isOpen === true ? Expanded : Collapsed;
  const item = new vscode.TreeItem(oneLine(label), more.children === undefined ? None : open);
  if (look.id !== undefined) item.id = look.id;
  if (look.icon !== undefined) item.iconPath = look.icon;
  if (look.description !== undefined) item.description = oneLine(look.description);
  if (look.tooltip !== undefined) item.tooltip = tooltipText(look.tooltip.split('\n'));
  if (look.command !== undefined) item.command = look.command;
  if (look.context !== undefined) item.contextValue = look.context;
  if (look.spoken !== undefined) item.accessibilityInformation = { label: oneLine(look.spoken) };
  return { item, ...more };
}

export function tooltipText(lines: readonly string[]): string {
  return lines.map((line) => oneLine(line)).join('\n');
}

/** Something to be said in place of, or below, what there is. */
export function note(text: string, icon: string, command?: vscode.Command): TreeNode {
  return node(text, { icon: new vscode.ThemeIcon(icon), tooltip: text, ...(command && { command }) });
}

export function run<K extends CommandName>(name: K, title: string, ...args: CommandArguments[K] | []): vscode.Command {
  return { title, command: commandId(name), arguments: args };
}

/** A preview, which leaves the focus in the tree. */
export function openLine(log: OpenLog, { file, line, column }: Position): vscode.Command {
  return run('openEntry', vscode.l10n.t('Go to Line'), { root: log.root, file, line, column }, true);
}

const ICONS: Record<Severity, vscode.ThemeIcon> = {
  error: new vscode.ThemeIcon('error', new vscode.ThemeColor('problemsErrorIcon.foreground')),
  warning: new vscode.ThemeIcon('warning', new vscode.ThemeColor('problemsWarningIcon.foreground')),
  information: new vscode.ThemeIcon('info', new vscode.ThemeColor('problemsInfoIcon.foreground')),
  hint: new vscode.ThemeIcon('lightbulb'),
};

export function severityIcon(severity: Severity): vscode.ThemeIcon {
  return ICONS[severity];
}

/** `calm` where nothing was wrong. */
export function levelIcon(level: Level | null, calm: string): vscode.ThemeIcon {
  if (level === 'error' || level === 'fatal') return ICONS.error;
  return level === 'warn' ? ICONS.warning : new vscode.ThemeIcon(calm);
}

/** How much of a list that may be very long is shown: a page, and one more each time somebody asks. */
export class Pages {
  private readonly shown = new Map<string, number>();
  private readonly redraw: () => void;

  constructor(redraw: () => void) {
    this.redraw = redraw;
  }

  count(key: string): number {
    return this.shown.get(key) ?? PAGE;
  }

  /** Begins anew with one page, as when the list has become another. */
  reset(): void {
    this.shown.clear();
  }

  /** What stands below a list of which not all is shown. */
  rest(key: string, total: number, narrow?: vscode.Command): TreeNode[] {
    const shown = this.count(key);
    if (total <= shown) return [];
    if (shown >= MOST_SHOWN) return [note(vscode.l10n.t('{0} more', total - shown), 'ellipsis', narrow)];
    const show = () => {
      this.shown.set(key, shown + PAGE);
      this.redraw();
    };
    const more = vscode.l10n.t('Show More');
    return [
      node(more, {
        id: `${key}\nmore`,
        icon: new vscode.ThemeIcon('fold-down'),
        description: vscode.l10n.t('{0} of {1}', shown, total),
        command: run('showMore', more, { show }),
      }),
    ];
  }
}

/** No list shows more than some pages: one that long is searched, not read. */
const PAGE = 200;
const MOST_SHOWN = 1000;

/** Where an entry of a list leads: to what went wrong first, else to its begin. */
export function telling(row: { first: EntryRow; firstError: EntryRow | null }): EntryRow {
  return row.firstError ?? row.first;
}
