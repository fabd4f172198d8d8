import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { baseName, eventually, showFile } from '../logFiles.ts';

function front(): string {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? '' : `${baseName(editor.document.uri)}:${editor.selection.active.line + 1}`;
}

describe('What Differs', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));
  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeQuickOpen'));

  /** Accepting does nothing before the list is there, and goes to its first example once it is. */
  async function picked(before: string): Promise<string> {
    return eventually(
      'the example of the first difference in front',
      async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return front();
      },
      (place) => place !== '' && place !== before,
    );
  }

  it('goes to an example of what a query has more of', async () => {
    await showFile('db-monitor.jsonl', 1);
    await vscode.commands.executeCommand('causeway.showDifferences', 'service:inventory-service');
    assert.match(await picked(front()), /^inventory-service\.jsonl:6$/);
  });

  it('takes the stretch of time that is selected', async () => {
    const editor = await showFile('inventory-service.jsonl', 1);
    editor.selection = new vscode.Selection(8, 0, 13, 0);
    const before = front();
    await vscode.commands.executeCommand('causeway.showDifferences');
    const place = await picked(before);
    const [name, line] = place.split(':');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(name.endsWith('.jsonl'), place);
    assert.match(document?.lineAt(Number(line) - 1).text ?? '', /2023-08-15T12:0[12]:/);
  });
});
