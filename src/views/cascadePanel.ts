/**
 * The cascade panel: one for each log. It gives the webview what it asks of the log and takes its
 * user to the lines; what the picture looks like is the webview's own matter.
 */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { connect, type Disposable, type Port, type Remote, serve } from '../base/rpc.ts';
import type { Entry, EntryRow, Micros } from '../model.ts';
import type { CascadeHostApi, CascadeViewApi, TimelineMarks, TimelineModel, TimelineScope } from '../protocol.ts';
import { webviewHtml } from './webviewHtml.ts';

const VIEW_TYPE = 'causeway.cascade';

/** Within this time a second click makes a double click, on all systems' usual settings. */
const DOUBLE_CLICK_MS = 500;

/** What the panel needs of an open log. */
export interface CascadeSource {
  /** Absolute path of the log's folder; tells panels apart. */
  root: string;
  timeline(scope: TimelineScope): Promise<TimelineModel | null>;
  marks(scope: TimelineScope, from: Micros, to: Micros, buckets: number): Promise<TimelineMarks>;
  entry(entry: number): Promise<Entry | null>;
  /** Fires when the log was indexed again. */
  onDidChange: vscode.Event<void>;
  /** Shows a line in an editor: as a preview that leaves the focus alone, or for good. */
  reveal(position: EntryRow, options: CascadeReveal): Promise<void>;
  /** The entry a line of an open document belongs to; with it the picture follows the editor's cursor. */
  entryAt?(document: vscode.Uri, line: number): Promise<EntryRow | null>;
}

export interface CascadeReveal {
  preview: boolean;
  beside: boolean;
  /** Where the panel stands: its picture must stay in sight. */
  awayFrom: vscode.ViewColumn | undefined;
}

/** What the webview keeps with `setState`, as far as its host reads it. */
interface SavedState {
  root: string;
  scope: TimelineScope;
}

let panels: CascadePanels | undefined;

/** Restores panels of the last session, and lets `openCascade` open new ones until disposed. */
export function registerCascade(
  extensionUri: vscode.Uri,
  sourceFor: (root: string) => CascadeSource | undefined,
): vscode.Disposable {
  const own = new CascadePanels(extensionUri);
  panels = own;
  const serializer = vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
    async deserializeWebviewPanel(panel, state: unknown) {
      const saved = savedState(state);
      const source = saved && sourceFor(saved.root);
      // Without its log the panel could only show an empty frame, so it goes.
      if (source === undefined || saved === undefined) panel.dispose();
      else own.adopt(panel, source, saved.scope);
    },
  });
  return vscode.Disposable.from(serializer, own, new vscode.Disposable(() => forget(own)));
}

/** Shows a scope in the log's panel: beside the active editor at first, afterwards where the panel stands. */
export function openCascade(source: CascadeSource, scope: TimelineScope): void {
  panels?.open(source, scope);
}

function forget(own: CascadePanels): void {
  if (panels === own) panels = undefined;
}

function savedState(state: unknown): SavedState | undefined {
  const saved = state as Partial<SavedState> | undefined | null;
  if (typeof saved?.root !== 'string') return undefined;
  const { root, scope } = saved;
  const isTrace = scope?.kind === 'trace' && typeof scope.id === 'string';
  return { root, scope: isTrace ? scope : { kind: 'incident' } };
}

class CascadePanels {
  private readonly byRoot = new Map<string, CascadePanel>();
  private readonly extensionUri: vscode.Uri;

  constructor(extensionUri: vscode.Uri) {
    this.extensionUri = extensionUri;
  }

  open(source: CascadeSource, scope: TimelineScope): void {
    const known = this.byRoot.get(source.root);
    if (known !== undefined) {
      known.show(scope);
      return;
    }
    const title = vscode.l10n.t('Cascade: {0}', basename(source.root));
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, title, place), source, scope);
  }

  adopt(panel: vscode.WebviewPanel, source: CascadeSource, scope: TimelineScope): void {
    this.byRoot.get(source.root)?.dispose();
    const adopted = new CascadePanel(panel, source);
    this.byRoot.set(source.root, adopted);
    panel.onDidDispose(() => {
      adopted.dispose();
      if (this.byRoot.get(source.root) === adopted) this.byRoot.delete(source.root);
    });
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist', 'cascade');
    const { webview } = panel;
    panel.iconPath = { light: this.mediaUri('cascade-light.svg'), dark: this.mediaUri('cascade-dark.svg') };
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    webview.html = webviewHtml({
      title: panel.title,
      script: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'main.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'cascade.css')).toString(),
      cspSource: webview.cspSource,
      data: { root: source.root, name: basename(source.root), scope: JSON.stringify(scope) },
    });
  }

  private mediaUri(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'media', name);
  }

  dispose(): void {
    for (const panel of [...this.byRoot.values()]) panel.dispose();
  }
}

class CascadePanel {
  private readonly view: Remote<CascadeViewApi> & Disposable;
  private readonly subscriptions: Disposable[];
  private readonly panel: vscode.WebviewPanel;
  private readonly source: CascadeSource;
  /** What was asked to be shown and the webview has not asked for yet: a hidden webview hears nothing. */
  private wanted: TimelineScope | undefined;
  /** A preview that waits for the second click of a double click. */
  private split: NodeJS.Timeout | undefined;
  private disposed = false;

  constructor(panel: vscode.WebviewPanel, source: CascadeSource) {
    this.panel = panel;
    this.source = source;
    const port = portOf(panel.webview);
    this.view = connect<CascadeViewApi>(port);
    this.subscriptions = [
      this.view,
      serve<CascadeHostApi>(port, this.hostApi()),
      source.onDidChange(() => ignoreRejection(this.view.changed())),
      vscode.window.onDidChangeTextEditorSelection((event) => this.followCursor(event)),
    ];
  }

  show(scope: TimelineScope): void {
    this.wanted = scope;
    this.panel.reveal(undefined, false);
    this.sendWanted();
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    clearTimeout(this.split);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.panel.dispose();
  }

  private sendWanted(): void {
    if (this.wanted !== undefined) ignoreRejection(this.view.show(this.wanted));
  }

  private hostApi(): CascadeHostApi {
    const { source } = this;
    return {
      model: (scope) => {
        // A webview that was hidden starts anew and asks for what it showed last, not for what is wanted now.
        if (this.wanted !== undefined && isSame(scope, this.wanted)) this.wanted = undefined;
        else this.sendWanted();
        return source.timeline(scope);
      },
      marks: (scope, from, to, buckets) => source.marks(scope, from, to, buckets),
      select: async (number, preview) => {
        const entry = await source.entry(number);
        const awayFrom = this.panel.viewColumn;
        if (entry === null || !preview) return entry;
        const show = () => source.reveal(entry, { preview: true, beside: false, awayFrom });
        // A preview that splits the window moves the picture away from under the second click of a double click.
        if (vscode.window.tabGroups.all.length === 1) this.splitLater(show);
        else await show();
        return entry;
      },
      open: async (number, beside) => {
        clearTimeout(this.split);
        const entry = await source.entry(number);
        if (entry !== null) await source.reveal(entry, { preview: false, beside, awayFrom: this.panel.viewColumn });
      },
    };
  }

  private splitLater(show: () => Promise<void>): void {
    clearTimeout(this.split);
    this.split = setTimeout(() => ignoreRejection(show()), DOUBLE_CLICK_MS);
  }

  private async followCursor({ textEditor, selections }: vscode.TextEditorSelectionChangeEvent): Promise<void> {
    if (!this.panel.visible || this.source.entryAt === undefined) return;
    const row = await this.source.entryAt(textEditor.document.uri, selections[0].active.line + 1);
    if (row !== null && !this.disposed) ignoreRejection(this.view.cursor(row.entry));
  }
}

function isSame(a: TimelineScope, b: TimelineScope): boolean {
  return a.kind === 'trace' ? b.kind === 'trace' && a.id === b.id : b.kind === 'incident';
}

/** A webview that closes rejects what it was told; nobody waits for it. */
function ignoreRejection(told: Promise<unknown>): void {
  told.catch(() => {});
}

function portOf(webview: vscode.Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    onMessage(listener) {
      const subscription = webview.onDidReceiveMessage(listener);
      return () => subscription.dispose();
    },
  };
}
