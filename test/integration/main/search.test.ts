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
    const before = front();
    await vscode.commands.executeCommand('causeway.searchLog', 'service:order-service trace_id:3d4e5f6a7b8c');
    await eventually(
      'the first entry found',
      async () => {
        if (front() !== before) return front();
        // The item above the entries lists them all.
        await press('quickOpenSelectFirst').then(undefined, () => undefined);
        await press('quickOpenSelectNext');
        await press('acceptSelectedQuickOpenItem');
        return front();
      },
      (place) => place === 'order-service.jsonl:13',
    );
  });
});
