import assert from 'node:assert/strict';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activeLogUri } from '../../../src/host/logDocuments.ts';
import { Sessions } from '../../../src/host/sessions.ts';
import { statusContent } from '../../../src/views/statusBar.ts';
import { activeExtension } from '../activeExtension.ts';
import { eventually, inFolder, workspaceFolder } from '../logFiles.ts';

const MEGABYTES = 60;
const SERVICE = 'warehouse';

/** Sixteen entries in a row share a trace. */
function traceOf(entry: number): string {
  return `cafe${(entry >> 4).toString(16).padStart(8, '0')}`;
}

/** A log that VS Code shows no extension: beyond 50 MB there is no document of it. */
function writeLarge(path: string): number {
  const file = openSync(path, 'w');
  let entries = 0;
  for (let megabyte = 0; megabyte < MEGABYTES; megabyte++) {
    let chunk = '';
    while (chunk.length < 1_000_000) {
      const time = new Date(Date.UTC(2024, 0, 1) + entries * 10).toISOString();
      const level = entries === 777 ? 'ERROR' : 'INFO';
      chunk += `{"time":"${time}","level":"${level}","service":"${SERVICE}","trace_id":"${traceOf(entries)}","message":"shelf ${entries} counted, all in place, nothing to report today"}\n`;
      entries++;
    }
    writeSync(file, chunk);
  }
  closeSync(file);
  return entries;
}

describe('with the large-file limit of a remote', () => {
  let sessions: Sessions;
  const uri = () => inFolder('large.jsonl');

  before(async () => {
    const { extensionPath, isActive } = await activeExtension();
    assert.equal(isActive, true);
    const output = vscode.window.createOutputChannel('test', { log: true });
    sessions = new Sessions(join(extensionPath, 'dist/worker.js'), output);
  });
  after(() => {
    sessions.dispose();
    rmSync(uri().fsPath, { force: true });
  });

  it('the limit is 10 MB', () => {
    assert.equal(vscode.workspace.getConfiguration('workbench').get('editorLargeFileConfirmation'), 10);
  });

  it('the status bar says what the lenses cannot say of a file that has no document', async () => {
    const entries = writeLarge(uri().fsPath);
    await vscode.commands.executeCommand('vscode.open', uri());
    await eventually('the tab in front', activeLogUri, (active) => active?.path === uri().path);
    assert.equal(vscode.window.activeTextEditor, undefined);
    const log = sessions.byRoot(workspaceFolder().fsPath);
    assert.ok(log);
    const summary = await log.ready();
    assert.equal(summary.entries, 72 + entries);
    const { text } = await statusContent(sessions, log);
    const count = new Intl.NumberFormat('en').format(entries);
    assert.equal(text, `Causeway: ${SERVICE} · ${count} entries · 1 error · first error 00:00:07`);
  });

  it('its entries are found all the same', async () => {
    const log = sessions.byRoot(workspaceFolder().fsPath);
    assert.ok(log);
    const [found] = await log.ask('findIds', traceOf(777), 1);
    assert.equal(found.entries, 16);
    assert.equal(found.firstError?.line, 778);
  });
});
