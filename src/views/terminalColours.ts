/** Shows in documents of entries what was coloured for a terminal, in the colours that the theme has for terminals. */
import * as vscode from 'vscode';
import type { TerminalColour, TextStyle } from '../documents.ts';
import { ENTRIES_SCHEME, linesOf, partsOf } from '../host/entryDocuments.ts';
import type { Sessions } from '../host/sessions.ts';
import type { EntryDocuments } from './entryDocuments.ts';

/** While somebody scrolls, nobody reads. */
const REST_MS = 50;

export function registerTerminalColours(sessions: Sessions, documents: EntryDocuments): vscode.Disposable {
  const types = new Map<string, vscode.TextEditorDecorationType>();
  const timers = new Map<vscode.TextEditor, NodeJS.Timeout>();

  const typeOf = (style: TextStyle): vscode.TextEditorDecorationType => {
    const key = JSON.stringify(style);
    const type = types.get(key) ?? vscode.window.createTextEditorDecorationType(decoration(style));
    types.set(key, type);
    return type;
  };

  async function colour(editor: vscode.TextEditor): Promise<void> {
    const { document, visibleRanges } = editor;
    const log = sessions.of(document.uri);
    if (log === undefined) return;
    const numbers = linesOf(document.uri)?.hasStyles ? linesIn(visibleRanges, document.lineCount) : [];
    const { version } = document;
    const parts = await partsOf(log, document, numbers);
    if (document.version !== version) return;
    const ranges = new Map<vscode.TextEditorDecorationType, vscode.Range[]>();
    for (const [i, found] of parts.entries()) {
      for (const { start, length, style } of found) {
        if (style === undefined) continue;
        const type = typeOf(style);
        const range = new vscode.Range(numbers[i], start, numbers[i], start + length);
        ranges.set(type, [...(ranges.get(type) ?? []), range]);
      }
    }
    for (const type of types.values()) editor.setDecorations(type, ranges.get(type) ?? []);
  }

  const soon = (editor: vscode.TextEditor): void => {
    if (editor.document.uri.scheme !== ENTRIES_SCHEME) return;
    clearTimeout(timers.get(editor));
    const run = (): void => {
      timers.delete(editor);
      colour(editor).catch((error) => sessions.report(error));
    };
    timers.set(editor, setTimeout(run, REST_MS));
  };
  const all = (): void => vscode.window.visibleTextEditors.forEach(soon);

  return vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => soon(textEditor)),
    vscode.window.onDidChangeVisibleTextEditors(all),
    documents.onDidUpdate(all),
    {
      dispose: () => {
        for (const timer of timers.values()) clearTimeout(timer);
        for (const type of types.values()) type.dispose();
      },
    },
  );
}

function linesIn(ranges: readonly vscode.Range[], lineCount: number): number[] {
  return ranges.flatMap(({ start, end }) => {
    const last = Math.min(end.line, lineCount - 1);
    return Array.from({ length: Math.max(0, last - start.line + 1) }, (_, i) => start.line + i);
  });
}

function decoration({ colour, background, bold }: TextStyle): vscode.DecorationRenderOptions {
  return {
    ...(colour && { color: themeColour(colour) }),
    ...(background && { backgroundColor: themeColour(background) }),
    ...(bold && { fontWeight: 'bold' }),
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  };
}

function themeColour(name: TerminalColour): vscode.ThemeColor {
  return new vscode.ThemeColor(`terminal.ansi${name[0].toUpperCase()}${name.slice(1)}`);
}
