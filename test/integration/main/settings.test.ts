import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { baseName, eventually, openFile, placeOf } from '../logFiles.ts';

async function files(): Promise<string[]> {
  const document = await openFile('inventory-service.jsonl');
  const found = await vscode.commands.executeCommand<vscode.Location[]>(
    'vscode.executeReferenceProvider',
    document.uri,
    placeOf(document, 12, '3d4e5f6a7b8c'),
  );
  return [...new Set(found.map(({ uri }) => baseName(uri)))].sort();
}

const ALL = ['api-gateway.jsonl', 'inventory-service.jsonl', 'order-service.jsonl', 'payment-service.jsonl'];

describe('the settings', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));

  const cases: [string, unknown, string[]][] = [
    ['causeway.files.include', ['inventory-*', 'order-*'], ['inventory-service.jsonl', 'order-service.jsonl']],
    ['causeway.files.exclude', ['order-*'], ALL.filter((name) => !name.startsWith('order'))],
    ['files.exclude', { 'payment-*': true }, ALL.filter((name) => !name.startsWith('payment'))],
  ];
  for (const [key, value, expected] of cases) {
    it(`${key} decides what is read, at once`, async () => {
      const settings = vscode.workspace.getConfiguration();
      await settings.update(key, value, vscode.ConfigurationTarget.Workspace);
      try {
        await eventually(`only ${expected}`, files, (found) => found.join() === expected.join());
      } finally {
        await settings.update(key, undefined, vscode.ConfigurationTarget.Workspace);
      }
      await eventually('all files again', files, (found) => found.join() === ALL.join());
    });
  }
});
