/** Ctrl+T: ids, services, operations and messages of all logs that are read. */
import * as vscode from 'vscode';
import type { LogSymbol } from '../gestures.ts';
import { countEntries } from '../host/counts.ts';
import { labelText } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import { toLocation } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';

/** The editor sorts and filters what it gets anew; more of one log would drown the symbols of code. */
const MOST_SYMBOLS = 200;

const KINDS: Record<LogSymbol['kind'], vscode.SymbolKind> = {
  id: vscode.SymbolKind.Key,
  service: vscode.SymbolKind.Module,
  operation: vscode.SymbolKind.Method,
  message: vscode.SymbolKind.String,
};

export function registerWorkspaceSymbol(sessions: Sessions): vscode.Disposable {
  return vscode.languages.registerWorkspaceSymbolProvider({
    async provideWorkspaceSymbols(query, token) {
      // To look for a name is no reason to read a log that nobody has asked for.
      const logs = sessions.all().filter((log) => log.summary !== undefined);
      const found = await Promise.all(logs.map((log) => symbols(sessions, log, query)));
      return token.isCancellationRequested ? undefined : found.flat();
    },
  });
}

async function symbols(sessions: Sessions, log: OpenLog, query: string): Promise<vscode.SymbolInformation[]> {
  try {
    const found = await log.ask('symbols', query, MOST_SYMBOLS);
    return found.map((symbol) => information(log.root, symbol));
  } catch (error) {
    sessions.report(error);
    return [];
  }
}

function information(root: string, { kind, name, key, entries, first }: LogSymbol): vscode.SymbolInformation {
  const container = [...(key === null ? [] : [labelText(key, 60)]), countEntries(entries)].join(' · ');
  return new vscode.SymbolInformation(labelText(name, 160), KINDS[kind], container, toLocation(root, first));
}
