/** Explain Incident: a Markdown document on all of a log, the selected lines or a trace, opened as a preview. */
import { basename, isAbsolute, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { ExplainScope } from '../explanation.ts';
import type { IdTarget } from '../host/commands.ts';
import { labelText, oneLine } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import { absoluteFile } from '../host/paths.ts';
import { entryOnLine } from '../host/place.ts';
import { uriOf } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';
import { explanationMarkdown } from '../render/explain/explain.ts';
import type { Audience } from '../render/explain/options.ts';
import { hint, idInFront } from './navigate.ts';
import { readAsked } from './openLogs.ts';

export interface ExplainTarget {
  root?: string;
  id?: string;
  audience?: Audience;
}

interface Asked {
  scope: ExplainScope;
  audience: Audience;
}

/** What is named is explained at once, to engineers where nobody else is; else the user chooses. */
export async function explainIncident(sessions: Sessions, target?: ExplainTarget): Promise<void> {
  const log = target?.root === undefined ? await sessions.current() : sessions.byRoot(target.root);
  if (log === undefined) return hint(vscode.l10n.t('No log is open'));
  if (!(await readAsked(sessions, log))) return;
  const asked =
    target?.id === undefined && target?.audience === undefined ? await choose(sessions, log) : named(target);
  if (asked === undefined) return;
  const making = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Explaining the incident…') };
  const found = await vscode.window.withProgress(making, () => log.ask('explain', asked.scope));
  if (found === null) return hint(vscode.l10n.t('The log does not hold this id'));
  const name = oneLine(basename(log.root), 80);
  const content = explanationMarkdown(found, {
    title: asked.scope.kind === 'trace' ? `${oneLine(asked.scope.id, 80)} (${name})` : name,
    zone: sessions.setting('zone', log.root) || 'UTC',
    audience: asked.audience,
    link: linksOf(log),
  });
  await openPreview(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
}

function named({ id, audience = 'engineers' }: Pick<ExplainTarget, 'audience'> & Partial<Pick<IdTarget, 'id'>>): Asked {
  return { scope: id === undefined ? { kind: 'log' } : { kind: 'trace', id }, audience };
}

async function choose(sessions: Sessions, log: OpenLog): Promise<Asked | undefined> {
  const { t } = vscode.l10n;
  const range = await selectedRange(log, vscode.window.activeTextEditor);
  const front = await idInFront(sessions);
  const scopes: { label: string; scope: ExplainScope }[] = [
    ...(range === undefined ? [] : [{ label: t('The time of the selected lines'), scope: range }]),
    { label: t('All of {0}', labelText(basename(log.root), 60)), scope: { kind: 'log' } },
    ...(front?.log === log
      ? [{ label: t('The trace {0}', labelText(front.id, 60)), scope: { kind: 'trace', id: front.id } as const }]
      : []),
  ];
  const items = (['engineers', 'everybody'] as const).flatMap((audience) =>
    scopes.map(({ label, scope }) => ({
      label,
      description: audience === 'engineers' ? t('for engineers') : t('in short, for everybody'),
      scope,
      audience,
    })),
  );
  return vscode.window.showQuickPick(items, { title: t('Explain Incident'), placeHolder: t('What, and to whom') });
}

/** From the first to the last of the entries on more than one selected line. */
async function selectedRange(
  log: OpenLog,
  editor: vscode.TextEditor | undefined,
): Promise<Extract<ExplainScope, { kind: 'range' }> | undefined> {
  if (editor === undefined || editor.selection.isSingleLine) return undefined;
  const { start, end } = editor.selection;
  const lines = [start.line, end.character === 0 ? end.line - 1 : end.line];
  const rows = await Promise.all(lines.map((line) => entryOnLine(log, editor.document.uri, line)));
  const times = rows.flatMap((row) => row?.timestamp ?? []);
  if (times.length < 2) return undefined;
  return { kind: 'range', from: Math.min(...times), to: Math.max(...times) };
}

/**
 * The preview follows links of an untitled document from the first folder of the workspace; without one the links
 * are those of a document that is saved beside the logs. To what no editor shows as it was read, no link leads.
 */
export function linksOf({ root }: Pick<OpenLog, 'root'>): (file: string) => string | null {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const from = folder?.scheme === 'file' ? folder.fsPath : root;
  return (file) => {
    if (uriOf(root, file).scheme !== 'file') return null;
    const path = relative(from, absoluteFile(root, file));
    return isAbsolute(path) ? null : path.split(sep).join('/');
  };
}

/** The preview over the text, which can be edited and saved; the text alone where nothing previews Markdown. */
async function openPreview(document: vscode.TextDocument): Promise<void> {
  await vscode.window.showTextDocument(document, { preview: false });
  const hasPreview = vscode.extensions.getExtension('vscode.markdown-language-features') !== undefined;
  if (hasPreview) await vscode.commands.executeCommand('markdown.showPreview', document.uri);
}
