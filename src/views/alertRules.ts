/** Alert rules as a YAML document: those that would have warned of what the log tells, or the library's. */
import * as vscode from 'vscode';
import { activeLogUri } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Sessions } from '../host/sessions.ts';
import { alertsYaml } from '../render/alerts.ts';

type Kind = 'derived' | 'library';

/** The lenses of the document say what each rule would have done. */
export async function alertRules(sessions: Sessions, asked?: Kind): Promise<void> {
  const log = logInFront(sessions);
  if (log === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a log first.'));
    return;
  }
  const kind = asked ?? (await pickKind());
  if (kind === undefined) return;
  const content = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Trying alert rules…') },
    async () => (kind === 'library' ? log.ask('alertLibrary') : alertsYaml(await log.ask('alerts', null))),
  );
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'yaml', content }));
}

function logInFront(sessions: Sessions): OpenLog | undefined {
  const uri = activeLogUri();
  return (uri && sessions.of(uri)) ?? sessions.all()[0];
}

async function pickKind(): Promise<Kind | undefined> {
  const { t } = vscode.l10n;
  const items: (vscode.QuickPickItem & { wanted: Kind })[] = [
    { label: t('Rules that would have warned'), detail: t('Derived from this log, for Loki'), wanted: 'derived' },
    { label: t('Rules of the library'), detail: t('For Prometheus, tried on this log'), wanted: 'library' },
  ];
  const title = t('Alert rules to open');
  return (await vscode.window.showQuickPick(items, { title, placeHolder: title }))?.wanted;
}
