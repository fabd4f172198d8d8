/** Muting a rule on one kind of message, and taking it back. Both are settings, so that a team can share them. */
import * as vscode from 'vscode';
import type { MuteTarget } from '../host/commands.ts';
import { countAnomalies } from '../host/counts.ts';
import { labelText } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import type { Sessions } from '../host/sessions.ts';
import type { TemplateMute } from '../protocol.ts';
import { SECTION } from '../settings/rules.ts';
import { hint } from './navigate.ts';

const SETTING = 'muted';
const HINT_MS = 5_000;

export async function mute(sessions: Sessions, { root, rule, entry }: MuteTarget): Promise<void> {
  const log = sessions.byRoot(root);
  if (log === undefined) return;
  const { anomalies } = await log.report();
  // Read again since the offer was made, the log numbers its entries anew: nothing else is muted in its place.
  if (!anomalies.some((anomaly) => anomaly.rule === rule && anomaly.entry === entry)) {
    return hint(vscode.l10n.t('The log has changed meanwhile'));
  }
  const template = await log.ask('templateOf', entry);
  const others = sessions.setting(SETTING, root).filter((each) => !isSame(each, { rule, template }));
  await write(root, [...others, { rule, template }]);
  const text = vscode.l10n.t('{0} is muted on: {1}. The view Anomalies takes it back.', rule, labelText(template, 80));
  vscode.window.setStatusBarMessage(text, HINT_MS);
}

/** Asks which; without a log, of the one in front. */
export async function unmute(sessions: Sessions, target?: { root: string }): Promise<void> {
  const { t } = vscode.l10n;
  const log = target?.root === undefined ? await sessions.current() : sessions.byRoot(target.root);
  if (log === undefined) return;
  const items = await itemsOf(log);
  if (items.length === 0) return void vscode.window.showInformationMessage(t('Nothing is muted.'));
  const title = t('Unmute');
  const chosen = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  if (chosen === undefined || chosen.length === 0) return;
  const kept = sessions.setting(SETTING, log.root).filter((each) => !chosen.some(({ mute }) => isSame(each, mute)));
  await write(log.root, kept);
}

async function itemsOf(log: OpenLog): Promise<(vscode.QuickPickItem & { mute: TemplateMute })[]> {
  const { muted } = await log.report();
  return muted.map(({ rule, template, anomalies }) => ({
    label: rule,
    description: countAnomalies(anomalies),
    detail: labelText(template),
    mute: { rule, template },
  }));
}

function isSame(value: unknown, { rule, template }: TemplateMute): boolean {
  const each = (value ?? {}) as Partial<TemplateMute>;
  return each.rule === rule && each.template === template;
}

/** Where mutes stand already, else in the settings of the workspace; lists of two places are not joined by the editor. */
async function write(root: string, mutes: readonly unknown[]): Promise<void> {
  const scope = vscode.Uri.file(root);
  const section = vscode.workspace.getConfiguration(SECTION, scope);
  const { workspaceFolderValue, workspaceValue } = section.inspect(SETTING) ?? {};
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const isMany = (vscode.workspace.workspaceFolders ?? []).length > 1;
  const isInside = vscode.workspace.getWorkspaceFolder(scope) !== undefined;
  const usual = isInside ? (isMany ? WorkspaceFolder : Workspace) : Global;
  const target =
    isMany && workspaceFolderValue !== undefined ? WorkspaceFolder : workspaceValue !== undefined ? Workspace : usual;
  await section.update(SETTING, mutes.length > 0 ? mutes : undefined, target);
}
