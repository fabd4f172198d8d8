/** Going to a line, in the way that works for files of any size. */
import * as vscode from 'vscode';

export interface RevealOptions {
  /** In the editor that the next preview replaces. */
  preview?: boolean;
  beside?: boolean;
  preserveFocus?: boolean;
  /** The column of the panel that leads to the line, which the line must not cover. */
  awayFrom?: vscode.ViewColumn | undefined;
}

const reveals = new vscode.EventEmitter<{ uri: vscode.Uri; line: number }>();

/** Hears of each line that is about to be shown, from 1: a document that holds a part only then gets that part. */
export function onReveal(listener: (uri: vscode.Uri, line: number) => void): vscode.Disposable {
  return reveals.event(({ uri, line }) => listener(uri, line));
}

/**
 * `vscode.open` and not `showTextDocument`: the latter needs a document, and a file above 50 MB has
 * none for an extension.
 */
export async function reveal(
  uri: vscode.Uri,
  selection: vscode.Range | vscode.Position,
  options: RevealOptions = {},
): Promise<void> {
  const range = selection instanceof vscode.Range ? selection : new vscode.Range(selection, selection);
  reveals.fire({ uri, line: range.start.line + 1 });
  await vscode.commands.executeCommand('vscode.open', uri, {
    selection: range,
    preview: options.preview ?? false,
    preserveFocus: options.preserveFocus ?? false,
    viewColumn: options.beside ? vscode.ViewColumn.Beside : columnOf(uri, options.awayFrom),
  } satisfies vscode.TextDocumentShowOptions);
}

/** Where the file is shown already, so that a jump does not open it twice; else the group of the last editor. */
function columnOf(uri: vscode.Uri, awayFrom: vscode.ViewColumn | undefined): vscode.ViewColumn {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  if (shown?.viewColumn !== undefined) return shown.viewColumn;
  if (awayFrom === undefined) return vscode.ViewColumn.Active;
  const other = vscode.window.tabGroups.all.find((group) => group.viewColumn !== awayFrom);
  return other?.viewColumn ?? vscode.ViewColumn.Beside;
}
