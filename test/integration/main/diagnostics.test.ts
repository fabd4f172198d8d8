import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { baseName, eventually, inFolder, openFile } from '../logFiles.ts';

function ours(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Causeway');
}

const lines = (found: vscode.Diagnostic[]) => found.map(({ range }) => range.start.line + 1).sort((a, b) => a - b);

/** On a line, from 1. */
async function quickFixes(uri: vscode.Uri, line: number): Promise<vscode.CodeAction[]> {
  const [diagnostic] = ours(uri).filter(({ range }) => range.start.line + 1 === line);
  return vscode.commands.executeCommand(
    'vscode.executeCodeActionProvider',
    uri,
    diagnostic.range,
    vscode.CodeActionKind.QuickFix.value,
  );
}

async function run({ command }: vscode.CodeAction): Promise<void> {
  await vscode.commands.executeCommand(command?.command ?? '', ...(command?.arguments ?? []));
}

describe('diagnostics', () => {
  before(async () => {
    assert.equal((await activeExtension()).isActive, true);
    await vscode.window.showTextDocument(await openFile('inventory-service.jsonl'));
    await eventually(
      'anomalies',
      () => ours(inFolder('inventory-service.jsonl')),
      (found) => found.length > 0,
    );
  });

  it('mark the lines, also of files nobody has opened', () => {
    const marked = new Set<string>();
    for (const [uri, all] of vscode.languages.getDiagnostics()) {
      for (const { source, range, relatedInformation } of all) {
        if (source !== 'Causeway') continue;
        marked.add(`${baseName(uri)}:${range.start.line + 1}`);
        for (const { location } of relatedInformation ?? []) {
          marked.add(`${baseName(location.uri)}:${location.range.start.line + 1}`);
        }
      }
    }
    const wanted = [
      ...[7, 8, 12, 16, 18].map((line) => `inventory-service.jsonl:${line}`),
      'order-service.jsonl:19',
      'order-service.jsonl:22',
      'payment-service.jsonl:10',
      'db-monitor.jsonl:7',
      'db-monitor.jsonl:8',
    ];
    assert.deepEqual(
      wanted.filter((place) => !marked.has(place)),
      [],
    );
  });

  it('carry the rule, fitting severities, and one squiggle a line at most', () => {
    for (const [uri, all] of vscode.languages.getDiagnostics()) {
      const found = all.filter(({ source }) => source === 'Causeway');
      assert.equal(new Set(lines(found)).size, found.length, baseName(uri));
      for (const { code, message } of found) {
        assert.ok(typeof code === 'object');
        assert.match(String(code.value), /^[a-z]+(-[a-z]+)*$/);
        assert.equal(code.target.toString(true), `command:causeway.openRule?["${code.value}"]`);
        assert.ok(message.length > 0 && !message.includes('{'), message);
      }
    }
    const fatal = ours(inFolder('inventory-service.jsonl')).find(({ range }) => range.start.line === 17);
    assert.equal(fatal?.severity, vscode.DiagnosticSeverity.Error);
  });

  it('lie under the message of an open file', async () => {
    const document = await openFile('inventory-service.jsonl');
    const texts = await eventually(
      'squiggles under the message',
      () =>
        ours(document.uri)
          .filter(({ range }) => range.start.line === 11)
          .map(({ range }) => document.getText(range)),
      ([text]) => text === 'Database query timeout',
    );
    assert.equal(texts.length, 1);
  });

  it('offer the trace and the timeline as quick fixes', async () => {
    const document = await openFile('inventory-service.jsonl');
    const actions = await quickFixes(document.uri, 12);
    assert.deepEqual(
      actions.map(({ title }) => title),
      [
        'Show trace 3d4e5f6a7b8c',
        'Open trace as a document',
        'Show trace in timeline',
        'Show incident in timeline',
        'Alert rules that would have warned',
        'Mute threshold-breach on messages like this',
        'What threshold-breach means',
      ],
    );
    await run(actions[2]);
    await eventually(
      'a timeline',
      () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).map(({ input }) => input),
      (inputs) =>
        inputs.some((input) => input instanceof vscode.TabInputWebview && input.viewType.includes('causeway')),
    );
  });

  it('offer what fits the rule: the first command of a symptom, its cause, a healthy trace', async () => {
    const { uri } = await openFile('order-service.jsonl');
    const titles = (await quickFixes(uri, 17)).map(({ title }) => title);
    assert.deepEqual(titles.slice(4), [
      'Copy command: curl -sv --max-time 5 URL',
      'Go to cause: Database query timeout',
      'Mute known-symptom on messages like this',
      'What known-symptom means',
    ]);
    const ofTimeout = await quickFixes(uri, 11);
    assert.ok(
      ofTimeout.some(({ title }) => title === 'Compare with a healthy trace'),
      ofTimeout.map(({ title }) => title).join(),
    );
  });

  it('go to the cause and copy a command at a click', async () => {
    const { uri } = await openFile('order-service.jsonl');
    const [copy, go] = (await quickFixes(uri, 17)).slice(4);
    await run(copy);
    assert.equal(await vscode.env.clipboard.readText(), 'curl -sv --max-time 5 URL');
    await run(go);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor && baseName(editor.document.uri), 'inventory-service.jsonl');
    assert.equal(editor?.selection.active.line, 11);
  });

  it('open the page of their rule from the extension, without a network', async () => {
    const fixes = await quickFixes((await openFile('order-service.jsonl')).uri, 17);
    await run(fixes[fixes.length - 1]);
    await eventually(
      'the page',
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label),
      (labels) => labels.some((label) => label.includes('known-symptom.md')),
    );
  });

  it('go when muted on their kind of message, stay elsewhere, and come back', async () => {
    const { uri } = await openFile('order-service.jsonl');
    const all = lines(ours(uri));
    const others = all.filter((line) => line !== 17);
    assert.equal(others.length, all.length - 1);
    const mute = (await quickFixes(uri, 17)).find(({ title }) => title.startsWith('Mute'));
    assert.ok(mute);
    const settings = () => vscode.workspace.getConfiguration('causeway', uri);
    try {
      await run(mute);
      assert.deepEqual(settings().inspect('muted')?.workspaceValue, [
        { rule: 'known-symptom', template: 'Inventory service <*>' },
      ]);
      // What was shown goes first and comes again, so that only the whole tells.
      await eventually(
        'all but the muted',
        () => lines(ours(uri)).join(),
        (found) => found === others.join(),
      );
    } finally {
      await settings().update('muted', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually(
      'all of them',
      () => lines(ours(uri)).join(),
      (found) => found === all.join(),
    );
  });

  it('are not muted by the offer of an earlier reading, in which the entry was another', async () => {
    const { uri } = await openFile('order-service.jsonl');
    const mute = (await quickFixes(uri, 17)).find(({ title }) => title.startsWith('Mute'));
    const [target] = mute?.command?.arguments ?? [];
    const settings = () => vscode.workspace.getConfiguration('causeway', uri);
    try {
      for (const entry of [target.entry + 1e6, 0]) {
        await vscode.commands.executeCommand('causeway.mute', { ...target, entry });
        assert.equal(settings().inspect('muted')?.workspaceValue, undefined);
      }
    } finally {
      await settings().update('muted', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('follow the settings of rules', async () => {
    const { uri } = await openFile('order-service.jsonl');
    const rules = () => ours(uri).map(({ code, severity }) => `${(code as { value: string }).value} ${severity}`);
    const settings = vscode.workspace.getConfiguration('causeway');
    const wanted = { timeout: 'error', 'threshold-breach': 'off' };
    await settings.update('rules', wanted, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually(
        'the settings',
        rules,
        (found) =>
          found.filter((rule) => rule === `timeout ${vscode.DiagnosticSeverity.Error}`).length === 3 &&
          !found.some((rule) => rule.startsWith('threshold-breach')),
      );
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually('the rules as ever', rules, (found) => found.some((rule) => rule.startsWith('threshold-breach')));
  });

  it('go when switched off, and come back', async () => {
    const uri = inFolder('inventory-service.jsonl');
    const settings = vscode.workspace.getConfiguration('causeway');
    await settings.update('diagnostics.enabled', false, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually(
        'no diagnostics',
        () => ours(uri).length,
        (n) => n === 0,
      );
    } finally {
      await settings.update('diagnostics.enabled', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually(
      'diagnostics again',
      () => ours(uri).length,
      (n) => n > 0,
    );
  });
});
