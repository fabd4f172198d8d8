import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activeExtension } from '../activeExtension.ts';
import { baseName, eventually, openFile, placeOf, showFile, write } from '../logFiles.ts';

async function workspaceSymbols(query: string): Promise<vscode.SymbolInformation[]> {
  return vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', query);
}

async function outline(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
  const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    document.uri,
  );
  return found ?? [];
}

function all(symbols: readonly vscode.DocumentSymbol[]): vscode.DocumentSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...all(symbol.children)]);
}

describe('names to go to', () => {
  before(async () => {
    assert.equal((await activeExtension()).isActive, true);
    // Names are looked for in logs that are read; this reads it.
    await vscode.commands.executeCommand('causeway.refresh');
    const document = await openFile('order-service.jsonl');
    await eventually(
      'the outline',
      () => outline(document),
      (found) => found.length > 0,
    );
  });

  it('are the ids of all files, each leading to its first entry', async () => {
    const found = await workspaceSymbols('3d4e5f6a7b8c');
    assert.equal(found.length, 1);
    const [{ name, containerName, location }] = found;
    assert.equal(name, '3d4e5f6a7b8c');
    assert.equal(containerName, 'trace_id · 14 entries');
    assert.equal(`${baseName(location.uri)}:${location.range.start.line + 1}`, 'order-service.jsonl:13');
  });

  it('are services and messages', async () => {
    const services = await workspaceSymbols('inventory-service');
    assert.ok(services.some(({ name, kind }) => name === 'inventory-service' && kind === vscode.SymbolKind.Module));
    const messages = await workspaceSymbols('Database query timeout');
    assert.ok(
      messages.some(({ name, kind }) => /^Database query timeout/.test(name) && kind === vscode.SymbolKind.String),
    );
  });

  it('stand in the outline of a log: its service, the anomalies and traces below it, the incident', async () => {
    const document = await openFile('inventory-service.jsonl');
    const found = await outline(document);
    const service = found.find(({ name }) => name === 'inventory-service');
    assert.ok(service);
    assert.equal(service.detail, '18 entries, 6 errors');
    assert.ok(service.range.contains(new vscode.Position(document.lineCount - 1, 0)), 'for the breadcrumbs');
    const trace = service.children.find(({ name }) => name === 'trace_id 3d4e5f6a7b8c');
    assert.ok(trace);
    assert.match(document.lineAt(trace.selectionRange.start.line).text, /"level":"(ERROR|FATAL)".*3d4e5f6a7b8c/);
    assert.ok(!trace.range.contains(new vscode.Position(trace.range.end.line + 1, 0)), 'the next line is another’s');
    const events = (symbols: readonly vscode.DocumentSymbol[]) =>
      symbols.filter(({ kind }) => kind === vscode.SymbolKind.Event);
    assert.ok(events(service.children).length > 0, 'anomalies');
    assert.match(events(found)[0]?.name ?? '', /^Incident \d\d:\d\d:\d\d$/);
    for (const symbol of all(found)) assert.ok(symbol.range.contains(symbol.selectionRange), symbol.name);
  });
});

describe('the ways on from an id', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));

  async function go(command: string, file: string, line: number, text: string): Promise<string[]> {
    const document = await openFile(file);
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      command,
      document.uri,
      placeOf(document, line, text),
    );
    return found.map((each) => {
      const [uri, range] = 'targetUri' in each ? [each.targetUri, each.targetRange] : [each.uri, each.range];
      return `${baseName(uri)}:${range.start.line + 1}`;
    });
  }

  it('Go to Type Definition leads to the first failure of the trace', async () => {
    const failure = await go('vscode.executeTypeDefinitionProvider', 'order-service.jsonl', 13, '3d4e5f6a7b8c');
    assert.deepEqual(failure, ['inventory-service.jsonl:12']);
  });

  it('Go to Implementations leads to where the trace goes on in another service', async () => {
    const [place, ...more] = await go(
      'vscode.executeImplementationProvider',
      'order-service.jsonl',
      13,
      '3d4e5f6a7b8c',
    );
    assert.equal(more.length, 0);
    assert.match(place, /^(?!order-service)/);
  });

  it('there are none where nothing is an id, nor in a file that is no log', async () => {
    assert.deepEqual(await go('vscode.executeTypeDefinitionProvider', 'order-service.jsonl', 13, 'message'), []);
    assert.deepEqual(await go('vscode.executeImplementationProvider', 'order-service.jsonl', 13, 'message'), []);
    const uri = write('notes/notes.md', 'see 3d4e5f6a7b8c\n');
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      for (const feature of ['TypeDefinition', 'Implementation']) {
        const place = placeOf(document, 1, '3d4e5f6a7b8c');
        const found = await vscode.commands.executeCommand(`vscode.execute${feature}Provider`, document.uri, place);
        assert.deepEqual(found, [], feature);
      }
    } finally {
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(uri, '..'), { recursive: true });
    }
  });
});

describe('folding', () => {
  before(async () => assert.equal((await activeExtension()).isActive, true));

  it('folds a stack trace below its entry', async () => {
    const at = (second: number) => `2026-08-01 10:00:0${second}.000 ERROR [main] shop.Till - no paper ${second}\n`;
    const stack = 'java.io.IOException: x\n\tat shop.Till.print(Till.java:12)\n\tat shop.Till.main(Till.java:7)\n';
    const uri = write('folding/till.log', `${at(1)}${stack}${at(2)}`);
    try {
      const { document } = await showFile('folding/till.log');
      await eventually(
        'a fold',
        async () =>
          vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
            'vscode.executeFoldingRangeProvider',
            document.uri,
          ),
        (found) => found?.some(({ start, end }) => start === 0 && end === 3) === true,
      );
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.workspace.fs.delete(vscode.Uri.joinPath(uri, '..'), { recursive: true });
    }
  });
});
