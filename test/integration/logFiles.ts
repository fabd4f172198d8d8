/** Opening logs and waiting for what follows, as the integration tests need it. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as vscode from 'vscode';

export function workspaceFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the suite runs on a folder');
  return folder.uri;
}

export function inFolder(name: string): vscode.Uri {
  return vscode.Uri.joinPath(workspaceFolder(), name);
}

export async function openFile(name: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument(inFolder(name));
}

export async function showFile(name: string, line = 1, text = ''): Promise<vscode.TextEditor> {
  const document = await openFile(name);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  const position = placeOf(document, line, text);
  editor.selection = new vscode.Selection(position, position);
  return editor;
}

/** The middle of a text on a line (from 1). */
export function placeOf(document: vscode.TextDocument, line: number, text: string): vscode.Position {
  const at = document.lineAt(line - 1).text.indexOf(text);
  assert.ok(at >= 0, `line ${line} holds ${text}`);
  return new vscode.Position(line - 1, at + Math.floor(text.length / 2));
}

export function write(name: string, content: string | Uint8Array): vscode.Uri {
  const uri = inFolder(name);
  mkdirSync(dirname(uri.fsPath), { recursive: true });
  writeFileSync(uri.fsPath, content);
  return uri;
}

/** Asks until the answer fits; mocha's own limit ends a wait in vain, and `what` then says what was missing. */
export async function eventually<T>(what: string, ask: () => T | Promise<T>, fits: (value: T) => boolean): Promise<T> {
  let last: T | undefined;
  for (let n = 0; n < 200; n++) {
    last = await ask();
    if (fits(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail(`${what}; last seen: ${JSON.stringify(last)}`);
}

export function baseName(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
