import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { DEFAULTS } from '../../../src/host/config.ts';
import { Sessions } from '../../../src/host/sessions.ts';
import { activeExtension } from '../activeExtension.ts';
import { openFile, placeOf, workspaceFolder, write } from '../logFiles.ts';

describe('in Restricted Mode', () => {
  it('the folder is not trusted, so the rest of this suite means something', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it('the extension is found and active', async () => {
    assert.equal((await activeExtension()).isActive, true);
  });

  it('logs are read', async () => {
    const document = await openFile('inventory-service.jsonl');
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      placeOf(document, 12, '3d4e5f6a7b8c'),
    );
    assert.equal(found.length, 14);
  });

  it('the folder’s own settings do not say which files are logs, nor how they are read', async () => {
    const { extensionPath } = await activeExtension();
    const settings = {
      'causeway.files.include': ['order-*'],
      'causeway.timeZones': { '*': 'Asia/Tokyo' },
      'causeway.formats': { own: { kind: 'pattern', pattern: '(?<message>.*)' } },
      'causeway.levels': { info: 'error' },
      'causeway.correlationKeys': { include: ['sku'] },
      'causeway.traceLinks': [{ name: 'x', url: `http://localhost/\${traceId}` }],
      'causeway.cache.maxSize': 1,
      'causeway.year': 2001,
    };
    write('.vscode/settings.json', JSON.stringify(settings));
    const output = vscode.window.createOutputChannel('test', { log: true });
    const sessions = new Sessions(join(extensionPath, 'dist/worker.js'), output);
    try {
      // The harmless setting has arrived, so the other one was there to be refused.
      for (let n = 0; n < 100 && sessions.setting('year', workspaceFolder().fsPath) !== 2001; n++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert.equal(sessions.setting('year', workspaceFolder().fsPath), 2001);
      assert.deepEqual(sessions.setting('files.include', workspaceFolder().fsPath), []);
      for (const key of ['timeZones', 'formats', 'levels', 'correlationKeys', 'traceLinks', 'cache.maxSize'] as const) {
        assert.deepEqual(sessions.setting(key, workspaceFolder().fsPath), DEFAULTS[key], key);
      }
      assert.equal((await sessions.byRoot(workspaceFolder().fsPath)?.ready())?.files, 5);
    } finally {
      sessions.dispose();
    }
  });
});
