import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { baseName, openFile, placeOf, showFile } from '../logFiles.ts';

const TRACES: [id: string, entries: number, file: string, line: number][] = [
  ['3d4e5f6a7b8c', 14, 'inventory-service.jsonl', 12],
  ['1a2b3c4d5e6f', 12, 'order-service.jsonl', 2],
  ['2c3d4e5f6a7b', 12, 'payment-service.jsonl', 4],
];

async function locations(command: string, document: vscode.TextDocument, position: vscode.Position) {
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    command,
    document.uri,
    position,
  );
  return found.map((each) =>
    'targetUri' in each ? { uri: each.targetUri, range: each.targetSelectionRange ?? each.targetRange } : each,
  );
}

describe('on an id', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));

  for (const [id, entries, file, line] of TRACES) {
    it(`Find All References gives the ${entries} entries of ${id} in 4 files, each at the id itself`, async () => {
      const document = await openFile(file);
      const found = await locations('vscode.executeReferenceProvider', document, placeOf(document, line, id));
      assert.equal(found.length, entries);
      assert.equal(new Set(found.map(({ uri }) => uri.path)).size, 4);
      for (const { uri, range } of found) {
        assert.equal((await vscode.workspace.openTextDocument(uri)).getText(range), id);
      }
    });
  }

  it('Go to Definition leads to the first entry of the trace, in another file', async () => {
    const document = await openFile('inventory-service.jsonl');
    const found = await locations('vscode.executeDefinitionProvider', document, placeOf(document, 12, '3d4e5f6a7b8c'));
    assert.equal(found.length, 1);
    const [{ uri, range }] = found;
    assert.equal(baseName(uri), 'order-service.jsonl');
    const target = await vscode.workspace.openTextDocument(uri);
    assert.equal(target.getText(range), '3d4e5f6a7b8c');
    assert.match(target.lineAt(range.start.line).text, /"timestamp":"2023-08-15T12:01:23/);
  });

  it('the key means the same as the value behind it', async () => {
    const document = await openFile('inventory-service.jsonl');
    const found = await locations('vscode.executeReferenceProvider', document, placeOf(document, 12, 'trace_id'));
    assert.equal(found.length, 14);
  });

  it('other ids are ids too', async () => {
    const document = await openFile('inventory-service.jsonl');
    const found = await locations('vscode.executeReferenceProvider', document, placeOf(document, 9, 'order_76543'));
    assert.ok(found.length > 1);
    for (const { uri, range } of found) {
      assert.equal((await vscode.workspace.openTextDocument(uri)).getText(range), 'order_76543');
    }
  });

  it('a word that is none leads nowhere', async () => {
    const document = await openFile('inventory-service.jsonl');
    for (const command of ['vscode.executeDefinitionProvider', 'vscode.executeReferenceProvider']) {
      assert.deepEqual(
        await locations(command, document, placeOf(document, 12, 'Database query timeout')),
        [],
        command,
      );
    }
  });

  it('the same id is highlighted in this file', async () => {
    const document = await openFile('inventory-service.jsonl');
    const found = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      placeOf(document, 9, '3d4e5f6a7b8c'),
    );
    assert.deepEqual(
      found.map(({ range }) => range.start.line + 1).sort((a, b) => a - b),
      [9, 10, 11, 12, 13],
    );
    for (const { range } of found) assert.equal(document.getText(range), '3d4e5f6a7b8c');
  });

  it('next and previous correlated entry walk through the whole trace and back, across files', async () => {
    await showFile('order-service.jsonl', 13, '3d4e5f6a7b8c');
    const place = () => {
      const editor = vscode.window.activeTextEditor;
      assert.ok(editor);
      return `${baseName(editor.document.uri)}:${editor.selection.active.line + 1}`;
    };
    const walked = [place()];
    for (let n = 0; n < 14; n++) {
      await vscode.commands.executeCommand('causeway.nextCorrelated');
      walked.push(place());
    }
    // The fourteenth step has nowhere to go and stays.
    assert.equal(walked[13], walked[14]);
    assert.equal(new Set(walked).size, 14);
    for (let n = 12; n >= 0; n--) {
      await vscode.commands.executeCommand('causeway.previousCorrelated');
      assert.equal(place(), walked[n]);
    }
  });

  it('next works from anywhere on the line', async () => {
    await showFile('order-service.jsonl', 13, 'message');
    await vscode.commands.executeCommand('causeway.nextCorrelated');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.ok(editor.document.lineAt(editor.selection.active.line).text.includes('3d4e5f6a7b8c'));
    assert.notEqual(`${baseName(editor.document.uri)}:${editor.selection.active.line}`, 'order-service.jsonl:12');
  });

  it('Peek opens over the editor with all entries', async () => {
    const editor = await showFile('inventory-service.jsonl', 12, '3d4e5f6a7b8c');
    const root = vscode.workspace.workspaceFolders?.[0].uri.fsPath;
    await vscode.commands.executeCommand('causeway.showReferences', { root, id: '3d4e5f6a7b8c' });
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, editor.document.uri.path);
    await vscode.commands.executeCommand('closeReferenceSearch');
  });
});
