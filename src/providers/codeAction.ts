/** Quick fixes on an anomaly: nothing can be mended in a log, but the trace, its like and the timeline explain it. */
import * as vscode from 'vscode';
import { type CommandArguments, type CommandName, commandId } from '../host/commands.ts';
import { oneLine } from '../host/escape.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Sessions } from '../host/sessions.ts';
import type { Anomaly } from '../incident.ts';

/** What differs from a healthy trace says why. */
const COMPARED = new Set(['latency-shift', 'latency-outlier', 'timeout', 'missing-step', 'state-order']);
/** What an alert could have told. */
const ALERTED = new Set(['threshold-breach', 'threshold-trend', 'error-burst', 'error-rate', 'silence']);

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
        const here = anomalies.filter((anomaly) => anomaly.file === file && anomaly.line === range.start.line + 1);
        const actions = [...traceActions(log, here), ...ruleActions(log, here)];
        for (const action of actions) action.diagnostics = diagnostics;
        actions[0].isPreferred = true;
        return actions;
      }),
  };
  return vscode.languages.registerCodeActionsProvider(LOG_SELECTOR, provider, {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  });
}

function traceActions({ root }: OpenLog, anomalies: readonly Anomaly[]): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const id = anomalies.find(({ traceId }) => traceId !== null)?.traceId;
  const ofTrace = id
    ? [
        action('showReferences', t('Show trace {0}', oneLine(id, 60)), { root, id }),
        action('openTrace', t('Open trace as a document'), { root, id }),
        action('showTimeline', t('Show trace in timeline'), { root, id }),
      ]
    : [];
  return [...ofTrace, action('showIncidentTimeline', t('Show incident in timeline'), { root })];
}

/** Each once, however many anomalies of the line want it. */
function ruleActions({ root }: OpenLog, anomalies: readonly Anomaly[]): vscode.CodeAction[] {
  const { t } = vscode.l10n;
  const actions: vscode.CodeAction[] = [];
  const commands = new Set(anomalies.flatMap(({ message: { args } }) => String(args.command ?? '') || []));
  for (const command of commands) {
    actions.push(action('copyCommand', t('Copy command: {0}', oneLine(command, 60)), command));
  }
  const cause = anomalies.flatMap(({ related }) => related).find(({ why }) => why === 'cause');
  if (cause) {
    const { file, line, column, message } = cause;
    actions.push(action('openEntry', t('Go to cause: {0}', oneLine(message, 60)), { root, file, line, column }));
  }
  const compared = anomalies.find(({ rule, traceId }) => COMPARED.has(rule) && traceId !== null)?.traceId;
  if (compared) actions.push(action('compare', t('Compare with a healthy trace'), { root, id: compared }));
  if (anomalies.some(({ rule }) => ALERTED.has(rule))) {
    actions.push(action('alertRules', t('Alert rules that would have warned'), 'derived'));
  }
  for (const { rule, entry } of anomalies) {
    actions.push(action('mute', t('Mute {0} on messages like this', rule), { root, rule, entry }));
  }
  const [gravest] = anomalies;
  if (gravest) actions.push(action('openRule', t('What {0} means', gravest.rule), gravest.rule));
  return actions;
}

function action<K extends CommandName>(name: K, title: string, ...args: CommandArguments[K]): vscode.CodeAction {
  const result = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  result.command = { title, command: commandId(name), arguments: args };
  return result;
}
