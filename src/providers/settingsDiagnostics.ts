/** Faults of Causeway's own settings as diagnostics in the settings file, where they can be put right. */
import * as vscode from 'vscode';
import type { Sessions } from '../host/sessions.ts';
import { type SettingsProblem, settingsProblems } from '../settings/problems.ts';

/** While somebody types, only the last state is looked at. */
const QUIET_MS = 300;

export function registerSettingsDiagnostics(sessions: Sessions): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('causeway-settings');
  const waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();

  const look = async (document: vscode.TextDocument): Promise<void> => {
    const { version } = document;
    const problems = await settingsProblems(
      document.getText(),
      (formats) => sessions.checkFormats(formats),
      (rules) => sessions.checkAnalysis(rules),
    );
    // A later state has been looked at meanwhile, or is about to be.
    if (document.isClosed || document.version !== version) return;
    collection.set(
      document.uri,
      problems.map((problem) => diagnostic(document, problem)),
    );
  };
  const later = (document: vscode.TextDocument, after: number): void => {
    if (!isSettings(document)) return;
    clearTimeout(waiting.get(document));
    const timer = setTimeout(() => {
      waiting.delete(document);
      look(document).catch((error) => sessions.report(error));
    }, after);
    waiting.set(document, timer);
  };
  for (const document of vscode.workspace.textDocuments) later(document, 0);

  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument((document) => later(document, 0)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => later(document, QUIET_MS)),
    vscode.workspace.onDidCloseTextDocument((document) => collection.delete(document.uri)),
    new vscode.Disposable(() => {
      for (const timer of waiting.values()) clearTimeout(timer);
    }),
  );
}

/** The user's settings, those of a folder, and a workspace file. */
function isSettings({ uri }: vscode.TextDocument): boolean {
  return /\/settings\.json$|\.code-workspace$/.test(uri.path);
}

function diagnostic(document: vscode.TextDocument, { start, end, problem, isRefused }: SettingsProblem) {
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const severity = isRefused ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const result = new vscode.Diagnostic(range, problem, severity);
  result.source = 'Causeway';
  return result;
}
