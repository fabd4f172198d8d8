/** Above each alert of a Prometheus or Loki rule file, what it would have done over the log that is open. */
import * as vscode from 'vscode';
import { type CommandArguments, commandId } from '../host/commands.ts';
import { oneLine } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Sessions } from '../host/sessions.ts';
import type { RuleTest } from '../incident.ts';
import { outcomeWords } from '../render/alerts.ts';
import { sentence } from '../render/sentence.ts';
import { formatClock } from '../render/time.ts';

const RULE_FILES: vscode.DocumentSelector = [
  { scheme: 'file', language: 'yaml' },
  { scheme: 'untitled', language: 'yaml' },
];
/** Other YAML is none of our business. */
const HAS_ALERT = /^[ \t-]*(?:"|')?alert(?:"|')?[ \t]*:/m;
const LARGEST_FILE = 4 * 2 ** 20;
const MOST_TITLE = 160;

export function registerAlertLens(sessions: Sessions): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document, token) {
      const text = document.getText();
      const log = logFor(sessions, document.uri);
      if (log === undefined || text.length > LARGEST_FILE || !HAS_ALERT.test(text)) return undefined;
      if (!sessions.setting('codeLens.enabled', log.root)) return undefined;
      try {
        const tests = await log.ask('testRules', text, null);
        return token.isCancellationRequested ? undefined : tests.map((test) => lens(log.root, test));
      } catch (error) {
        sessions.report(error);
        return undefined;
      }
    },
  };
  return vscode.Disposable.from(
    changed,
    sessions.onDidChange((log) => log.summary && changed.fire()),
    sessions.onDidChangeSettings(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(RULE_FILES, provider),
  );
}

/** Only a log that was read: looking at a rule file is no reason to read one. The one beside the file comes first. */
function logFor(sessions: Sessions, uri: vscode.Uri): OpenLog | undefined {
  const read = sessions.all().filter((log) => log.summary !== undefined);
  return read.find((log) => uri.scheme === 'file' && uri.fsPath.startsWith(log.root)) ?? read[0];
}

function lens(root: string, test: RuleTest): vscode.CodeLens {
  const title = oneLine(outcomeWords(test, formatClock), MOST_TITLE);
  const tooltip = test.meaning.map(sentence).join('\n');
  const at = test.firings.at(0)?.entry;
  const range = new vscode.Range(test.line - 1, 0, test.line - 1, 0);
  const icon = { fired: '$(bell)', silent: '$(bell-slash)', 'not-evaluable': '$(circle-slash)' }[test.state];
  if (!at) return new vscode.CodeLens(range, { title: `${icon} ${title}`, tooltip, command: '' });
  const args: CommandArguments['openEntry'] = [{ root, file: at.file, line: at.line, column: at.column }];
  return new vscode.CodeLens(range, {
    title: `${icon} ${title}`,
    tooltip: [tooltip, vscode.l10n.t('Go to the last entry that was counted')].filter((line) => line !== '').join('\n'),
    command: commandId('openEntry'),
    arguments: args,
  });
}
