import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { baseName, eventually, showFile } from '../logFiles.ts';

function front(): string {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? '' : `${baseName(editor.document.uri)}:${editor.selection.active.line + 1}`;
}

/** The file a preview tab shows. */
function previewed(): string {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return tab?.isPreview && tab.input instanceof vscode.TabInputText ? baseName(tab.input.uri) : '';
}

const press = (command: string) => vscode.commands.executeCommand(`workbench.action.${command}`);

describe('Find Trace', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));
  beforeEach(async () => {
    await press('closeAllEditors');
    await showFile('inventory-service.jsonl', 16, 'Database');
  });
  afterEach(() => press('closeQuickOpen'));

  it('previews while moving, and Escape brings everything back', async () => {
    const before = front();
    await vscode.commands.executeCommand('causeway.findTrace');
    await eventually(
      'a preview',
      async () => {
        await press('quickOpenSelectNext');
        return previewed();
      },
      (name) => name !== '',
    );
    await press('closeQuickOpen');
    await eventually('the editor from before', front, (place) => place === before);
    await eventually(
      'no preview left behind',
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length,
      (n) => n === 1,
    );
  });

  it('finds a pasted id, in other spelling too, and Enter goes to its first entry', async () => {
    await vscode.commands.executeCommand('causeway.findTrace', ' 3D4E5F6A7B8C ');
    await eventually(
      'the first entry of the trace',
      async () => {
        await press('acceptSelectedQuickOpenItem');
        return front();
      },
      (place) => place === 'order-service.jsonl:13',
    );
  });

  it('finds an id that was copied with its quotes and key, and Enter lands on it', async () => {
    await vscode.commands.executeCommand('causeway.findTrace', '"trace_id":"3d4e5f6a7b8c",');
    const word = () => {
      const editor = vscode.window.activeTextEditor;
      const range = editor?.document.getWordRangeAtPosition(editor.selection.active, /\w+/);
      return `${front()}:${editor?.selection.active.character} ${range && editor?.document.getText(range)}`;
    };
    await eventually(
      'the id itself',
      async () => {
        await press('acceptSelectedQuickOpenItem');
        return word();
      },
      (place) => place === 'order-service.jsonl:13:93 3d4e5f6a7b8c',
    );
  });

  it('finds ids of every kind', async () => {
    await vscode.commands.executeCommand('causeway.findTrace', 'rsv_12345');
    await eventually(
      'the entry with that id',
      async () => {
        await press('acceptSelectedQuickOpenItem');
        return front();
      },
      (place) => place === 'inventory-service.jsonl:3',
    );
  });
});
