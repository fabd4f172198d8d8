import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { baseName, eventually, openFile, placeOf, showFile } from '../logFiles.ts';

function front(): string {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? '' : `${baseName(editor.document.uri)}:${editor.selection.active.line + 1}`;
}

describe('going on in time', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));

  it('next and previous entry of the service stay with the service', async () => {
    await showFile('inventory-service.jsonl', 12);
    await vscode.commands.executeCommand('causeway.nextOfService');
    assert.equal(front(), 'inventory-service.jsonl:13');
    await vscode.commands.executeCommand('causeway.previousOfService');
    await vscode.commands.executeCommand('causeway.previousOfService');
    assert.equal(front(), 'inventory-service.jsonl:11');
  });

  it('next error goes from error to error, over all files, until there is none', async () => {
    await showFile('order-service.jsonl', 1);
    const seen: string[] = [];
    for (let last = ''; front() !== last; ) {
      last = front();
      await vscode.commands.executeCommand('causeway.nextError');
      if (front() === last) break;
      seen.push(front());
      const editor = vscode.window.activeTextEditor;
      assert.match(editor?.document.lineAt(editor.selection.active.line).text ?? '', /"level":"(ERROR|FATAL)"/);
    }
    assert.ok(new Set(seen.map((place) => place.split(':')[0])).size > 1, seen.join(' '));
    await vscode.commands.executeCommand('causeway.previousError');
    assert.equal(front(), seen.at(-2));
  });
});

describe('the call hierarchy of a trace', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));

  const items = async (file: string, line: number, text: string) => {
    const document = await openFile(file);
    return vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      document.uri,
      placeOf(document, line, text),
    );
  };

  it('leads from a service to those it calls and back, with counts and lags, said to be inferred', async () => {
    const [item, ...more] = await items('order-service.jsonl', 13, '3d4e5f6a7b8c');
    assert.equal(more.length, 0);
    assert.equal(item.name, 'order-service');
    const outgoing = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      item,
    );
    assert.ok(outgoing.length > 0);
    for (const { to, fromRanges } of outgoing) {
      assert.notEqual(to.name, 'order-service');
      assert.match(to.detail ?? '', /^\d+ calls?( after [\d.]+ m?s)?, inferred: /);
      assert.ok(fromRanges.length > 0);
    }
    const incoming = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      'vscode.provideIncomingCalls',
      outgoing[0].to,
    );
    assert.ok(incoming.some(({ from }) => from.name === 'order-service'));
  });

  it('is none where there is no id', async () => {
    assert.deepEqual(await items('order-service.jsonl', 13, 'message'), []);
  });
});

describe('traces in other tools', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));
  const settings = () => vscode.workspace.getConfiguration('causeway');
  afterEach(() => settings().update('traceLinks', undefined, vscode.ConfigurationTarget.Global));

  const card = async (text: string) => {
    const document = await openFile('inventory-service.jsonl');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      placeOf(document, 12, text),
    );
    return hovers
      .map(({ contents }) => contents.map((each) => (typeof each === 'string' ? each : each.value)).join())
      .join();
  };

  it('are not offered until an address is set', async () => {
    const text = await card('3d4e5f6a7b8c');
    assert.match(text, /14 entries/);
    assert.doesNotMatch(text, /http/);
  });

  it('are offered on the card of a trace, and an address of another kind is not', async () => {
    const links = [
      { name: 'Jaeger [x](y)', url: `http://localhost:16686/trace/\${traceId}` },
      { name: 'Evil', url: `command:workbench.action.quit?\${traceId}` },
    ];
    await settings().update('traceLinks', links, vscode.ConfigurationTarget.Global);
    const text = await eventually(
      'a link',
      () => card('3d4e5f6a7b8c'),
      (shown) => shown.includes('http'),
    );
    assert.ok(text.includes('](<http://localhost:16686/trace/3d4e5f6a7b8c>)'), text);
    assert.ok(!text.includes('[x](y)') && !text.includes('Evil') && !text.includes('workbench'), text);
  });
});
