import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { baseName, eventually, showFile } from '../logFiles.ts';

function front(): string {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? '' : `${baseName(editor.document.uri)}:${editor.selection.active.line + 1}`;
}

const press = (command: string) => vscode.commands.executeCommand(`workbench.action.${command}`);

describe('Search Log', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));
  beforeEach(async () => {
    await press('closeAllEditors');
    await showFile('inventory-service.jsonl', 16, 'Database');
  });
  afterEach(() => press('closeQuickOpen'));

  it('goes to the entry that is picked', async () => {
    // Ends when the list shows what was found; pressing earlier would accept whatever stands there by then.
    await vscode.commands.executeCommand('causeway.searchLog', 'service:order-service trace_id:3d4e5f6a7b8c');
    // The first two items show them all; the entries stand below.
    await press('quickOpenSelectNext');
    await press('quickOpenSelectNext');
    await press('acceptSelectedQuickOpenItem');
    await eventually('the first entry found in front', front, (place) => place === 'order-service.jsonl:13');
  });
});
