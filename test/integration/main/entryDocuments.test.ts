/** The documents of entries: Readable, Merged, a trace, what a query finds. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { baseName, eventually, placeOf, showFile } from '../logFiles.ts';

const TRACE = '3d4e5f6a7b8c';
const SCHEME = 'causeway-entries';

const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(`causeway.${command}`, ...args);
const press = (command: string) => vscode.commands.executeCommand(`workbench.action.${command}`);

function inFront(): string {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? '' : `${baseName(editor.document.uri)}:${editor.selection.active.line + 1}`;
}

async function documentInFront(name: string): Promise<vscode.TextEditor> {
  const editor = await eventually(
    `${name} in front`,
    () => vscode.window.activeTextEditor,
    (active) => active?.document.uri.scheme === SCHEME && baseName(active.document.uri) === name,
  );
  assert.ok(editor);
  return editor;
}

function linesOf({ document }: vscode.TextEditor): string[] {
  return document.getText().split('\n');
}

function stand(editor: vscode.TextEditor, line: number, text: string): vscode.Position {
  const place = placeOf(editor.document, line, text);
  editor.selection = new vscode.Selection(place, place);
  return place;
}

describe('documents of entries', () => {
  let folder: string;

  before(async () => {
    assert.equal((await activeExtension()).isActive, true);
    // A folder of its own, because other tests count what is in the suite's.
    folder = mkdtempSync(join(tmpdir(), 'causeway-documents-test-'));
  });
  beforeEach(() => press('closeAllEditors'));
  after(async () => {
    await press('closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  describe('Readable', () => {
    it('has cards, calls, callees and steps like the source', async () => {
      await showFile('order-service.jsonl', 13, TRACE);
      await run('openReadable');
      const editor = await documentInFront('order-service.jsonl (readable).log');
      const { uri } = editor.document;
      const cards = async (text: string) => {
        const place = placeOf(editor.document, 13, text);
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, place);
        return hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]).map(({ value }) => value);
      };
      assert.match((await cards('2023-08-15')).join(), /before the end of the log/);
      assert.match((await cards('INFO')).join(), /This file/);
      const place = placeOf(editor.document, 13, TRACE.slice(0, 6));
      const callees = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeImplementationProvider',
        uri,
        place,
      );
      assert.equal(callees.length, 1);
      const [item] = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
        'vscode.prepareCallHierarchy',
        uri,
        place,
      );
      assert.equal(item.name, 'order-service');
      editor.selection = new vscode.Selection(place, place);
      await run('nextOfService');
      assert.equal(inFront(), 'order-service.jsonl (readable).log:14');
    });

    it('shows the file in front as aligned text, on the same entry, and leads back to it', async () => {
      const { document: source } = await showFile('inventory-service.jsonl', 16, 'Database');
      const entry: { timestamp: string; message: string } = JSON.parse(source.lineAt(15).text);
      await run('openReadable');
      const editor = await documentInFront('inventory-service.jsonl (readable).log');
      assert.equal(editor.document.languageId, 'log');
      assert.equal(editor.selection.active.line, 15);
      const { text } = editor.document.lineAt(15);
      assert.ok(text.startsWith(`${entry.timestamp.replace('T', ' ')}  `), text);
      assert.ok(text.includes(`  ${entry.message}`), text);
      assert.equal(editor.document.lineCount - 1, source.getText().trimEnd().split('\n').length);
      stand(editor, 12, linesOf(editor)[11].slice(0, 10));
      await run('openSourceLine');
      await eventually('the source in front', inFront, (place) => place === 'inventory-service.jsonl:12');
      // Back on the document that is open already: on the line of the source.
      await showFile('inventory-service.jsonl', 3);
      await run('openReadable');
      const again = await documentInFront('inventory-service.jsonl (readable).log');
      await eventually(
        'the third entry',
        () => again.selection.active.line,
        (line) => line === 2,
      );
    });

    it('has the gestures of a log: definition leads to the source, ids to all that share them', async () => {
      await showFile('inventory-service.jsonl', 16, 'Database');
      await run('openReadable');
      const editor = await documentInFront('inventory-service.jsonl (readable).log');
      const { uri } = editor.document;
      const line = linesOf(editor).findIndex((text) => text.includes(TRACE)) + 1;
      const place = stand(editor, line, TRACE);
      const [definition] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
        'vscode.executeDefinitionProvider',
        uri,
        place,
      );
      assert.equal(baseName(definition.targetUri), 'inventory-service.jsonl');
      assert.equal(definition.targetRange.start.line, line - 1);
      const references = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeReferenceProvider',
        uri,
        place,
      );
      assert.ok(new Set(references.map((found) => baseName(found.uri))).size > 1);
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, place);
      const card = hovers.flatMap(({ contents }) => contents as vscode.MarkdownString[]);
      assert.match(card.map(({ value }) => value).join('\n'), /entries/);
      const highlights = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
        'vscode.executeDocumentHighlights',
        uri,
        place,
      );
      const inText = editor.document.getText().split(TRACE).length - 1;
      assert.equal(highlights.length, inText);
      for (const { range } of highlights) assert.equal(editor.document.getText(range), TRACE);
    });

    it('colours by meaning: what it wrote as time, level, service and id', async () => {
      await showFile('inventory-service.jsonl', 16, 'Database');
      await run('openReadable');
      const { document } = await documentInFront('inventory-service.jsonl (readable).log');
      const range = new vscode.Range(0, 0, 0, document.lineAt(0).text.length);
      const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
        'vscode.provideDocumentRangeSemanticTokensLegend',
        document.uri,
        range,
      );
      const { data } = await vscode.commands.executeCommand<vscode.SemanticTokens>(
        'vscode.provideDocumentRangeSemanticTokens',
        document.uri,
        range,
      );
      const words: string[] = [];
      for (let i = 0, at = 0; i < data.length; i += 5) {
        at += data[i + 1];
        words.push(`${legend.tokenTypes[data[i + 3]]} ${document.lineAt(0).text.slice(at, at + data[i + 2])}`);
      }
      assert.ok(words.length >= 4, words.join('; '));
      assert.match(words[0], /^causewayTime 2023-08-15 \d\d:/);
      assert.match(words[1], /^causewayLevel\w+ [A-Z]+$/);
      assert.equal(words[2], 'causewayService inventory-service');
      assert.match(words[3], /^causewayId [0-9a-f]{12}$/);
    });

    it('grows with its file, and keeps colour codes and forged lines out', async () => {
      const line = (second: number, message: string) =>
        `2024-03-01 10:00:0${second}.000 INFO  [main] com.shop.Orders - ${message}\n`;
      const file = vscode.Uri.file(join(folder, 'grows.log'));
      writeFileSync(file.fsPath, line(1, 'first') + line(2, '\u001b[31mred\u001b[0m \u202eturned'));
      await vscode.window.showTextDocument(file, { preview: false });
      await run('openReadable');
      const editor = await documentInFront('grows.log (readable).log');
      const shown = editor.document.getText();
      assert.ok(shown.includes('red \\u202eturned'), shown);
      assert.ok(!shown.includes('\u001b'), shown);
      assert.equal(editor.document.lineCount, 3);
      appendFileSync(file.fsPath, line(3, 'third'));
      await eventually(
        'the third entry',
        () => editor.document.getText(),
        (text) => text.includes('third'),
      );
      assert.equal(editor.document.lineCount, 4);
    });
  });

  describe('Merged', () => {
    it('shows all files in order of time, with gaps, on the entry of the cursor', async () => {
      await showFile('inventory-service.jsonl', 16, 'Database');
      await run('openMerged');
      const name = await eventually(
        'the merged document',
        () => baseName(vscode.window.activeTextEditor?.document.uri ?? vscode.Uri.file('/none')),
        (front) => front.endsWith(' (merged).log'),
      );
      const editor = await documentInFront(name);
      assert.match(linesOf(editor)[0], /entries in \d+ services \(/);
      const times = linesOf(editor).filter((line) => /^\d{4}-/.test(line));
      assert.deepEqual(
        times.map((line) => line.slice(0, 24)),
        times.map((line) => line.slice(0, 24)).sort(),
      );
      assert.match(times[1], /^.{24} +\+\d/);
      assert.ok(editor.document.lineAt(editor.selection.active.line).text.includes('inventory-service'));
      await run('openSourceLine');
      await eventually('the source in front', inFront, (place) => place === 'inventory-service.jsonl:16');
    });

    it('of a trace shows its entries of every file, and the next entry is the next line', async () => {
      const source = await showFile('inventory-service.jsonl');
      stand(source, linesOf(source).findIndex((line) => line.includes(TRACE)) + 1, TRACE);
      await run('openTrace');
      const editor = await documentInFront(`trace ${TRACE}.log`);
      const lines = linesOf(editor).filter((line) => /^\d{4}-/.test(line));
      assert.equal(lines.length, 14);
      // Some of them hold other ids as well; the cursor means none of those.
      const first = editor.selection.active.line;
      for (const step of [1, 2, 3]) {
        await run('nextCorrelated');
        await eventually(
          'the next entry of the trace',
          inFront,
          (place) => place === `trace ${TRACE}.log:${first + step + 1}`,
        );
      }
    });

    it('has cards on times and levels, and the next error is one of its lines', async () => {
      const source = await showFile('inventory-service.jsonl');
      stand(source, linesOf(source).findIndex((line) => line.includes(TRACE)) + 1, TRACE);
      await run('openTrace');
      const editor = await documentInFront(`trace ${TRACE}.log`);
      const { uri } = editor.document;
      const card = async (place: vscode.Position) => {
        const found = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, place);
        return found
          .flatMap(({ contents }) => contents as vscode.MarkdownString[])
          .map(({ value }) => value)
          .join();
      };
      const first = linesOf(editor).findIndex((line) => /^\d{4}-/.test(line)) + 1;
      assert.match(await card(stand(editor, first, '2023-08-15')), /before the end of the log/);
      assert.match(await card(stand(editor, first, 'INFO')), /This file/);
      const error = linesOf(editor).findIndex((line) => line.includes(' ERROR ')) + 1;
      await run('nextError');
      await eventually('the first error of the trace', inFront, (place) => place === `trace ${TRACE}.log:${error}`);
    });

    it('of a query is opened from the list of what it finds', async () => {
      await showFile('inventory-service.jsonl', 16, 'Database');
      await run('searchLog', 'level:error');
      await press('acceptSelectedQuickOpenItem');
      const editor = await documentInFront('search level:error.log');
      assert.match(linesOf(editor)[0], /^level:error: \d+ entries in \d+ services \(.*inventory-service \d+/);
      for (const line of linesOf(editor).filter((text) => /^\d{4}-/.test(text))) assert.match(line, / (ERROR|FATAL) /);
    });
  });

  it('says of a trace that is gone that it is, keeps nobody waiting, and leads nowhere', async () => {
    const id = '0b6a1f2c3d4e5f60';
    const line = (second: number, more: object) =>
      `${JSON.stringify({ time: `2024-03-01T10:00:0${second}Z`, level: 'info', service: 'shop', msg: 'step', ...more })}\n`;
    const file = vscode.Uri.file(join(folder, 'gone.jsonl'));
    const text = (own: object) => line(1, own) + line(2, own) + line(3, {});
    writeFileSync(file.fsPath, text({ trace_id: id }));
    const show = async () => {
      const selection = new vscode.Range(2, 0, 2, 0);
      await vscode.window.showTextDocument(file, { preview: false, selection });
      await run('openTrace', { root: folder, id });
      return documentInFront(`trace ${id}.log`);
    };
    const editor = await show();
    assert.equal(linesOf(editor).filter((each) => each.includes('step')).length, 2);
    writeFileSync(file.fsPath, text({}));
    await eventually(
      'the note that it is gone',
      async () => linesOf(await show())[0],
      (first) => first === 'The log does not hold this any more.',
    );
    const links = await vscode.commands.executeCommand<unknown[]>(
      'vscode.executeDefinitionProvider',
      editor.document.uri,
      new vscode.Position(0, 0),
    );
    assert.deepEqual(links, []);
  });

  it('says so where a document shows nothing that is open', async () => {
    const query = JSON.stringify({ root: '/nowhere', scope: { kind: 'file', file: 'a.log' } });
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme: SCHEME, path: '/a.log', query }),
    );
    assert.equal(document.getText(), 'No log holds this any more.');
  });
});
