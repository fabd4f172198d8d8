import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';

describe('with the large-file limit of a remote', () => {
  it('the limit is 10 MB', () => {
    assert.equal(vscode.workspace.getConfiguration('workbench').get('editorLargeFileConfirmation'), 10);
  });

  it('the extension is found and active', async () => {
    assert.equal((await activeExtension()).isActive, true);
  });
});
