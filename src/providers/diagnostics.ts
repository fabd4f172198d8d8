/**
 * Anomalies as diagnostics, set per URI: this reaches files the editor has not opened, and those it
 * never shows to an extension.
 */
import * as vscode from 'vscode';
import { commandLink } from '../host/commands.ts';
import { oneLine } from '../host/escape.ts';
import { isLogDocument } from '../host/logDocuments.ts';
import type { OpenLog } from '../host/openLog.ts';
import { fileOf, toLocation, uriOf } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';
import { MOST_A_WORKSPACE, planSquiggles, type Squiggle } from '../host/squiggles.ts';
import type { Anomaly } from '../incident.ts';
import type { Severity } from '../model.ts';
import { sentence } from '../render/sentence.ts';
import { formatClock } from '../render/time.ts';

const SOURCE = 'Causeway';

const SEVERITIES: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

export function registerDiagnostics(sessions: Sessions): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('causeway');
  /** What each log has put into the collection, to take it out again. */
  const published = new Map<string, { judged: string; squiggles: Map<string, Squiggle[]> }>();

  const clear = (root: string): void => {
    for (const file of published.get(root)?.squiggles.keys() ?? []) collection.delete(uriOf(root, file));
    published.delete(root);
  };
  const publish = async (log: OpenLog): Promise<void> => {
    const { root, summary } = log;
    if (summary === undefined || !sessions.setting('diagnostics.enabled', root)) return clear(root);
    const judged = `${summary.generation} ${log.judgements}`;
    if (published.get(root)?.judged === judged) return;
    const report = await log.report();
    // Another reading has finished meanwhile, and publishes its own.
    if (`${log.summary?.generation} ${log.judgements}` !== judged) return;
    clear(root);
    const others = [...published.values()].flatMap(({ squiggles }) => [...squiggles.values()]);
    const left = MOST_A_WORKSPACE - others.reduce((n, squiggles) => n + squiggles.length, 0);
    const squiggles = planSquiggles(report.anomalies, Math.max(0, left));
    published.set(root, { judged, squiggles });
    await Promise.all([...squiggles.keys()].map((file) => place(log, file)));
  };
  const place = async (log: OpenLog, file: string): Promise<void> => {
    const squiggles = published.get(log.root)?.squiggles.get(file);
    if (squiggles === undefined) return;
    const uri = uriOf(log.root, file);
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri.toString());
    const ranges = await Promise.all(squiggles.map(({ line }) => rangeOf(log, file, line, document)));
    collection.set(
      uri,
      squiggles.map((squiggle, i) => diagnostic(log.root, squiggle, ranges[i])),
    );
  };
  const guarded = (work: Promise<void>): void => void work.catch((error) => sessions.report(error));

  return vscode.Disposable.from(
    collection,
    sessions.onDidChange((log) => guarded(publish(log))),
    sessions.onDidChangeSettings(() => {
      for (const log of sessions.all()) guarded(publish(log));
    }),
    // With the text at hand the squiggle moves from the whole line under the words that matter.
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (!isLogDocument(document)) return;
      for (const log of sessions.all()) {
        const file = fileOf(log.root, document.uri);
        if (file !== undefined && log.summary !== undefined) guarded(place(log, file));
      }
    }),
  );
}

/** Under the message where the text is known, else the whole line: a JSON line has no place of its own to underline. */
async function rangeOf(
  log: OpenLog,
  file: string,
  line: number,
  document: vscode.TextDocument | undefined,
): Promise<vscode.Range> {
  if (document === undefined || line > document.lineCount) return new vscode.Range(line - 1, 0, line - 1, 10_000);
  const { text, range } = document.lineAt(line - 1);
  const [tokens] = await log.ask('tokens', file, [text]);
  const message = tokens?.find((token) => token.role === 'message') ?? tokens?.find((token) => token.role === 'level');
  return message === undefined
    ? range
    : new vscode.Range(line - 1, message.start, line - 1, message.start + message.length);
}

function diagnostic(root: string, squiggle: Squiggle, range: vscode.Range): vscode.Diagnostic {
  const [gravest] = squiggle.anomalies;
  const message = squiggle.anomalies.map((anomaly) => oneLine(sentence(anomaly.message))).join('\n');
  const result = new vscode.Diagnostic(range, message, SEVERITIES[gravest.severity]);
  result.source = SOURCE;
  const target = vscode.Uri.parse(commandLink('openRule', gravest.rule));
  result.code = { value: gravest.rule, target };
  result.relatedInformation = relatedLines(root, squiggle);
  return result;
}

/** At most five lines in all, the gravest anomaly's own first, and never the line itself. */
function relatedLines(root: string, { file, line, anomalies }: Squiggle): vscode.DiagnosticRelatedInformation[] {
  const lines = new Map<string, vscode.DiagnosticRelatedInformation>();
  for (const related of anomalies.flatMap((anomaly) => anomaly.related)) {
    if (lines.size === 5) break;
    if (related.file === file && related.line === line) continue;
    const text = `${whyWord(related.why)} ${formatClock(related.timestamp)}: ${oneLine(related.message)}`;
    const key = `${related.line} ${related.file}`;
    if (lines.has(key)) continue;
    lines.set(key, new vscode.DiagnosticRelatedInformation(toLocation(root, related), text));
  }
  return [...lines.values()];
}

function whyWord(why: Anomaly['related'][number]['why']): string {
  const { t } = vscode.l10n;
  return { first: t('first'), worst: t('worst'), last: t('last'), cause: t('cause'), effect: t('effect') }[why];
}
