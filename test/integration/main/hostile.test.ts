import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { eventually, inFolder, placeOf, write } from '../logFiles.ts';

const EVIL_MESSAGE =
  '<img src=x onerror=alert(1)> [quit](command:workbench.action.quit) https://evil.example `x` $(trash) | # *b*';
const EVIL_SERVICE = '$(bug) <b>[x](command:y)</b>';

function entry(n: number, more: Record<string, unknown> = {}): string {
  const time = new Date(Date.UTC(2024, 4, 1, 0, 0, n)).toISOString();
  const message = EVIL_MESSAGE;
  return JSON.stringify({ time, level: 'ERROR', service: EVIL_SERVICE, trace_id: 'feed00000001', message, ...more });
}

async function refresh(): Promise<void> {
  await vscode.commands.executeCommand('causeway.refresh');
}

describe('hostile input', () => {
  let document: vscode.TextDocument;

  before(async () => {
    assert.equal((await activeExtension()).isActive, true);
    const bytes = Buffer.concat([
      Buffer.from(`${entry(1)}\n`),
      Buffer.from([0xff, 0xfe, 0x80, 0x0a]),
      Buffer.from(`${entry(2, { blob: 'x'.repeat(1_000_000) })}\n`),
      Buffer.from('{"time":"2024-05-01T00:00:03Z","level":"ERR\n'),
      Buffer.from(`${entry(4)}\n`),
    ]);
    const uri = write('evil/evil.jsonl', bytes);
    const { fsPath } = inFolder('evil');
    writeFileSync(join(fsPath, 'empty.log'), '');
    writeFileSync(join(fsPath, 'locked.jsonl'), `${entry(5)}\n`);
    chmodSync(join(fsPath, 'locked.jsonl'), 0);
    symlinkSync(join(fsPath, 'nowhere'), join(fsPath, 'dangling.log'));
    mkdirSync(join(fsPath, 'folder.log'));
    await refresh();
    document = await vscode.workspace.openTextDocument(uri);
  });
  after(async () => {
    rmSync(inFolder('evil').fsPath, { recursive: true, force: true });
    await refresh();
  });

  it('loses no entry, whatever stands between them', async () => {
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      placeOf(document, 1, 'feed00000001'),
    );
    const own = found.filter(({ uri }) => uri.path === document.uri.path).map(({ range }) => range.start.line + 1);
    assert.deepEqual(own, [1, 3, 5]);
    // Root reads whatever it wants; anybody else must do without the locked file.
    assert.equal(found.length, process.getuid?.() === 0 ? 4 : 3);
  });

  it('shows Markdown, HTML and command links of a message as text', async () => {
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      placeOf(document, 1, 'feed00000001'),
    );
    const [content] = hover.contents;
    assert.ok(content instanceof vscode.MarkdownString);
    assert.ok(!content.value.includes('<'), content.value);
    assert.ok(!content.value.includes('https:'), content.value);
    assert.ok(!content.supportHtml);
    for (const [, target] of content.value.matchAll(/\]\(([^)]*)\)/g)) assert.match(target, /^command:causeway\.\w+\?/);
    assert.ok(content.value.includes('onerror'), 'the message is shown');
  });

  it('makes no icons of service names', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    assert.equal(lenses[0].command?.title, '\\$(bug) <b>[x](command:y)</b>');
  });

  it('colours no line too long to be read, and the others as ever', async () => {
    const range = new vscode.Range(0, 0, document.lineCount - 1, 0);
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentRangeSemanticTokens',
      document.uri,
      range,
    );
    assert.ok(tokens.data.length > 0);
  });

  it('a line cut short still leads on from its neighbours, and nothing fails on it', async () => {
    for (const command of ['vscode.executeHoverProvider', 'vscode.executeDefinitionProvider']) {
      await vscode.commands.executeCommand(command, document.uri, new vscode.Position(3, 5));
    }
  });

  it('an empty file has no lenses and harms nobody', async () => {
    const empty = await vscode.workspace.openTextDocument(inFolder('evil/empty.log'));
    const lenses = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', empty.uri, 10);
    assert.deepEqual(lenses, []);
  });

  it('a file that vanishes takes its entries along', async () => {
    const uri = write('evil/gone.jsonl', `${entry(9, { trace_id: 'feed00000002' })}\n`);
    await refresh();
    const gone = await vscode.workspace.openTextDocument(uri);
    const references = () =>
      vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeReferenceProvider',
        gone.uri,
        placeOf(gone, 1, 'feed00000002'),
      );
    assert.equal((await references()).length, 1);
    rmSync(uri.fsPath);
    // No refresh here: the watcher notices.
    await eventually(
      'no entries',
      async () => (await references()).length,
      (n) => n === 0,
    );
  });

  it('a file that grows is read on without being asked to', async () => {
    const uri = write('evil/live.jsonl', `${entry(20, { trace_id: 'feed00000003' })}\n`);
    const live = await vscode.workspace.openTextDocument(uri);
    const count = async () =>
      (
        await vscode.commands.executeCommand<vscode.Location[]>(
          'vscode.executeReferenceProvider',
          live.uri,
          placeOf(live, 1, 'feed00000003'),
        )
      ).length;
    await eventually('the first entry', count, (n) => n === 1);
    writeFileSync(uri.fsPath, `${entry(21, { trace_id: 'feed00000003' })}\n`, { flag: 'a' });
    await eventually('the second entry', count, (n) => n === 2);
  });
});
