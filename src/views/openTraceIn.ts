/** Open Trace In…: the trace of the cursor, or of a card, in a tool that the settings name. */
import * as vscode from 'vscode';
import type { IdTarget } from '../host/commands.ts';
import { labelText } from '../host/escape.ts';
import type { Sessions } from '../host/sessions.ts';
import { outsidePlaces } from '../host/traceLinks.ts';
import { SECTION } from '../settings/rules.ts';
import { traceLinks } from '../settings/traceLinks.ts';
import { hint, idWanted } from './navigate.ts';

export async function openTraceIn(sessions: Sessions, target?: IdTarget): Promise<void> {
  const wanted = await idWanted(sessions, target);
  const log = wanted && sessions.byRoot(wanted.root);
  if (wanted === undefined || log === undefined) return;
  const { links, problems } = traceLinks(sessions.setting('traceLinks', log.root));
  if (links.length === 0 || problems.length > 0) await tell(problems);
  if (links.length === 0) return;
  const places = await outsidePlaces(sessions, log, wanted.id);
  if (places.length === 0) return hint(vscode.l10n.t('No trace on this line'));
  const items = places.map(({ name, address }) => ({
    label: labelText(name),
    description: labelText(address),
    address,
  }));
  const title = vscode.l10n.t('Open Trace In');
  const chosen = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { title });
  // As text: a URI would write some of its characters anew.
  if (chosen !== undefined) await vscode.commands.executeCommand('vscode.open', chosen.address);
}

/** What is wrong with the setting, or that there is none, and the way to it. Nobody is kept waiting for an answer. */
async function tell(problems: readonly { path: (string | number)[]; problem: string }[]): Promise<void> {
  const { t } = vscode.l10n;
  const [first] = problems;
  const place = `${SECTION}.traceLinks${first ? first.path.map((step) => `[${JSON.stringify(step)}]`).join('') : ''}`;
  const text = first ? `${place}: ${first.problem}` : t('No address of another tool is set in {0} yet.', place);
  const openSettings = t('Open Settings');
  void vscode.window.showWarningMessage(text, openSettings).then((answer) => {
    if (answer === openSettings) {
      void vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.traceLinks`);
    }
  });
}
