/** Tools for language models: what any agent in the editor may ask the log in front. Nothing here changes anything. */
import * as vscode from 'vscode';
import { activeLogUri } from '../host/logDocuments.ts';
import { type OpenLog, ReadingCancelled } from '../host/openLog.ts';
import type { Sessions } from '../host/sessions.ts';
import { quoted } from '../render/inertJson.ts';
import { formatCount } from '../render/number.ts';
import { cut } from '../render/plain.ts';
import { type Answer, answerText } from './answer.ts';
import type { Asking } from './asking.ts';
import { explainIncident } from './explainIncident.ts';
import { findEntries } from './findEntries.ts';
import { getTrace } from './getTrace.ts';
import { checkedInput } from './input.ts';
import { listAnomalies } from './listAnomalies.ts';
import type { ToolInput, ToolName } from './table.ts';

type Answering<N extends ToolName> = (input: ToolInput<N>, asking: Asking) => Promise<Answer>;

export function registerLmTools(sessions: Sessions): vscode.Disposable {
  // Editors that are made of VS Code may leave language models out.
  if (typeof vscode.lm?.registerTool !== 'function') return vscode.Disposable.from();
  const { t } = vscode.l10n;
  return vscode.Disposable.from(
    register(sessions, 'causeway_findEntries', t('Searching the log'), findEntries),
    register(sessions, 'causeway_getTrace', t('Reading a trace'), getTrace),
    register(sessions, 'causeway_listAnomalies', t('Listing anomalies'), listAnomalies),
    register(sessions, 'causeway_explainIncident', t('Explaining the incident'), explainIncident),
  );
}

function register<N extends ToolName>(
  sessions: Sessions,
  name: N,
  doing: string,
  answering: Answering<N>,
): vscode.Disposable {
  try {
    return vscode.lm.registerTool<unknown>(name, {
      prepareInvocation: () => ({ invocationMessage: doing }),
      async invoke({ input }, token) {
        const asked = checkedInput(name, input);
        const text = await answer(sessions, token, (asking) => answering(asked, asking));
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      },
    });
  } catch (error) {
    sessions.report(error);
    return vscode.Disposable.from();
  }
}

async function answer(
  sessions: Sessions,
  token: vscode.CancellationToken,
  answering: (asking: Asking) => Promise<Answer>,
): Promise<string> {
  const log = logMeant(sessions);
  if (log === undefined) return 'No log is open. The user can open one with the command "Causeway: Open Logs…".';
  try {
    const { files, entries } = await unlessCancelled(token, log.ready());
    const root = quoted(cut(log.root, 300));
    if (entries === 0) return `There are no log entries in ${root}.`;
    const zone = sessions.setting('zone', log.root) || 'UTC';
    const isWanted = (): boolean => !token.isCancellationRequested;
    const { about, ...rest } = await unlessCancelled(token, answering({ log, zone, isWanted }));
    const extent = `${formatCount(entries, ['entry', 'entries'])} in ${formatCount(files, ['file', 'files'])}`;
    return answerText({ about: [`Log ${root}: ${extent}; times are shown in ${zone}.`, ...about], ...rest });
  } catch (error) {
    if (error instanceof ReadingCancelled) throw new Error('The user has stopped the reading of the log.');
    throw error;
  }
}

/** The log in front, else the first that is read, else the first that could be. */
function logMeant(sessions: Sessions): OpenLog | undefined {
  const uri = activeLogUri();
  const front = uri && sessions.of(uri);
  return front ?? sessions.all().find(({ summary }) => summary !== undefined) ?? sessions.candidates()[0];
}

/** A reading that nobody waits for goes on: others may wait for it. */
function unlessCancelled<T>(token: vscode.CancellationToken, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(new vscode.CancellationError());
    if (token.isCancellationRequested) cancel();
    const listening = token.onCancellationRequested(cancel);
    answer.then(resolve, reject).finally(() => listening.dispose());
  });
}
