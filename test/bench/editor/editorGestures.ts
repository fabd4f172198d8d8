/** Gestures as the editor makes them: through its own commands, there and back. */
import * as vscode from 'vscode';
import type { Gesture } from './measure.ts';
import type { Places, TracePlace } from './places.ts';

const { executeCommand } = vscode.commands;
const LONG_RUNS = 3;
/** Drawing a list keeps the window busy. */
const PICK_RUNS = 10;

export function editorGestures(folder: vscode.Uri, places: Places): Gesture[] {
  const onTrace = (name: string, command: string, mostMs?: number): Gesture => ({
    name,
    ...(mostMs !== undefined && { mostMs }),
    before: () => places.trace(),
    make: async ({ document, position }: TracePlace) => sizeOf(await executeCommand(command, document.uri, position)),
  });
  const onValue = (name: string, key: string): Gesture => ({
    name,
    mostMs: 50,
    before: () => ({ ...places.trace(), position: places.value(key) }),
    make: async ({ document, position }: TracePlace) =>
      sizeOf(await executeCommand('vscode.executeHoverProvider', document.uri, position)),
  });
  const ofFile = (name: string, command: string): Gesture => ({
    name,
    runs: LONG_RUNS,
    before: () => places.trace(),
    make: async ({ document }: TracePlace) => sizeOf(await executeCommand(command, document.uri)),
  });
  const symbols = (name: string, textOf: (place: TracePlace) => string): Gesture => ({
    name: `Go to Symbol: ${name}`,
    mostMs: 100,
    before: () => places.trace(),
    make: async (place: TracePlace) =>
      sizeOf(await executeCommand('vscode.executeWorkspaceSymbolProvider', textOf(place))),
  });
  /** From the command to the list that the window has drawn. */
  const pick = (name: string, command: string, textOf: (place: TracePlace) => string): Gesture => ({
    name,
    mostMs: 100,
    runs: PICK_RUNS,
    before: async () => {
      await executeCommand('workbench.action.closeQuickOpen');
      return places.trace();
    },
    make: async (place: TracePlace) => {
      await executeCommand(command, textOf(place));
      return 1;
    },
  });
  return [
    onTrace('References of a trace', 'vscode.executeReferenceProvider', 100),
    onTrace('Hover on a trace', 'vscode.executeHoverProvider', 50),
    onValue('Hover on the time', 'timestamp'),
    onValue('Hover on the level', 'level'),
    onTrace('Definition', 'vscode.executeDefinitionProvider', 100),
    // Few traces fail.
    { ...onTrace('Type Definition', 'vscode.executeTypeDefinitionProvider', 100), isSometimesEmpty: true },
    { ...onTrace('Implementation', 'vscode.executeImplementationProvider', 100), isSometimesEmpty: true },
    onTrace('Highlights of a trace', 'vscode.executeDocumentHighlights', 100),
    {
      name: 'Call Hierarchy, callees',
      mostMs: 100,
      before: () => places.trace(),
      make: async ({ document, position }: TracePlace) => {
        const [item] = await executeCommand<vscode.CallHierarchyItem[]>(
          'vscode.prepareCallHierarchy',
          document.uri,
          position,
        );
        if (item === undefined) return 0;
        // A service that calls nobody is answered as well.
        return 1 + sizeOf(await executeCommand('vscode.provideOutgoingCalls', item));
      },
    },
    symbols('an id', ({ id }) => id),
    symbols('the first letters of an id', ({ id }) => id.slice(0, 3)),
    symbols('a service', () => 'payment-service'),
    symbols('a message', () => 'Reservation failed'),
    pick('Find Trace: an id', 'causeway.findTrace', ({ id }) => id),
    pick('Find Trace: the first letters of an id', 'causeway.findTrace', ({ id }) => id.slice(0, 3)),
    pick('Search Log: a trace', 'causeway.searchLog', ({ id }) => `trace_id:${id}`),
    pick('Search Log: errors of a service', 'causeway.searchLog', () => 'level:error service:shop1-order-service'),
    { ...pick('Search Log: a common word', 'causeway.searchLog', () => 'payment'), runs: LONG_RUNS },
    { ...pick('Search Log: a number', 'causeway.searchLog', () => 'response_time_ms:>890'), runs: LONG_RUNS },
    { ...pick('Search Log: a rare word', 'causeway.searchLog', () => 'HikariPool'), runs: LONG_RUNS },
    { ...pick('Search Log: a word that is nowhere', 'causeway.searchLog', () => 'zeppelin'), runs: 1, mostMs: null },
    ofFile('Outline, after the report', 'vscode.executeDocumentSymbolProvider'),
    ofFile('Folding', 'vscode.executeFoldingRangeProvider'),
    ...documents(folder, places),
  ];
}

function documents(folder: vscode.Uri, places: Places): Gesture[] {
  const lengthInFront = (): number => vscode.window.activeTextEditor?.document.lineCount ?? 0;
  const shops = [0, 2, 3];
  const inFront = async (name: string): Promise<void> => {
    await executeCommand('workbench.action.closeQuickOpen');
    await executeCommand('workbench.action.closeAllEditors');
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, name));
  };
  return [
    {
      name: 'A trace as a document',
      before: async () => {
        await executeCommand('workbench.action.closeAllEditors');
        return places.trace();
      },
      make: async ({ id }: TracePlace) => {
        await executeCommand('causeway.openTrace', { root: folder.fsPath, id });
        return lengthInFront();
      },
    },
    {
      name: 'Readable',
      runs: shops.length,
      before: () => inFront(`shop${shops.pop()}-order-service.jsonl`),
      make: async () => {
        await executeCommand('causeway.openReadable');
        return lengthInFront();
      },
    },
    {
      name: 'Merged, all files',
      runs: 1,
      before: () => inFront('shop1-payment-service.jsonl'),
      make: async () => {
        await executeCommand('causeway.openMerged');
        return lengthInFront();
      },
    },
  ];
}

function sizeOf(answer: unknown): number {
  return Array.isArray(answer) ? answer.length : 0;
}
