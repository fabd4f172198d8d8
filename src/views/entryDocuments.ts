/** Read-only documents of entries: made when they are opened, and anew when their log has changed and somebody looks. */
import * as vscode from 'vscode';
import {
  type DocumentLines,
  type DocumentScope,
  ENTRIES_SCHEME,
  entriesUri,
  entryDocument,
  forgetLines,
  lineOfEntry,
  placeOnLine,
  rememberLines,
} from '../host/entryDocuments.ts';
import { labelText } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Place } from '../host/place.ts';
import { RefreshPace } from '../host/refreshPace.ts';
import type { Sessions } from '../host/sessions.ts';
import { type MadeDocument, makeDocument } from './makeDocument.ts';

/** What is kept of a document that is open. */
interface Kept {
  /** What it was last opened for. */
  place: Place | undefined;
  /** Of which reading of the log it is. */
  generation: number;
  /** The lines of a text that the editor does not show yet. */
  next: DocumentLines | undefined;
  pace: RefreshPace;
  timer: NodeJS.Timeout | undefined;
}

export class EntryDocuments implements vscode.Disposable {
  readonly #sessions: Sessions;
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #updates = new vscode.EventEmitter<vscode.Uri>();
  readonly #kept = new Map<string, Kept>();
  readonly #disposables: vscode.Disposable[];
  /** The lines of a document are those of the text that it shows from now on. */
  readonly onDidUpdate = this.#updates.event;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#disposables = [
      this.#changes,
      this.#updates,
      vscode.workspace.registerTextDocumentContentProvider(ENTRIES_SCHEME, {
        onDidChange: this.#changes.event,
        provideTextDocumentContent: (uri) => this.#provide(uri),
      }),
      vscode.workspace.onDidChangeTextDocument(({ document: { uri } }) => {
        const next = this.#kept.get(uri.toString())?.next;
        if (next !== undefined) this.#show(uri, next);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme !== ENTRIES_SCHEME) return;
        clearTimeout(this.#kept.get(uri.toString())?.timer);
        this.#kept.delete(uri.toString());
        forgetLines(uri);
      }),
      sessions.onDidChange((log) => log.summary && this.#renewVisible()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#renewVisible()),
    ];
  }

  /** Opens a document on the entry of a place; without one where it was left. */
  async open(log: OpenLog, scope: DocumentScope, title: string, place?: Place): Promise<void> {
    const uri = entriesUri(title, { root: log.root, scope });
    const kept = this.#keep(uri);
    kept.place = place ?? kept.place;
    const making = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Writing {0}', labelText(title)) };
    await vscode.window.withProgress(making, async () => {
      const document = await vscode.workspace.openTextDocument(uri);
      const row = place && (await log.ask('entryAt', place.file, place.line));
      // Of a log too large for an editor, the document may hold another part.
      if (row && lineOfEntry(uri, row) < 0) await this.#renew(uri);
      const line = row ? lineOfEntry(uri, row) : -1;
      const on = line < 0 ? undefined : await placeOnLine(log, document, line);
      const selection = on && new vscode.Range(on, on);
      await vscode.window.showTextDocument(document, { preview: false, ...(selection && { selection }) });
    });
  }

  dispose(): void {
    for (const { timer } of this.#kept.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.#disposables).dispose();
  }

  async #provide(uri: vscode.Uri): Promise<string> {
    const log = this.#sessions.of(uri);
    const scope = entryDocument(uri)?.scope;
    if (log === undefined || scope === undefined)
      return this.#instead(uri, vscode.l10n.t('No log holds this any more.'));
    const kept = this.#keep(uri);
    const began = Date.now();
    try {
      const made = await makeDocument(log, scope, kept.place);
      kept.pace.refreshed(began, Date.now());
      kept.generation = log.summary?.generation ?? 0;
      if (typeof made === 'string') return this.#instead(uri, made);
      const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
      // Of a text that the editor shows already it tells no change.
      if (open === undefined || isShown(open, made)) this.#show(uri, made.lines);
      else kept.next = made.lines;
      return made.text;
    } catch (error) {
      this.#sessions.report(error);
      const why = error instanceof Error ? error.message : error;
      return this.#instead(uri, `${vscode.l10n.t('The log can’t be read')}: ${why}`);
    }
  }

  /** What is said where there are no entries to show: its lines lead nowhere, and nobody waits for others. */
  #instead(uri: vscode.Uri, text: string): string {
    const kept = this.#kept.get(uri.toString());
    if (kept !== undefined) kept.next = undefined;
    forgetLines(uri);
    this.#updates.fire(uri);
    return text;
  }

  #show(uri: vscode.Uri, lines: DocumentLines): void {
    this.#keep(uri).next = undefined;
    rememberLines(uri, lines);
    this.#updates.fire(uri);
  }

  #keep(uri: vscode.Uri): Kept {
    const key = uri.toString();
    const kept = this.#kept.get(key) ?? {
      place: undefined,
      generation: 0,
      next: undefined,
      pace: new RefreshPace(),
      timer: undefined,
    };
    this.#kept.set(key, kept);
    return kept;
  }

  /** Ends when the editor shows the new text. */
  #renew(uri: vscode.Uri): Promise<void> {
    return new Promise((resolve) => {
      const heard = this.#updates.event((updated) => {
        if (updated.toString() !== uri.toString()) return;
        heard.dispose();
        resolve();
      });
      this.#changes.fire(uri);
    });
  }

  #renewVisible(): void {
    const uris = new Map(
      vscode.window.visibleTextEditors
        .filter(({ document }) => document.uri.scheme === ENTRIES_SCHEME)
        .map(({ document: { uri } }) => [uri.toString(), uri]),
    );
    for (const [key, uri] of uris) {
      const kept = this.#kept.get(key);
      const generation = this.#sessions.of(uri)?.summary?.generation;
      if (kept === undefined || generation === undefined || generation === kept.generation) continue;
      clearTimeout(kept.timer);
      kept.timer = setTimeout(() => this.#changes.fire(uri), kept.pace.wait(Date.now(), true));
    }
  }
}

/** The text of a large document is put together anew each time it is asked for. */
function isShown(document: vscode.TextDocument, { text, lines }: MadeDocument): boolean {
  return document.lineCount === lines.line.length + 1 && document.getText() === text;
}
