import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';

describe('in Restricted Mode', () => {
  it('the folder is not trusted, so the rest of this suite means something', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it('the extension is found and active', async () => {
    assert.equal((await activeExtension()).isActive, true);
  });
});
