import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Sessions } from '../../../src/host/sessions.ts';
import { statusContent } from '../../../src/views/statusBar.ts';
import { LogTree } from '../../../src/views/tree.ts';
import { type Node, treeItem } from '../../../src/views/treeNodes.ts';
import { activeExtension } from '../activeExtension.ts';
import { eventually, showFile, workspaceFolder } from '../logFiles.ts';

/** The tree as a reader sees it: label and description, indented. */
async function draw(tree: LogTree, node?: Node, depth = 0): Promise<string[]> {
  const lines: string[] = [];
  for (const child of await tree.getChildren(node)) {
    const { label, description, command, collapsibleState } = treeItem(child);
    lines.push(`${'  '.repeat(depth)}${label} ${description ?? ''}`.trimEnd());
    // A rule that could not run has no line to lead to.
    const isLeaf = collapsibleState === vscode.TreeItemCollapsibleState.None;
    if (isLeaf) assert.ok(command ?? child.kind === 'note', `${label} leads somewhere`);
    if (!isLeaf) lines.push(...(await draw(tree, child, depth + 1)));
  }
  return lines;
}

/** The views have no API to look at them by, so they are asked what they would show, over an engine of their own. */
describe('the views', () => {
  let sessions: Sessions;
  let tree: LogTree;

  before(async () => {
    const extension = await activeExtension();
    assert.equal(extension.isActive, true);
    const output = vscode.window.createOutputChannel('test', { log: true });
    sessions = new Sessions(join(extension.extensionPath, 'dist/worker.js'), output);
    tree = new LogTree(sessions, new vscode.EventEmitter<undefined>().event);
  });
  after(() => sessions.dispose());

  it('the tree says that it reads, then shows services, anomalies and files', async () => {
    const [first] = await draw(tree);
    assert.match(first, /^Reading/);
    await sessions.byRoot(workspaceFolder().fsPath)?.ready();
    const lines = await draw(tree);
    assert.equal(lines[0], 'Services 5');
    assert.ok(lines.includes('  inventory-service 6 errors of 18 · 12:01:58'), lines.join('\n'));
    assert.ok(
      lines.some((line) => line.startsWith('  inventory-service.jsonl 18 entries · ')),
      lines.join('\n'),
    );
    assert.match(lines.find((line) => line.startsWith('Anomalies')) ?? '', /^Anomalies [1-9]\d*$/);
    assert.ok(
      lines.some((line) => /^ {2}fatal \d+$/.test(line)),
      lines.join('\n'),
    );
  });

  it('the tree says why there is no anomaly', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-calm-'));
    writeFileSync(join(folder, 'calm.jsonl'), '{"time":"2024-01-01T00:00:00Z","level":"INFO","message":"started"}\n');
    try {
      await sessions.choose(folder).ready();
      const log = (await tree.getChildren()).find((node) => node.kind === 'log' && node.root === folder);
      const lines = await draw(tree, log);
      const at = lines.indexOf('Anomalies 0');
      assert.ok(at >= 0, lines.join('\n'));
      assert.match(lines[at + 1], /^ {2}\S.* .*\w/);
    } finally {
      sessions.close(folder);
      rmSync(folder, { recursive: true });
    }
  });

  it('a line opened from the tree is a preview that leaves the focus in the tree', async () => {
    const files = (await tree.getChildren()).find(({ kind }) => kind === 'files');
    const [node] = await tree.getChildren(files);
    const { command } = treeItem(node);
    assert.equal(command?.arguments?.at(-1), true);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.isPreview, true);
  });

  it('the status bar counts files, entries and anomalies', async () => {
    const log = sessions.byRoot(workspaceFolder().fsPath);
    assert.ok(log);
    const { text, command } = await statusContent(sessions, log);
    assert.match(text, /^Causeway: 5 files, 72 entries, [1-9]\d* anomalies$/);
    assert.equal(command, 'causeway.findTrace');
  });

  it('the status bar sums up the file in front where its lenses are off', async () => {
    const log = sessions.byRoot(workspaceFolder().fsPath);
    assert.ok(log);
    await showFile('inventory-service.jsonl');
    const settings = vscode.workspace.getConfiguration('causeway');
    await settings.update('codeLens.enabled', false, vscode.ConfigurationTarget.Workspace);
    try {
      const { text } = await statusContent(sessions, log);
      assert.equal(text, 'Causeway: inventory-service · 18 entries · 6 errors · 1 fatal · first error 12:01:58');
    } finally {
      await settings.update('codeLens.enabled', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('a crash of the engine empties them, and the next use starts it again', async () => {
    const log = sessions.byRoot(workspaceFolder().fsPath);
    assert.ok(log);
    // The way a crash looks from here: the thread is gone and its index with it.
    log.forget();
    assert.match((await draw(tree))[0], /^Not read/);
    await log.ready();
    await eventually(
      'the services again',
      async () => (await draw(tree))[0],
      (line) => line === 'Services 5',
    );
  });
});
