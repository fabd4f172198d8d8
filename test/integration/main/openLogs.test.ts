import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { eventually, placeOf } from '../logFiles.ts';

const ID = 'ab12cd34ef56';

function line(n: number, service: string): string {
  const time = new Date(Date.UTC(2024, 0, 1, 0, 0, n)).toISOString();
  return `${JSON.stringify({ time, level: 'INFO', service, trace_id: ID, message: 'done' })}\n`;
}

async function references(uri: vscode.Uri): Promise<string[]> {
  const document = await vscode.workspace.openTextDocument(uri);
  const found = await vscode.commands.executeCommand<vscode.Location[]>(
    'vscode.executeReferenceProvider',
    uri,
    placeOf(document, 1, ID),
  );
  return found.map((each) => each.uri.fsPath);
}

describe('logs outside the workspace', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);

  before(async () => assert.equal((await activeExtension()).isActive, true));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'causeway-outside-'));
    mkdirSync(at('deeper'));
    writeFileSync(at('a.jsonl'), line(1, 'a'));
    writeFileSync(at('b.jsonl'), line(2, 'b'));
    writeFileSync(at('deeper/c.jsonl'), line(3, 'c'));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('causeway.closeLogs', { root: folder });
    rmSync(folder, { recursive: true, force: true });
  });

  it('a file brings its own folder, and not what lies deeper', async () => {
    assert.deepEqual(await references(vscode.Uri.file(at('a.jsonl'))), [at('a.jsonl'), at('b.jsonl')]);
  });

  it('Open Logs on a folder reads it at any depth', async () => {
    await vscode.commands.executeCommand('causeway.openLogs', vscode.Uri.file(folder));
    const found = await references(vscode.Uri.file(at('a.jsonl')));
    assert.deepEqual(found, [at('a.jsonl'), at('b.jsonl'), at('deeper/c.jsonl')]);
  });

  it('Open Logs on files reads just these', async () => {
    const chosen = [at('a.jsonl'), at('deeper/c.jsonl')].map((path) => vscode.Uri.file(path));
    await vscode.commands.executeCommand('causeway.openLogs', chosen[0], chosen);
    assert.deepEqual(await references(chosen[0]), [at('a.jsonl'), at('deeper/c.jsonl')]);
  });

  it('Close Logs without an argument closes the only opened ones', async () => {
    await vscode.commands.executeCommand('causeway.openLogs', vscode.Uri.file(folder));
    await vscode.commands.executeCommand('causeway.closeLogs');
    const found = await references(vscode.Uri.file(at('a.jsonl')));
    assert.deepEqual(found, [at('a.jsonl'), at('b.jsonl')]);
  });

  it('Close Logs gives them back', async () => {
    await vscode.commands.executeCommand('causeway.openLogs', vscode.Uri.file(folder));
    await vscode.commands.executeCommand('causeway.closeLogs', { root: folder });
    const found = await eventually(
      'the folder alone again',
      () => references(vscode.Uri.file(at('a.jsonl'))),
      (paths) => paths.length === 2,
    );
    assert.deepEqual(found, [at('a.jsonl'), at('b.jsonl')]);
  });
});
