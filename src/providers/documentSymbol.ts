/** The outline and the breadcrumbs of a log: its services with their anomalies and traces, and its incidents. */
import * as vscode from 'vscode';
import type { FileOutline, OutlinedIncident, OutlinedTrace } from '../gestures.ts';
import { countAnomalies, countEntries, countErrors } from '../host/counts.ts';
import { oneLine } from '../host/escape.ts';
import { LOG_SELECTOR } from '../host/logDocuments.ts';
import type { Sessions } from '../host/sessions.ts';
import type { Anomaly } from '../incident.ts';
import type { EntryRow } from '../model.ts';
import { sentence } from '../render/sentence.ts';
import { formatClock, formatDuration } from '../render/time.ts';

/** An outline of more would be a log itself. */
const MOST_TRACES = 200;
const MOST_ANOMALIES = 200;
const MOST_SERVICES = 50;
const LONGEST_NAME = 120;
const BEHIND_ANY_LINE = 10_000;

export function registerDocumentSymbol(sessions: Sessions): vscode.Disposable {
  const provider: vscode.DocumentSymbolProvider = {
    provideDocumentSymbols: (document, token) =>
      sessions.answer(document, token, async (log, file) => {
        const outline = await log.ask('outline', file, MOST_TRACES);
        if (outline === null || token.isCancellationRequested) return undefined;
        const { anomalies } = await log.report();
        const own = anomalies.filter((anomaly) => anomaly.file === file).slice(0, MOST_ANOMALIES);
        return symbols(outline, own, document.lineCount);
      }),
  };
  return vscode.languages.registerDocumentSymbolProvider(LOG_SELECTOR, provider, { label: 'Causeway' });
}

/**
 * What a service did stands below it. A service that has the file to itself reaches over all of it, so that the
 * breadcrumbs name it on each line; all else reaches as far as its own lines do, for there others stand between them.
 */
function symbols(outline: FileOutline, anomalies: readonly Anomaly[], lines: number): vscode.DocumentSymbol[] {
  const services = new Map<string, vscode.DocumentSymbol>();
  for (const { name, entries, errors, first } of outline.services.slice(0, MOST_SERVICES)) {
    const detail = errors > 0 ? `${countEntries(entries)}, ${countErrors(errors)}` : countEntries(entries);
    const range = outline.services.length === 1 ? new vscode.Range(0, 0, lines, 0) : rangeOf(first);
    services.set(name, symbol(name, detail, vscode.SymbolKind.Module, range, rangeOf(first)));
  }
  const top = [...services.values()];
  const place = (service: string | null, child: vscode.DocumentSymbol) =>
    (services.get(service ?? '')?.children ?? top).push(child);
  for (const anomaly of anomalies) place(anomaly.service, anomalySymbol(anomaly));
  for (const trace of outline.traces) place(trace.at.service, traceSymbol(trace));
  return [...top, ...outline.incidents.map(incidentSymbol)];
}

function anomalySymbol(anomaly: Anomaly): vscode.DocumentSymbol {
  const detail = anomaly.timestamp === null ? '' : formatClock(anomaly.timestamp);
  return symbol(sentence(anomaly.message), detail, vscode.SymbolKind.Event, linesRange(anomaly.line, anomaly.line));
}

function traceSymbol({ id, key, entries, errors, at }: OutlinedTrace): vscode.DocumentSymbol {
  const counts = errors > 0 ? `${countEntries(entries)}, ${countErrors(errors)}` : countEntries(entries);
  return symbol(`${key} ${id}`, counts, vscode.SymbolKind.Key, rangeOf(at));
}

function incidentSymbol({ from, to, anomalies, firstLine, lastLine }: OutlinedIncident): vscode.DocumentSymbol {
  const name = vscode.l10n.t('Incident {0}', formatClock(from));
  const detail = `${formatDuration((to - from) / 1000)}, ${countAnomalies(anomalies)}`;
  const range = linesRange(firstLine, lastLine);
  return symbol(name, detail, vscode.SymbolKind.Event, range, linesRange(firstLine, firstLine));
}

function symbol(
  name: string,
  detail: string,
  kind: vscode.SymbolKind,
  range: vscode.Range,
  selection = range,
): vscode.DocumentSymbol {
  // The editor takes no symbol without a name.
  return new vscode.DocumentSymbol(oneLine(name, LONGEST_NAME) || '–', detail, kind, range, selection);
}

function rangeOf({ line, endLine }: EntryRow): vscode.Range {
  return linesRange(line, endLine);
}

/** To the end of the last line: on the next one the breadcrumbs must not name it any more. */
function linesRange(first: number, last: number): vscode.Range {
  return new vscode.Range(first - 1, 0, last - 1, BEHIND_ANY_LINE);
}
