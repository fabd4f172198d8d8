import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { baseName, eventually, inFolder, openFile, showFile, write } from '../logFiles.ts';

async function lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
}

const RULES = `groups:
  - name: shop
    rules:
      - alert: Slow
        expr: quantile_over_time(0.95, {app="inventory-service"} | json | unwrap duration_ms [10m]) > 1000
      - alert: Widgets
        expr: rate(widgets_total[5m]) > 1
`;

describe('lenses on alert rules', () => {
  before(async () => {
    assert.equal((await activeExtension()).isActive, true);
    await showFile('inventory-service.jsonl');
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(inFolder('rules'), { recursive: true });
  });

  it('say what each rule would have done, and lead to a line', async () => {
    const document = await vscode.workspace.openTextDocument(write('rules/shop.yaml', RULES));
    const found = await eventually(
      'a lens for each rule',
      () => lenses(document),
      (all) => all.length === 2,
    );
    assert.deepEqual(
      found.map(({ range }) => range.start.line),
      [3, 5],
    );
    assert.match(found[0].command?.title ?? '', /would have fired at \d\d:\d\d:00/);
    assert.match(found[1].command?.title ?? '', /not evaluable: nothing in the log tells widgets_total/);
    const { command = '', arguments: args = [] } = found[0].command ?? {};
    await vscode.commands.executeCommand(command, ...args);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor && baseName(editor.document.uri), 'inventory-service.jsonl');
  });

  it('leave other YAML alone', async () => {
    const document = await vscode.workspace.openTextDocument(write('rules/other.yaml', 'alerts: none\nsteps: []\n'));
    assert.deepEqual(await lenses(document), []);
  });

  it('stand in the rules that a command derives from the log', async () => {
    await openFile('inventory-service.jsonl');
    await vscode.commands.executeCommand('causeway.alertRules', 'derived');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'yaml');
    const rules = document?.getText().match(/- alert: /g) ?? [];
    assert.ok(rules.length >= 3, document?.getText());
    const found = await eventually(
      'a lens for each rule',
      () => lenses(document as vscode.TextDocument),
      (all) => all.length === rules.length,
    );
    for (const { command } of found) assert.doesNotMatch(command?.title ?? '', /cannot be (read|tried)/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
