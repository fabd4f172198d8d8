/** Above each alert of a Prometheus or Loki rule file, what it would have done over the log that is open. */
import * as vscode from 'vscode';
import { type CommandArguments, commandId } from '../host/commands.ts';
import { labelText } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import { relativeFile } from '../host/paths.ts';
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
/** Reading a larger one would keep the engine from answering for too long. */
const LARGEST_FILE = 2 ** 19;
const MOST_TITLE = 160;

export function registerAlertLens(sessions: Sessions): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let last: Promise<unknown> = Promise.resolve();
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    async provideCodeLenses(document, token) {
      const text = document.getText();
      const log = logFor(sessions, document.uri);
      if (log === undefined || text.length > LARGEST_FILE || !HAS_ALERT.test(text)) return undefined;
      if (!sessions.setting('codeLens.enabled', log.root)) return undefined;
      try {
        // While somebody types, each key asks: of those that wait for one to be done, only the last is tried.
        const mine = last.then(() => (token.isCancellationRequested ? [] : log.ask('testRules', text, null)));
        last = mine.catch(() => {});
        const tests = await mine;
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
  return read.find((log) => uri.scheme === 'file' && relativeFile(log.root, uri.fsPath) !== undefined) ?? read[0];
}

function lens(root: string, test: RuleTest): vscode.CodeLens {
  const title = labelText(outcomeWords(test, formatClock), MOST_TITLE);
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
