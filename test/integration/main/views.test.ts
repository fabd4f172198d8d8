import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Sessions } from '../../../src/host/sessions.ts';
import { statusContent } from '../../../src/views/statusBar.ts';
import { type LogNodes, LogTree } from '../../../src/views/tree.ts';
import { AnomalyTree } from '../../../src/views/treeAnomalies.ts';
import { fileNodes } from '../../../src/views/treeFiles.ts';
import { idNodes } from '../../../src/views/treeIds.ts';
import { Pages, type TreeNode } from '../../../src/views/treeNodes.ts';
import { serviceNodes } from '../../../src/views/treeServices.ts';
import { TraceTree } from '../../../src/views/treeTraces.ts';
import { activeExtension } from '../activeExtension.ts';
import { eventually, showFile, workspaceFolder } from '../logFiles.ts';

const TRACE = '3d4e5f6a7b8c';

/** The tree as a reader sees it: label and description, indented. */
async function draw(tree: LogTree, parent?: TreeNode, depth = 0, ids = new Set<string>()): Promise<string[]> {
  const lines: string[] = [];
  for (const child of await tree.getChildren(parent)) {
    const { id, label, description, collapsibleState } = tree.getTreeItem(child);
    lines.push(`${'  '.repeat(depth)}${label} ${description ?? ''}`.trimEnd());
    // The editor refuses a tree in which two nodes have one id.
    assert.ok(id === undefined || !ids.has(id), `${label} has an id of its own`);
    if (id !== undefined) ids.add(id);
    if (collapsibleState !== vscode.TreeItemCollapsibleState.None) {
      lines.push(...(await draw(tree, child, depth + 1, ids)));
    }
  }
  return lines;
}

/** The views have no API to look at them by, so they are asked what they would show, over an engine of their own. */
describe('the views', () => {
  let sessions: Sessions;
  let services: LogTree;
  const unchanging = new vscode.EventEmitter<undefined>().event;
  const treeOf = (nodes: LogNodes) => new LogTree(sessions, unchanging, nodes);
  const folderLog = async () => {
    const log = sessions.byRoot(workspaceFolder().fsPath);
    assert.ok(log);
    await log.ready();
    return log;
  };

  before(async () => {
    const extension = await activeExtension();
    assert.equal(extension.isActive, true);
    const output = vscode.window.createOutputChannel('test', { log: true });
    sessions = new Sessions(join(extension.extensionPath, 'dist/worker.js'), output);
    services = treeOf(serviceNodes);
  });
  after(() => sessions.dispose());

  it('of services says that it reads, then shows how much each wrote when, the most troubled first', async () => {
    const [first] = await draw(services);
    assert.match(first, /^Reading/);
    await folderLog();
    const lines = await draw(services);
    assert.equal(lines.length, 5);
    const at = lines.findIndex((line) => line.startsWith('inventory-service'));
    assert.match(lines[at], / [▁-█]{8} 6 errors of 18 · \d\d:\d\d:\d\d–\d\d:\d\d:\d\d$/);
    const node = (await services.getChildren())[at];
    const { tooltip } = await services.resolveTreeItem(services.getTreeItem(node), node);
    assert.match(String(tooltip), /^inventory-service\n18 entries, 6 errors, .*\nfrom .* to .*\nClock/);
    const spoken = services.getTreeItem(node).accessibilityInformation?.label ?? '';
    assert.match(spoken, /^inventory-service, 18 entries, 6 errors, 1 fatal, first error 12:01:58, from/);
    assert.doesNotMatch(spoken, /[▁-█]/);
    assert.equal(node.query, 'service:"inventory-service"');
  });

  it('of traces sorts and narrows, and opens each to its entries', async () => {
    await folderLog();
    const traces = new TraceTree(() => {});
    const view: { description?: string } = {};
    traces.describeIn(view);
    const tree = treeOf((log) => traces.nodes(log));
    const worst = await tree.getChildren();
    const all = worst.length;
    assert.ok(all > 3);
    assert.equal(view.description, 'worst level first');
    await traces.sort('time');
    const inOrder = await tree.getChildren();
    assert.notDeepEqual(
      inOrder.map(({ id }) => id),
      worst.map(({ id }) => id),
    );
    assert.deepEqual(inOrder.map(({ id }) => id).sort(), worst.map(({ id }) => id).sort());
    await traces.filter(TRACE);
    const [found, ...others] = await tree.getChildren();
    assert.deepEqual([found.id, others.length], [TRACE, 0]);
    assert.equal(view.description, `“${TRACE}” · in order of time`);
    const entries = await draw(tree, found);
    assert.equal(entries.length, 14);
    await traces.filter('no trace holds this');
    assert.deepEqual(await draw(tree), ['No trace holds “no trace holds this”']);
    await traces.filter('');
    assert.equal((await tree.getChildren()).length, all);
  });

  it('of anomalies groups by rule, by service and by incident, down to the lines that tell', async () => {
    const { anomalies } = await (await folderLog()).report();
    const groups = new AnomalyTree(() => {});
    const tree = treeOf((log) => groups.nodes(log));
    for (const by of ['rule', 'service', 'incident'] as const) {
      await groups.group(by);
      const shown = await tree.getChildren();
      const leaves = (await Promise.all(shown.map((node) => tree.getChildren(node)))).flat();
      assert.equal(leaves.length, anomalies.length, by);
      for (const leaf of leaves) assert.equal(leaf.item.command?.command, 'causeway.openEntry');
      const lines = await draw(tree);
      const expected = {
        rule: /^fatal \d+$/,
        service: /^inventory-service \d+$/,
        incident: /^\d\d:\d\d:\d\d–\d\d:\d\d:\d\d \d+$/,
      }[by];
      assert.ok(
        lines.some((line) => expected.test(line)),
        lines.join('\n'),
      );
    }
  });

  it('of ids shows keys, and the values of each with how often they occur', async () => {
    await folderLog();
    const tree = treeOf((log) => idNodes(log, new Pages(() => {})));
    const lines = await draw(tree);
    assert.match(lines[0], /^\w*trace\w* \d+ values$/i);
    assert.ok(lines.includes(`  ${TRACE} 14 entries`), lines.join('\n'));
  });

  it('of files shows how each was read, and why one was not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-files-'));
    writeFileSync(
      join(folder, 'a.jsonl'),
      '{"time":"2024-01-01T00:00:00Z","service":"shop","level":"ERROR","message":"no"}\n',
    );
    writeFileSync(join(folder, 'letter.txt'), 'Dear all,\nthis is a letter,\nand no log.\nYours\n');
    try {
      await sessions.choose(folder).ready();
      const tree = treeOf(fileNodes);
      const log = (await tree.getChildren()).find(({ root }) => root === folder);
      const lines = await draw(tree, log);
      assert.match(lines[0], /^a\.jsonl 1 entry · /);
      assert.equal(lines[1], '  shop 1 error of 1 · 00:00:00');
      assert.match(lines[2], /^letter\.txt \S/);
    } finally {
      sessions.close(folder);
      rmSync(folder, { recursive: true });
    }
  });

  it('show a page, and more when asked', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-many-'));
    const line = (n: number) =>
      `{"time":"2024-01-01T00:00:00Z","level":"INFO","trace_id":"many-${n}","message":"started"}\n`;
    writeFileSync(join(folder, 'many.jsonl'), Array.from({ length: 450 }, (_, n) => line(n)).join(''));
    try {
      await sessions.choose(folder).ready();
      let redrawn = 0;
      const traces = new TraceTree(() => redrawn++);
      const tree = treeOf((log) => traces.nodes(log));
      const shown = async () => tree.getChildren((await tree.getChildren()).find(({ root }) => root === folder));
      const first = await shown();
      assert.equal(first.length, 201);
      const more = first[200].item;
      assert.deepEqual([more.label, more.description], ['Show More', '200 of 450']);
      await vscode.commands.executeCommand(more.command?.command ?? '', ...(more.command?.arguments ?? []));
      assert.equal(redrawn, 1);
      const second = await shown();
      assert.equal(second.length, 401);
      assert.deepEqual(
        second.slice(0, 200).map(({ item }) => item.id),
        first.slice(0, 200).map(({ item }) => item.id),
      );
    } finally {
      sessions.close(folder);
      rmSync(folder, { recursive: true });
    }
  });

  it('say why there is no anomaly', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'causeway-calm-'));
    writeFileSync(join(folder, 'calm.jsonl'), '{"time":"2024-01-01T00:00:00Z","level":"INFO","message":"started"}\n');
    try {
      await sessions.choose(folder).ready();
      const groups = new AnomalyTree(() => {});
      const tree = treeOf((log) => groups.nodes(log));
      const lines = await draw(
        tree,
        (await tree.getChildren()).find(({ root }) => root === folder),
      );
      assert.match(lines[0], /^\S.* .*\w/);
    } finally {
      sessions.close(folder);
      rmSync(folder, { recursive: true });
    }
  });

  it('copy an id', async () => {
    await vscode.env.clipboard.writeText('before');
    const target = { root: workspaceFolder().fsPath, id: TRACE };
    await vscode.commands.executeCommand('causeway.copyId', target);
    assert.equal(await vscode.env.clipboard.readText(), TRACE);
  });

  it('have commands for order, filter and grouping, and each can be gone to', async () => {
    for (const [command, ...args] of [
      ['causeway.sortTraces', 'duration'],
      ['causeway.filterTraces', 'inventory'],
      ['causeway.clearTraceFilter'],
      ['causeway.sortTraces', 'worst'],
      ['causeway.groupAnomalies', 'incident'],
      ['causeway.groupAnomalies', 'rule'],
    ]) {
      await vscode.commands.executeCommand(command, ...args);
    }
    for (const view of ['services', 'traces', 'anomalies', 'ids', 'files']) {
      await vscode.commands.executeCommand(`causeway.${view}.focus`);
    }
  });

  it('open a line as a preview that leaves the focus in the tree', async () => {
    await folderLog();
    const tree = treeOf(fileNodes);
    const [file] = await tree.getChildren();
    const { command } = file.item;
    assert.equal(command?.arguments?.at(-1), true);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.isPreview, true);
  });

  it('the status bar counts files, entries and anomalies', async () => {
    const { text, command } = await statusContent(sessions, await folderLog());
    assert.match(text, /^Causeway: 5 files, 72 entries, [1-9]\d* anomalies$/);
    assert.equal(command, 'causeway.findTrace');
  });

  it('the status bar sums up the file in front where its lenses are off', async () => {
    const log = await folderLog();
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
    const log = await folderLog();
    // The way a crash looks from here: the thread is gone and its index with it.
    log.forget();
    assert.match((await draw(services))[0], /^Not read/);
    await log.ready();
    await eventually(
      'the services again',
      () => draw(services),
      (lines) => lines.length === 5,
    );
  });
});
