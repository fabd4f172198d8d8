/**
 * Find Trace: a pick list that previews while moving. Enter goes to the id in its first entry,
 * Escape brings back what the user looked at before.
 */
import * as vscode from 'vscode';
import { commandId, type IdTarget } from '../host/commands.ts';
import { countEntries, countServices } from '../host/counts.ts';
import { labelText } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import { readingsOf } from '../host/pastedId.ts';
import { toPosition, uriOf } from '../host/positions.ts';
import { reveal } from '../host/reveal.ts';
import type { Sessions } from '../host/sessions.ts';
import type { CorrelationSummary } from '../model.ts';
import { formatDuration } from '../render/time.ts';
import { onId } from './navigate.ts';
import { rememberEditor } from './rememberEditor.ts';

const MOST_ITEMS = 100;
/** A preview for each key press would open files faster than they can be shown. */
const PREVIEW_AFTER_MS = 80;
const ASK_AFTER_MS = 50;

interface TraceItem extends vscode.QuickPickItem {
  found?: CorrelationSummary;
}

/** Ends when the list shows its first answer. A menu hands over what it was opened on, which is no text to look for. */
export async function findTrace(sessions: Sessions, text?: unknown): Promise<void> {
  const log = await sessions.current();
  if (log === undefined) {
    await vscode.commands.executeCommand(commandId('openLogs'));
    return;
  }
  await showPick(log, typeof text === 'string' ? text : '', (error) => sessions.report(error));
}

async function showPick(log: OpenLog, text: string, report: (error: unknown) => void): Promise<void> {
  const { t } = vscode.l10n;
  const timeline: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('graph-line'),
    tooltip: t('Show timeline'),
  };
  const references: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('references'),
    tooltip: t('Show all entries'),
  };
  const pick = vscode.window.createQuickPick<TraceItem>();
  pick.title = t('Find Trace');
  pick.placeholder = t('Paste or type any id');
  pick.value = text;
  pick.matchOnDescription = true;
  const restore = rememberEditor();
  let accepted = false;
  let previewed = false;
  let question = 0;
  let waiting: NodeJS.Timeout | undefined;
  let asking: NodeJS.Timeout | undefined;
  let previewing: Promise<void> = Promise.resolve();

  const preview = (item: TraceItem | undefined): void => {
    clearTimeout(waiting);
    if (item?.found === undefined) return;
    const { first } = item.found;
    waiting = setTimeout(() => {
      previewed = true;
      previewing = reveal(uriOf(log.root, first.file), toPosition(first), { preview: true, preserveFocus: true }).catch(
        report,
      );
    }, PREVIEW_AFTER_MS);
  };

  const search = async (): Promise<void> => {
    const mine = ++question;
    pick.busy = true;
    try {
      const wanted = pick.value.trim();
      const found = await findPasted(log, wanted);
      if (mine !== question) return;
      pick.items = found.length > 0 ? found.map((each) => item(each, [references, timeline])) : [nothing(wanted)];
    } catch (error) {
      report(error);
      if (mine === question)
        pick.items = [{ label: t('The log can’t be read'), detail: String(error), alwaysShow: true }];
    } finally {
      if (mine === question) pick.busy = false;
    }
  };

  // The first item is active as soon as the list appears; only a move by the user asks for a preview.
  let moved = false;
  pick.onDidChangeValue(() => {
    moved = true;
    clearTimeout(asking);
    asking = setTimeout(() => void search(), ASK_AFTER_MS);
  });
  pick.onDidChangeActive(([active]) => {
    if (moved) preview(active);
    moved = true;
  });
  pick.onDidTriggerItemButton(({ item: { found }, button }) => {
    if (found === undefined) return;
    accepted = true;
    pick.hide();
    const target: IdTarget = { root: log.root, id: found.id };
    const command = button === timeline ? 'showTimeline' : 'showReferences';
    vscode.commands.executeCommand(commandId(command), target).then(undefined, report);
  });
  pick.onDidAccept(() => {
    const [chosen] = pick.activeItems;
    if (chosen?.found === undefined) return;
    accepted = true;
    pick.hide();
    const { found } = chosen;
    // The list is gone only later, and a preview that comes after Enter would take the cursor back to the line's start.
    clearTimeout(waiting);
    previewing.then(() => goTo(log, found)).catch(report);
  });
  pick.onDidHide(() => {
    clearTimeout(waiting);
    clearTimeout(asking);
    question++;
    if (!accepted && previewed) restore().catch(report);
    pick.dispose();
  });
  // The editor makes an item active once it has drawn the list.
  const shown = new Promise<void>((resolve) => {
    pick.onDidChangeActive((items) => items.length > 0 && resolve());
    pick.onDidHide(() => resolve());
  });
  pick.show();
  void search();
  await shown;
}

/** The first reading of what was pasted that finds anything. */
async function findPasted(log: OpenLog, text: string): Promise<CorrelationSummary[]> {
  for (const reading of readingsOf(text)) {
    const found = await log.ask('findIds', reading, MOST_ITEMS);
    if (found.length > 0) return found;
  }
  return [];
}

async function goTo(log: OpenLog, { id, first }: CorrelationSummary): Promise<void> {
  await reveal(uriOf(log.root, first.file), await onId(log, first, id));
}

function item(found: CorrelationSummary, buttons: vscode.QuickInputButton[]): TraceItem {
  const parts = [countEntries(found.entries), countServices(found.services.length)];
  if (found.from !== null && found.to !== null && found.entries > 1)
    parts.push(formatDuration((found.to - found.from) / 1000));
  if (found.worstLevel !== null) parts.push(found.worstLevel.toUpperCase());
  return {
    label: labelText(found.id, 120),
    description: parts.join(' · '),
    detail: labelText(`${found.key} · ${found.services.join(', ')}`, 200),
    buttons,
    found,
    // The engine has searched already, and knows that two spellings are one id; the list must not search again.
    alwaysShow: true,
  };
}

function nothing(wanted: string): TraceItem {
  const label =
    wanted === '' ? vscode.l10n.t('No ids in this log') : vscode.l10n.t('No id holds “{0}”', labelText(wanted, 60));
  return { label, alwaysShow: true };
}
