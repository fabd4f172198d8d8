/** Call Hierarchy on an id: the services of its trace, who called whom, how often and how much later. */
import * as vscode from 'vscode';
import type { ServiceCall, TraceCalls } from '../gestures.ts';
import { countEntries, countErrors } from '../host/counts.ts';
import { oneLine } from '../host/escape.ts';
import { idAtCursor } from '../host/idAtCursor.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import { entryOnLine } from '../host/place.ts';
import { uriOf } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';
import type { EntryRow } from '../model.ts';
import { HOP_WORDS } from '../render/hopText.ts';
import { formatDuration } from '../render/time.ts';

/** What an item of the view stands for. */
interface ServiceOfTrace {
  root: string;
  id: string;
  service: string;
}

export function registerCallHierarchy(sessions: Sessions): vscode.Disposable {
  const meant = new WeakMap<vscode.CallHierarchyItem, ServiceOfTrace>();
  const itemOf = (root: string, trace: TraceCalls, service: string): vscode.CallHierarchyItem | undefined => {
    const found = trace.services.find(({ name }) => name === service);
    const first = found?.first ?? toldOf(trace, service);
    if (first === undefined) return undefined;
    const counts =
      found === undefined
        ? []
        : [countEntries(found.entries), countErrors(found.errors)].slice(0, found.errors > 0 ? 2 : 1);
    const detail = [`${oneLine(trace.key, 60)} ${oneLine(trace.id, 60)}`, ...counts].join(' · ');
    const range = rangeOf(first);
    const uri = uriOf(root, first.file);
    const name = oneLine(service, 120) || '–';
    const item = new vscode.CallHierarchyItem(vscode.SymbolKind.Module, name, detail, uri, range, range);
    meant.set(item, { root, id: trace.id, service });
    return item;
  };
  const traceOf = async (item: vscode.CallHierarchyItem, token: vscode.CancellationToken) => {
    const of = meant.get(item);
    const log = of && sessions.byRoot(of.root);
    try {
      const trace = of && log && (await log.ask('calls', of.id));
      return of && trace && !token.isCancellationRequested ? { ...of, trace } : undefined;
    } catch (error) {
      sessions.report(error);
      return undefined;
    }
  };

  return vscode.languages.registerCallHierarchyProvider(LOG_SELECTOR, {
    prepareCallHierarchy: (document, position, token) =>
      sessions.answer(document, token, async (log, file) => {
        const id = await idAtCursor(log, file, document, position);
        const entry = id && (await entryOnLine(log, document.uri, position.line));
        if (!id || !entry || token.isCancellationRequested) return undefined;
        const trace = await log.ask('calls', id.normalised);
        // An entry that names no service may still hold the trace's id: its first service is where the trace begins.
        const service = entry.service ?? trace?.services[0]?.name;
        return trace && service !== undefined ? itemOf(log.root, trace, service) : undefined;
      }),
    async provideCallHierarchyIncomingCalls(item, token) {
      const found = await traceOf(item, token);
      return found?.trace.calls.flatMap((call) => {
        const caller = call.to === found.service ? itemOf(found.root, found.trace, call.from) : undefined;
        if (caller === undefined) return [];
        caller.detail = `${callText(call)} · ${caller.detail}`;
        return new vscode.CallHierarchyIncomingCall(caller, placesIn(call, found.trace, call.from));
      });
    },
    async provideCallHierarchyOutgoingCalls(item, token) {
      const found = await traceOf(item, token);
      return found?.trace.calls.flatMap((call) => {
        const callee = call.from === found.service ? itemOf(found.root, found.trace, call.to) : undefined;
        if (callee === undefined) return [];
        callee.detail = `${callText(call)} · ${callee.detail}`;
        return new vscode.CallHierarchyOutgoingCall(callee, placesIn(call, found.trace, call.from));
      });
    },
  });
}

/** Of one that does not log itself, the first line that tells of it. */
function toldOf({ calls }: TraceCalls, name: string): EntryRow | undefined {
  return calls.flatMap(({ from, to, callers, callees }) => (to === name ? callers : from === name ? callees : []))[0];
}

function callText({ count, medianLagMs, how }: ServiceCall): string {
  const { t } = vscode.l10n;
  const calls = count === 1 ? t('1 call') : t('{0} calls', count);
  const lag = medianLagMs === null ? [] : [t('after {0}', formatDuration(medianLagMs))];
  return [[calls, ...lag].join(' '), ...how.map((each) => HOP_WORDS[each])].join(', ');
}

/** The editor marks places in the file that the caller's item leads to, and in no other. */
function placesIn({ callers }: ServiceCall, trace: TraceCalls, caller: string): vscode.Range[] {
  const file = (trace.services.find(({ name }) => name === caller)?.first ?? toldOf(trace, caller))?.file;
  return callers.filter((row) => row.file === file).map(rangeOf);
}

function rangeOf({ line, endLine }: EntryRow): vscode.Range {
  return new vscode.Range(line - 1, 0, endLine, 0);
}
