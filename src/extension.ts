/** Composition only: what exists, and who is handed what. Nothing is read or started here. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type CommandHandlers, type CommandName, commandId } from './host/commands.ts';
import { registerReadOnShow } from './host/readOnShow.ts';
import { Sessions } from './host/sessions.ts';
import { registerLmTools } from './lmTools/register.ts';
import { registerAlertLens } from './providers/alertLens.ts';
import { registerCallHierarchy } from './providers/callHierarchy.ts';
import { registerCodeAction } from './providers/codeAction.ts';
import { registerCodeLens } from './providers/codeLens.ts';
import { registerDefinition } from './providers/definition.ts';
import { registerDiagnostics } from './providers/diagnostics.ts';
import { registerDocumentHighlight } from './providers/documentHighlight.ts';
import { registerDocumentLink } from './providers/documentLink.ts';
import { registerDocumentSymbol } from './providers/documentSymbol.ts';
import { registerFieldHover } from './providers/fieldHover.ts';
import { registerFolding } from './providers/folding.ts';
import { registerHover } from './providers/hover.ts';
import { registerImplementation } from './providers/implementation.ts';
import { registerLevelHover } from './providers/levelHover.ts';
import { registerReferences } from './providers/references.ts';
import { registerSemanticTokens } from './providers/semanticTokens.ts';
import { registerServiceHover } from './providers/serviceHover.ts';
import { registerSettingsDiagnostics } from './providers/settingsDiagnostics.ts';
import { registerTimeHover } from './providers/timeHover.ts';
import { registerTypeDefinition } from './providers/typeDefinition.ts';
import { registerWorkspaceSymbol } from './providers/workspaceSymbol.ts';
import { alertRules } from './views/alertRules.ts';
import { clearCache } from './views/clearCache.ts';
import { compare, registerCompare } from './views/compare.ts';
import { registerContentDocuments } from './views/contentDocuments.ts';
import { copyCommand } from './views/copyCommand.ts';
import { showDifferences } from './views/differs.ts';
import { EntryDocuments } from './views/entryDocuments.ts';
import { explainIncident } from './views/explain.ts';
import { findTrace } from './views/findTrace.ts';
import { registerFormatProblems } from './views/formatProblems.ts';
import { mute, unmute } from './views/mutes.ts';
import {
  copyId,
  goToCorrelated,
  goToFirstError,
  openEntry,
  showEntries,
  showErrors,
  showReferences,
} from './views/navigate.ts';
import { openMerged, openReadable, openSourceLine, openTrace } from './views/openDocuments.ts';
import { cancelReading, closeLogs, openLogs, refresh } from './views/openLogs.ts';
import { openTraceIn } from './views/openTraceIn.ts';
import { openRule } from './views/rulePage.ts';
import { searchLog } from './views/search.ts';
import { registerStatusBar } from './views/statusBar.ts';
import { goAlong } from './views/step.ts';
import { registerTerminalColours } from './views/terminalColours.ts';
import { registerTimeline, showIncidentTimeline, showTimeline } from './views/timeline.ts';
import { registerTrees } from './views/tree.ts';

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('Causeway', { log: true });
  const sessions = new Sessions(
    context.asAbsolutePath('dist/worker.js'),
    output,
    join(context.globalStorageUri.fsPath, 'indexes'),
  );
  const trees = registerTrees(sessions);
  const documents = new EntryDocuments(sessions);
  context.subscriptions.push(
    output,
    sessions,
    documents,
    registerTerminalColours(sessions, documents),
    registerDefinition(sessions),
    registerTypeDefinition(sessions),
    registerImplementation(sessions),
    registerReferences(sessions),
    registerWorkspaceSymbol(sessions),
    registerDocumentSymbol(sessions),
    registerFolding(sessions),
    registerDocumentHighlight(sessions),
    registerHover(sessions),
    registerTimeHover(sessions),
    registerLevelHover(sessions),
    registerServiceHover(sessions),
    registerFieldHover(sessions),
    registerDocumentLink(sessions),
    registerCallHierarchy(sessions),
    registerCodeLens(sessions),
    registerAlertLens(sessions),
    registerSemanticTokens(sessions),
    registerDiagnostics(sessions),
    registerCodeAction(sessions),
    registerSettingsDiagnostics(sessions),
    registerFormatProblems(sessions),
    registerContentDocuments(sessions),
    registerCompare(sessions),
    registerStatusBar(sessions),
    registerLmTools(sessions),
    trees,
    registerTimeline(context.extensionUri, sessions),
    ...registerCommands(sessions, {
      findTrace: (text) => findTrace(sessions, text),
      searchLog: (query) => searchLog(sessions, documents, query),
      openLogs: (target, selection) => openLogs(sessions, target, selection),
      closeLogs: (target) => closeLogs(sessions, target),
      refresh: () => refresh(sessions),
      clearCache: () => clearCache(sessions),
      cancelReading: () => cancelReading(sessions),
      showTimeline: (target) => showTimeline(sessions, target),
      showIncidentTimeline: (target) => showIncidentTimeline(sessions, target),
      explainIncident: (target) => explainIncident(sessions, target),
      nextCorrelated: () => goToCorrelated(sessions, 1),
      previousCorrelated: () => goToCorrelated(sessions, -1),
      nextOfService: () => goAlong(sessions, 'service', 1),
      previousOfService: () => goAlong(sessions, 'service', -1),
      nextError: () => goAlong(sessions, 'error', 1),
      previousError: () => goAlong(sessions, 'error', -1),
      goToFirstError: (target) => goToFirstError(sessions, target),
      showEntries: (target) => showEntries(sessions, target),
      compare: (target, selected) => compare(sessions, target, selected),
      // A menu hands over the document.
      showDifferences: (query) => showDifferences(sessions, typeof query === 'string' ? query : undefined),
      copyId: (target) => copyId(sessions, target),
      sortTraces: (order) => trees.traces.sort(order),
      filterTraces: (text) => trees.traces.filter(text),
      clearTraceFilter: () => trees.traces.filter(''),
      groupAnomalies: (by) => trees.anomalies.group(by),
      openReadable: () => openReadable(sessions, documents),
      openMerged: (target, selection) => openMerged(sessions, documents, target, selection),
      openTrace: (target) => openTrace(sessions, documents, target),
      openSourceLine: () => openSourceLine(sessions),
      alertRules: (kind) => alertRules(sessions, kind),
      openTraceIn: (target) => openTraceIn(sessions, target),
      openEntry,
      showMore: ({ show }) => show(),
      copyCommand: (command) => copyCommand(command),
      mute: (target) => mute(sessions, target),
      unmute: (target) => unmute(sessions, target),
      openRule: (rule) => openRule(context.extensionUri, rule),
      showReferences: (target) => showReferences(sessions, target),
      showErrors: (target) => showErrors(sessions, target),
    }),
    registerReadOnShow(sessions),
  );
}

function registerCommands(sessions: Sessions, handlers: CommandHandlers): vscode.Disposable[] {
  return Object.entries(handlers).map(([name, handler]) =>
    vscode.commands.registerCommand(commandId(name as CommandName), async (...args: Parameters<typeof handler>) => {
      try {
        return await (handler as (...given: unknown[]) => unknown)(...args);
      } catch (error) {
        // The log's own trouble stands in the status bar; the editor's dialog would say it a second time.
        sessions.report(error);
      }
    }),
  );
}
