import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { workspaceFolder } from '../logFiles.ts';

const FAILED = '3d4e5f6a7b8c';
const HEALTHY = '1a2b3c4d5e6f';

describe('compare', () => {
  const target = () => ({ root: workspaceFolder().fsPath, id: FAILED });

  before(() => activeExtension());
  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const compared = async (...args: unknown[]): Promise<vscode.TextDocument[]> => {
    await vscode.commands.executeCommand('causeway.compare', ...args);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff, 'a diff is open');
    return Promise.all([input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)));
  };

  it('shows a failed trace beside the nearest healthy one, as a diff', async () => {
    const [left, right] = (await compared(target())).map((document) => document.getText());
    for (const text of [left, right]) {
      assert.match(text, new RegExp(`^# ${FAILED} .*\n# beside ${HEALTHY} `));
      assert.match(text, /^ {2}INFO {2}Order checkout initiated$/m);
    }
    assert.match(left, /^ {2}INFO {2}Inventory reserved successfully$/m);
    assert.doesNotMatch(right, /^ {2}INFO {2}Inventory reserved successfully$/m);
    assert.match(right, /^ {2}ERROR Database query timeout$/m);
    assert.doesNotMatch(left, /^ {2}ERROR Database query timeout$/m);
  });

  it('leads from each step to its line', async () => {
    const [, right] = await compared(target());
    const line = right.getText().split('\n').indexOf('  ERROR Database query timeout');
    assert.ok(line > 0);
    const [place] = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      right.uri,
      new vscode.Position(line, 10),
    );
    assert.ok(place.uri.path.endsWith('/inventory-service.jsonl'));
    const source = await vscode.workspace.openTextDocument(place.uri);
    assert.match(source.lineAt(place.range.start.line).text, /Database query timeout/);
    const none = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeDefinitionProvider',
      right.uri,
      new vscode.Position(0, 3),
    );
    assert.deepEqual(none, []);
  });

  it('compares the two that are selected', async () => {
    const other = { ...target(), id: '2c3d4e5f6a7b' };
    const [left] = await compared(target(), [target(), other]);
    assert.match(left.getText(), new RegExp(`^# ${FAILED} .*\n# beside ${other.id} `));
  });

  it('opens nothing where no healthy trace is alike', async () => {
    await vscode.commands.executeCommand('causeway.compare', { ...target(), id: 'no-such-id' });
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
  });
});
