/** Quick fixes on an anomaly: nothing can be mended in a log, but the trace and the timeline explain it. */
import * as vscode from 'vscode';
import { type CommandArguments, type CommandName, commandId } from '../host/commands.ts';
import { oneLine } from '../host/escape.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import type { Sessions } from '../host/sessions.ts';

export function registerCodeAction(sessions: Sessions): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: (document, range, context, token) =>
      sessions.answer(document, token, async (log, file) => {
        // The squiggle lies under the message only, yet its line is what the user points at.
        const diagnostics = vscode.languages
          .getDiagnostics(document.uri)
          .filter(({ source, range: own }) => source === 'Causeway' && own.start.line === range.start.line);
        if (diagnostics.length === 0) return undefined;
        if (context.only && !context.only.contains(vscode.CodeActionKind.QuickFix)) return undefined;
        const { anomalies } = await log.report();
        const id = anomalies.find(
          (anomaly) => anomaly.file === file && anomaly.line === range.start.line + 1 && anomaly.traceId !== null,
        )?.traceId;
        const { t } = vscode.l10n;
        const { root } = log;
        const actions: vscode.CodeAction[] = [];
        if (id) {
          actions.push(action('showReferences', t('Show trace {0}', oneLine(id, 60)), diagnostics, { root, id }));
          actions.push(action('openTrace', t('Open trace as a document'), diagnostics, { root, id }));
          actions.push(action('showTimeline', t('Show trace in timeline'), diagnostics, { root, id }));
        }
        actions.push(action('showIncidentTimeline', t('Show incident in timeline'), diagnostics, { root }));
        actions[0].isPreferred = true;
        return actions;
      }),
  };
  return vscode.languages.registerCodeActionsProvider(LOG_SELECTOR, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

function action<K extends CommandName>(
  name: K,
  title: string,
  diagnostics: vscode.Diagnostic[],
  ...args: CommandArguments[K]
): vscode.CodeAction {
  const result = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  result.command = { title, command: commandId(name), arguments: args };
  result.diagnostics = diagnostics;
  return result;
}
