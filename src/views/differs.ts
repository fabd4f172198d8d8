/** What Differs: what a stretch of time, a level or a trace has more of than the rest of the log, in a pick list. */
import * as vscode from 'vscode';
import { labelText, oneLine } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import { entryOnLine } from '../host/place.ts';
import { toPosition, uriOf } from '../host/positions.ts';
import { reveal } from '../host/reveal.ts';
import type { Sessions } from '../host/sessions.ts';
import { type Entry, LEVELS, type TimeRange } from '../model.ts';
import type { Difference } from '../protocol.ts';
import { differenceName, differenceSides } from '../render/differences.ts';
import { formatNumber } from '../render/number.ts';
import { formatClock } from '../render/time.ts';
import { place } from '../render/words.ts';
import { hint } from './navigate.ts';

/** What is held against the rest: entries for which a query holds, in a range of time. */
interface Selected {
  title: string;
  query: string;
  range: TimeRange;
}

interface DifferenceItem extends vscode.QuickPickItem {
  difference: Difference | null;
}

const ALWAYS: TimeRange = { from: null, to: null };

/** With lines selected, their stretch of time; else the user chooses. */
export async function showDifferences(sessions: Sessions, query?: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const log = (editor && sessions.of(editor.document.uri)) ?? sessions.all()[0];
  if (log === undefined) return hint(vscode.l10n.t('No log is open'));
  const selected = query === undefined ? await selectedIn(log, editor) : { title: query, query, range: ALWAYS };
  if (selected === undefined) return;
  const found = await log.ask('differs', selected.query, selected.range);
  if ('problem' in found) {
    void vscode.window.showWarningMessage(labelText(found.problem));
    return;
  }
  const { t } = vscode.l10n;
  const title = t('What differs: {0}', oneLine(selected.title, 80));
  const extent = t('{0} entries against {1}', formatNumber(found.selected), formatNumber(found.rest));
  const none: DifferenceItem = { label: t('Nothing is markedly more frequent there'), difference: null };
  const items = found.found.length === 0 ? [none] : found.found.map(itemOf);
  // The command has done its part once the list is there; what is picked leads on.
  void vscode.window.showQuickPick(items, { title, placeHolder: extent, matchOnDetail: true }).then((chosen) => {
    const example = chosen?.difference?.example;
    return example && reveal(uriOf(log.root, example.file), toPosition(example));
  }, sessions.report.bind(sessions));
}

function itemOf(difference: Difference): DifferenceItem {
  return {
    label: labelText(differenceName(difference), 120),
    description: labelText(place(difference.example)),
    detail: labelText(differenceSides(difference)),
    difference,
  };
}

async function selectedIn(log: OpenLog, editor: vscode.TextEditor | undefined): Promise<Selected | undefined> {
  const { t } = vscode.l10n;
  if (editor && isLog(editor) && !editor.selection.isSingleLine) {
    const { start, end } = editor.selection;
    // The line on which nothing is selected any more does not belong to it.
    const last = end.character === 0 ? end.line - 1 : end.line;
    const rows = await Promise.all([start.line, last].map((line) => entryOnLine(log, editor.document.uri, line)));
    const times = rows.map((entry) => entry?.timestamp ?? null).filter((time) => time !== null);
    if (times.length === 2) {
      const range = { from: Math.min(...times), to: Math.max(...times) };
      return { title: `${formatClock(range.from)} – ${formatClock(range.to)}`, query: '', range };
    }
  }
  const entry = editor
    ? await entryOnLine(log, editor.document.uri, editor.selection.active.line).catch(() => null)
    : null;
  const choices = [...levelChoices(), ...ofEntry(entry)];
  const asked = t('Entries of a query…');
  const picked = await vscode.window.showQuickPick([...choices, { label: asked, query: null }], {
    title: t('What differs between these entries and the rest?'),
  });
  if (picked === undefined) return undefined;
  const query =
    picked.query ??
    (await vscode.window.showInputBox({ title: asked, placeHolder: 'service:shop* status_code:>=500' }));
  return query === undefined ? undefined : { title: picked.label, query, range: ALWAYS };
}

function isLog({ document }: vscode.TextEditor): boolean {
  return document.languageId === 'log' || document.languageId === 'jsonl';
}

function levelChoices(): { label: string; query: string }[] {
  const { t } = vscode.l10n;
  return LEVELS.slice(-3).map((level) => ({
    label: t('Entries at {0} and above', level.toUpperCase()),
    query: `level:>=${level}`,
  }));
}

/** The trace and the service of the line the cursor is on. */
function ofEntry(entry: Entry | null): { label: string; query: string }[] {
  const { t } = vscode.l10n;
  const id = entry?.ids[0];
  const found: { label: string; query: string }[] = [];
  if (id)
    found.push({
      label: t('Entries with {0} {1}', oneLine(id.key, 40), oneLine(id.value, 60)),
      query: `id:${quoted(id.normalised)}`,
    });
  if (entry?.service)
    found.push({ label: t('Entries of {0}', oneLine(entry.service, 60)), query: `service:${quoted(entry.service)}` });
  return found;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
