/** Says once what is wrong with the user's own formats, where a log is read without them. */
import * as vscode from 'vscode';
import { oneLine } from '../host/escape.ts';
import type { Sessions } from '../host/sessions.ts';
import type { FormatProblem } from '../protocol.ts';
import { SECTION } from '../settings/rules.ts';

export function registerFormatProblems(sessions: Sessions): vscode.Disposable {
  let told = '';
  return sessions.onDidChange(({ root, summary }) => {
    const refused = summary?.formatProblems.filter(({ isRefused }) => isRefused) ?? [];
    const text = refused.map(inWords).join('\n');
    if (text === '' || text === told) return;
    told = text;
    tell(refused, root).catch((error) => sessions.report(error));
  });
}

async function tell([first, ...others]: FormatProblem[], root: string): Promise<void> {
  const { t } = vscode.l10n;
  const openSettings = t('Open Settings');
  const text =
    others.length === 0
      ? t('Causeway leaves out a format of your settings. {0}', inWords(first))
      : t('Causeway leaves out formats of your settings. {0} And {1} more.', inWords(first), others.length);
  if ((await vscode.window.showWarningMessage(text, openSettings)) !== openSettings) return;
  await vscode.commands.executeCommand(settingsCommand(root), { revealSetting: { key: `${SECTION}.formats` } });
}

const inWords = ({ path, problem }: FormatProblem) => oneLine([...path.slice(0, 1), problem].join(': '));

/** The command that opens the file that the formats come from, as text. */
function settingsCommand(root: string): string {
  const inspected = vscode.workspace.getConfiguration(SECTION, vscode.Uri.file(root)).inspect('formats');
  if (inspected?.workspaceFolderValue !== undefined) return 'workbench.action.openFolderSettingsFile';
  if (inspected?.workspaceValue !== undefined) return 'workbench.action.openWorkspaceSettingsFile';
  return 'workbench.action.openSettingsJson';
}
