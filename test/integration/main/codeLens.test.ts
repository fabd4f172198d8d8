import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { inFolder, openFile, write } from '../logFiles.ts';

async function lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
}

const titles = (found: vscode.CodeLens[]) => found.map(({ command }) => command?.title);

describe('code lens', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));

  it('sums up the service at the top of its file', async () => {
    const found = await lenses(await openFile('inventory-service.jsonl'));
    assert.deepEqual(titles(found), ['inventory-service', '18 entries', '6 errors', '1 fatal', 'first error 12:01:58']);
    for (const { range } of found) assert.equal(range.start.line, 0);
  });

  it('each part leads somewhere', async () => {
    const found = await lenses(await openFile('inventory-service.jsonl'));
    const known = new Set(await vscode.commands.getCommands());
    for (const { command } of found) assert.ok(command && known.has(command.command), command?.title);
    const first = found[4].command;
    await vscode.commands.executeCommand(first?.command ?? '', ...(first?.arguments ?? []));
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 11);
    const errors = found[2].command;
    assert.equal(errors?.arguments?.[0].from, 'error');
    await vscode.commands.executeCommand(errors?.command ?? '', ...(errors?.arguments ?? []));
    assert.equal(found[3].command?.arguments?.[0].from, 'fatal');
    await vscode.commands.executeCommand('closeReferenceSearch');
  });

  it('has a p95 from 20 durations on, leads with the most troubled services and counts the rest', async () => {
    const line = (service: string, level: string, n: number) =>
      JSON.stringify({
        timestamp: new Date(Date.UTC(2024, 0, 1, 0, 0, n)).toISOString(),
        level,
        service,
        message: 'done',
        duration_ms: n,
      });
    const lines = ['a', 'b', 'c', 'd', 'e'].map((service, i) => line(service, 'INFO', i));
    for (let n = 1; n <= 20; n++) lines.push(line('slow', n === 7 ? 'ERROR' : 'INFO', n * 10));
    const uri = write('lens/many.jsonl', `${lines.join('\n')}\n`);
    try {
      await vscode.commands.executeCommand('causeway.refresh');
      const found = titles(await lenses(await vscode.workspace.openTextDocument(uri)));
      assert.deepEqual(found.slice(0, 5), ['slow', '20 entries', '1 error', 'first error 00:01:10', 'p95 190 ms']);
      assert.equal(found.at(-1), '3 more services');
    } finally {
      await vscode.workspace.fs.delete(inFolder('lens'), { recursive: true });
      await vscode.commands.executeCommand('causeway.refresh');
    }
  });

  it('goes when switched off', async () => {
    const document = await openFile('inventory-service.jsonl');
    const settings = vscode.workspace.getConfiguration('causeway');
    await settings.update('codeLens.enabled', false, vscode.ConfigurationTarget.Workspace);
    try {
      assert.deepEqual(await lenses(document), []);
    } finally {
      await settings.update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Workspace);
    }
    assert.equal((await lenses(document)).length, 5);
  });
});
