import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { eventually, inFolder, workspaceFolder } from '../logFiles.ts';

const TRACE = '3d4e5f6a7b8c';

describe('explain incident', () => {
  before(() => activeExtension());
  /** An untitled document asks whether it should be saved, which nobody answers here. */
  const closeAll = async () => {
    for (const { input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
      if (!(input instanceof vscode.TabInputText) || input.uri.scheme !== 'untitled') continue;
      await vscode.window.showTextDocument(input.uri);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    // Else the next test takes the document of this one for its own.
    await eventually(
      'no editor open',
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length,
      (open) => open === 0,
    );
  };
  beforeEach(closeAll);
  after(closeAll);

  const explained = async (target: Record<string, string>): Promise<vscode.TextDocument> => {
    await vscode.commands.executeCommand('causeway.explainIncident', { root: workspaceFolder().fsPath, ...target });
    await eventually(
      'the preview in front',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.input,
      (input) => input instanceof vscode.TabInputWebview && input.viewType.includes('markdown.preview'),
    );
    const [tab] = vscode.window.tabGroups.activeTabGroup.tabs;
    assert.ok(tab.input instanceof vscode.TabInputText, 'its text is open too');
    return vscode.workspace.openTextDocument(tab.input.uri);
  };

  it('opens a document on all of the log, as a preview', async () => {
    const document = await explained({ audience: 'engineers' });
    assert.equal(document.languageId, 'markdown');
    assert.match(document.getText(), /^# What happened: /);
    for (const part of ['In numbers', 'Timeline', 'Cascade', 'Likely causes', 'Symptoms', 'How sure this is']) {
      assert.match(document.getText(), new RegExp(`^##+ ${part}$`, 'm'));
    }
  });

  it('tells everybody in short', async () => {
    const document = await explained({ audience: 'everybody' });
    // The name of the document before may be given again, and its text with it, until the new one has come.
    await eventually(
      'the short form',
      () => document.getText(),
      (text) => /^## In short$/m.test(text),
    );
    assert.match(document.getText(), /Most likely it began at \*\*inventory-db-primary\*\*/);
  });

  it('explains a trace', async () => {
    const document = await explained({ id: TRACE });
    assert.match(document.getText(), new RegExp(`^# What happened: ${TRACE} `));
    assert.match(document.getText(), /^## Who called whom$/m);
  });

  it('links to the lines, in a way that the editor follows', async () => {
    const document = await explained({ audience: 'engineers' });
    const wanted = inFolder('inventory-service.jsonl');
    // The service that reads Markdown starts when it is first asked.
    const found = await eventually(
      'links of the document',
      async () => {
        const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
          'vscode.executeLinkProvider',
          document.uri,
          1000,
        );
        return links.find(({ target }) =>
          decodeURIComponent(target?.toString() ?? '').includes('inventory-service.jsonl#L18'),
        );
      },
      (link) => link !== undefined,
    );
    const target = decodeURIComponent(found?.target?.toString() ?? '');
    assert.ok(target.includes(wanted.path), target);
  });

  it('opens nothing for an id that the log does not hold', async () => {
    const root = workspaceFolder().fsPath;
    await vscode.commands.executeCommand('causeway.explainIncident', { root, id: 'no-such-id' });
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
  });
});
