import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { eventually, showFile } from '../logFiles.ts';

const NAMES = ['causeway_explainIncident', 'causeway_findEntries', 'causeway_getTrace', 'causeway_listAnomalies'];

const isOffered = typeof vscode.lm?.invokeTool === 'function';

(isOffered ? describe : describe.skip)('tools for language models', () => {
  before(async () => {
    await activeExtension();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await showFile('order-service.jsonl');
    await eventually(
      'all tools',
      () => vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('causeway_')),
      (names) => names.length === NAMES.length,
    );
  });

  const invoke = async (name: string, input: object, token?: vscode.CancellationToken): Promise<string> => {
    const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
    return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
  };

  it('are offered with what they take', () => {
    const tools = vscode.lm.tools.filter(({ name }) => name.startsWith('causeway_'));
    assert.deepEqual(tools.map(({ name }) => name).sort(), NAMES);
    for (const { description, inputSchema } of tools) assert.ok(description.length > 0 && inputSchema !== undefined);
  });

  it('find entries', async () => {
    const text = await invoke('causeway_findEntries', {
      query: 'service:order-service trace_id:3d4e5f6a7b8c',
      limit: 2,
    });
    assert.match(text, /^Log ".*": \d+ entries in \d+ files; times are shown in /);
    assert.match(text, /<log-data>\nBy service: order-service \d+\n.*\[order-service\].*\(order-service\.jsonl:13\)\n/);
  });

  it('get a trace', async () => {
    const text = await invoke('causeway_getTrace', { id: '3d4e5f6a7b8c' });
    assert.match(text, /\nENTRIES\n/);
    assert.match(text, /\(order-service\.jsonl:13\)/);
  });

  it('list anomalies', async () => {
    const text = await invoke('causeway_listAnomalies', { severity: 'error', limit: 3 });
    assert.equal(text.match(/^error /gm)?.length, 3);
  });

  it('explain the incident', async () => {
    const text = await invoke('causeway_explainIncident', { audience: 'everybody' });
    assert.match(text, /Most likely it began at \*\*inventory-db-primary\*\*/);
    assert.ok((await invoke('causeway_explainIncident', {})).length <= 8_000);
  });

  it('say what is wrong with what they are handed', async () => {
    await assert.rejects(invoke('causeway_findEntries', { query: 'a', limit: 1000 }), /whole number from 1 to 100/);
    await assert.rejects(invoke('causeway_getTrace', {}), /"id" is missing/);
  });

  it('stop when they are cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    await assert.rejects(invoke('causeway_listAnomalies', {}, source.token));
  });
});
