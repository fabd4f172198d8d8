/** Files that are shown by their content: compressed ones, and documents on one line. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { eventually, placeOf } from '../logFiles.ts';

const TRACE = 'ab12cd34ef56ab12cd34ef56ab12cd34';

const line = (n: number, level = 'INFO') =>
  `${JSON.stringify({ time: `2024-01-01T00:00:0${n}Z`, level, service: 's', trace_id: TRACE, message: `step ${n}` })}\n`;

const SPANS = {
  data: [
    {
      traceID: TRACE,
      spans: [1, 2].map((n) => ({
        traceID: TRACE,
        spanID: `000000000000000${n}`,
        operationName: `op${n}`,
        references: [],
        startTime: 1704067204000000 + n,
        duration: 5,
        tags: [],
        logs: [],
        processID: 'p1',
      })),
      processes: { p1: { serviceName: 'shop' } },
    },
  ],
};

describe('unpacked content', () => {
  let folder: string;
  const file = (name: string) => vscode.Uri.file(join(folder, name));

  before(async () => {
    assert.equal((await activeExtension()).isActive, true);
    folder = mkdtempSync(join(tmpdir(), 'causeway-content-test-'));
    writeFileSync(file('a.jsonl').fsPath, line(1));
    writeFileSync(file('b.jsonl.gz').fsPath, gzipSync(line(2) + line(3, 'ERROR')));
    writeFileSync(file('spans.json').fsPath, JSON.stringify(SPANS));
    await vscode.commands.executeCommand('causeway.openLogs', file(''));
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('causeway.closeLogs', { root: folder });
    rmSync(folder, { recursive: true, force: true });
  });

  async function references(uri: vscode.Uri): Promise<vscode.Location[]> {
    const document = await vscode.workspace.openTextDocument(uri);
    const place = placeOf(document, 1, TRACE);
    return vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', uri, place);
  }

  it('is where references lead to, on the id itself', async () => {
    const found = await references(file('a.jsonl'));
    assert.deepEqual(
      found.map(({ uri, range }) => `${uri.path.slice(uri.path.lastIndexOf('/') + 1)}:${range.start.line + 1}`).sort(),
      ['a.jsonl:1', 'b.jsonl.gz.jsonl:1', 'b.jsonl.gz.jsonl:2', 'spans.json.jsonl:1', 'spans.json.jsonl:2'],
    );
    for (const { uri, range } of found) {
      const document = await vscode.workspace.openTextDocument(uri);
      assert.equal(document.getText(range), TRACE);
      assert.equal(document.languageId, 'jsonl');
    }
  });

  it('has references, hovers and definitions itself', async () => {
    const packed = (await references(file('a.jsonl'))).find(({ uri }) => uri.path.includes('.gz'))?.uri;
    assert.ok(packed);
    assert.equal(packed.scheme, 'causeway-content');
    assert.equal((await references(packed)).length, 5);
    const document = await vscode.workspace.openTextDocument(packed);
    const place = placeOf(document, 1, TRACE);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', packed, place);
    assert.ok(hovers.length > 0);
    const [definition] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      packed,
      place,
    );
    assert.equal(definition.targetUri.fsPath, file('a.jsonl').fsPath);
  });

  it('is opened by what leads to a line, read-only', async () => {
    await vscode.commands.executeCommand('causeway.openEntry', {
      root: folder,
      file: 'b.jsonl.gz',
      line: 2,
      column: 1,
    });
    const editor = await eventually(
      'the content in front',
      () => vscode.window.activeTextEditor,
      (active) => active?.document.uri.scheme === 'causeway-content',
    );
    assert.ok(editor);
    assert.equal(editor.selection.active.line, 1);
    assert.match(editor.document.lineAt(1).text, /"step 3"/);
    // What is no file cannot be written.
    assert.equal(vscode.workspace.fs.isWritableFileSystem(editor.document.uri.scheme), undefined);
  });

  it('is walked through like any log', async () => {
    await vscode.commands.executeCommand('causeway.openEntry', {
      root: folder,
      file: 'b.jsonl.gz',
      line: 2,
      column: 1,
    });
    await eventually(
      'the content in front',
      () => vscode.window.activeTextEditor?.document.uri.path ?? '',
      (path) => path.endsWith('b.jsonl.gz.jsonl'),
    );
    await vscode.commands.executeCommand('causeway.nextCorrelated');
    const name = await eventually(
      'the first span in front',
      () => vscode.window.activeTextEditor?.document.uri.path ?? '',
      (path) => path.endsWith('spans.json.jsonl'),
    );
    assert.ok(name);
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 0);
  });
});
