/**
 * Search Log: a query line in a pick list. Its items complete fields and values, say what is wrong, and are the
 * entries found; the first come before the whole log has been looked through.
 */
import * as vscode from 'vscode';
import { commandId, type SearchTarget } from '../host/commands.ts';
import { countEntries } from '../host/counts.ts';
import { labelText } from '../host/escape.ts';
import type { OpenLog } from '../host/openLog.ts';
import { toLocation, toPosition, uriOf } from '../host/positions.ts';
import { reveal } from '../host/reveal.ts';
import { type SearchState, searchPages } from '../host/searchPages.ts';
import type { Sessions } from '../host/sessions.ts';
import type { QueryCompletion, SearchHit } from '../protocol.ts';
import { formatNumber } from '../render/number.ts';
import { formatClock } from '../render/time.ts';
import type { EntryDocuments } from './entryDocuments.ts';
import { peek } from './navigate.ts';
import { openQuery } from './openDocuments.ts';

const MOST_HITS = 100;
const MOST_COMPLETIONS = 8;
const MOST_SERVICES = 6;
/** The peek view slows down beyond some thousands, and nobody reads that many there. */
const MOST_LISTED = 1_000;
const ASK_AFTER_MS = 80;

interface SearchItem extends vscode.QuickPickItem {
  hit?: SearchHit;
  /** What the line becomes. */
  query?: string;
  listsAll?: boolean;
  opensAll?: boolean;
}

/** Ends when the list shows its first answer. The menu of an editor or a folder hands over what it was opened on, which is no query. */
export async function searchLog(sessions: Sessions, documents: EntryDocuments, given?: unknown): Promise<void> {
  const target = isTarget(given) ? given : undefined;
  const query = target?.query ?? given;
  const log = target === undefined ? await sessions.current() : sessions.byRoot(target.root);
  if (log === undefined) {
    await vscode.commands.executeCommand(commandId('openLogs'));
    return;
  }
  await showSearch(log, documents, typeof query === 'string' ? query : '', (error) => sessions.report(error));
}

function isTarget(given: unknown): given is SearchTarget {
  return typeof given === 'object' && given !== null && 'query' in given && 'root' in given;
}

async function showSearch(
  log: OpenLog,
  documents: EntryDocuments,
  query: string,
  report: (error: unknown) => void,
): Promise<void> {
  const pick = vscode.window.createQuickPick<SearchItem>();
  pick.title = vscode.l10n.t('Search Log');
  pick.placeholder = 'level:error service:payment "Connection refused" duration_ms:>1000 after:12:00';
  pick.value = query;
  let question = 0;
  let asking: NodeJS.Timeout | undefined;
  /** What was asked last. */
  let asked: string | undefined;

  const search = async (): Promise<void> => {
    const mine = ++question;
    const isCurrent = (): boolean => mine === question;
    const text = pick.value;
    asked = text;
    pick.busy = true;
    try {
      const completions = await log.ask('completions', text, MOST_COMPLETIONS);
      if (!isCurrent()) return;
      if (text.trim() === '') pick.items = completions.map(completionItem);
      else {
        for await (const state of searchPages(log, text, MOST_HITS, isCurrent)) {
          if (!isCurrent()) return;
          pick.items = itemsOf(state, completions);
        }
      }
    } catch (error) {
      report(error);
      if (isCurrent()) pick.items = [plain(vscode.l10n.t('The log can’t be read'), String(error))];
    } finally {
      if (isCurrent()) pick.busy = false;
    }
  };

  pick.onDidChangeValue((text) => {
    // The editor tells of a text that it was given as well; asking again would draw the list a second time.
    if (text === asked) return;
    clearTimeout(asking);
    // What is under way for the text before is of no use any more.
    question++;
    asking = setTimeout(() => void search(), ASK_AFTER_MS);
  });
  pick.onDidAccept(() => {
    const [chosen] = pick.activeItems;
    if (chosen?.query !== undefined) {
      pick.value = chosen.query;
      void search();
    } else if (chosen?.hit !== undefined) {
      pick.hide();
      reveal(uriOf(log.root, chosen.hit.file), toPosition(chosen.hit)).catch(report);
    } else if (chosen?.opensAll) {
      const text = pick.value;
      pick.hide();
      openQuery(documents, log, text).catch(report);
    } else if (chosen?.listsAll) {
      const text = pick.value;
      pick.hide();
      listAll(log, text).catch(report);
    }
  });
  pick.onDidHide(() => {
    clearTimeout(asking);
    question++;
    pick.dispose();
  });
  // The editor makes an item active once it has drawn the list; until then keys go nowhere.
  const shown = new Promise<void>((resolve) => {
    pick.onDidChangeActive((items) => items.length > 0 && resolve());
    pick.onDidHide(() => resolve());
  });
  pick.show();
  void search();
  await shown;
}

async function listAll(log: OpenLog, query: string): Promise<void> {
  let hits: SearchHit[] = [];
  const wantsMore = (): boolean => hits.length < MOST_LISTED;
  for await (const state of searchPages(log, query, MOST_LISTED, wantsMore)) hits = state.hits;
  if (hits.length > 0) await peek(hits.map((hit) => toLocation(log.root, hit)));
}

function itemsOf(state: SearchState, completions: readonly QueryCompletion[]): SearchItem[] {
  const { t } = vscode.l10n;
  if (state.fault !== null) {
    return [plain(`$(error) ${labelText(state.fault.problem)}`), ...completions.map(completionItem)];
  }
  const notes = state.notes.map((note) => plain(`$(info) ${labelText(note)}`));
  const total = state.isComplete ? countEntries(state.total) : t('{0} so far', countEntries(state.total));
  const items: SearchItem[] = [];
  if (state.total > 0) {
    items.push({ ...plain(`$(output) ${t('Open all as a document')}`), description: total, opensAll: true });
    const label = state.total > MOST_LISTED ? t('List the first {0}', formatNumber(MOST_LISTED)) : t('List all');
    items.push({ ...plain(`$(references) ${label}`), listsAll: true });
  } else if (state.isComplete) items.push(plain(t('No entry matches')));
  items.push(...notes, ...completions.map(completionItem));
  if (state.hits.length === 0) return items;
  items.push({ label: servicesText(state), kind: vscode.QuickPickItemKind.Separator });
  return [...items, ...state.hits.map(hitItem)];
}

/** `orders 6 · payment 3 · 4 more`, the most frequent first. */
function servicesText({ services }: SearchState): string {
  const all = [...services].sort((a, b) => b[1] - a[1]);
  const shown = all
    .slice(0, MOST_SERVICES)
    .map(
      ([name, entries]) =>
        `${name === null ? vscode.l10n.t('no service') : labelText(name, 40)} ${formatNumber(entries)}`,
    );
  if (all.length > MOST_SERVICES) shown.push(vscode.l10n.t('{0} more', all.length - MOST_SERVICES));
  return shown.join(' · ');
}

/** The list puts items first whose label holds what is typed; so the label is what nobody types, and the order stays. */
function hitItem(hit: SearchHit): SearchItem {
  const parts = [hit.level?.toUpperCase(), hit.service].filter((part) => part !== null && part !== undefined);
  return {
    label: formatClock(hit.timestamp, 'UTC', 'millisecond'),
    description: labelText(parts.join(' · '), 80),
    detail: labelText(hit.message, 300),
    alwaysShow: true,
    hit,
  };
}

function completionItem({ query, label, kind }: QueryCompletion): SearchItem {
  const icon = kind === 'field' ? 'symbol-field' : 'symbol-constant';
  return { label: `$(${icon}) ${labelText(label, 120)}`, alwaysShow: true, query };
}

function plain(label: string, detail?: string): SearchItem {
  return { label, alwaysShow: true, ...(detail === undefined ? {} : { detail }) };
}
