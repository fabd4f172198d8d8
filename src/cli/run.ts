/** The commands: ask the engine, hand the answer to render/, write it. */

import { onLogsDay } from '../base/timeInput.ts';
import type { Engine } from '../engine/engine.ts';
import type { Entry, TimeRange } from '../model.ts';
import type { EngineApi, IndexCachePlace, LogSummary } from '../protocol.ts';
import { clocksText } from '../render/clockText.ts';
import { comparisonText } from '../render/comparison.ts';
import { differencesText } from '../render/differences.ts';
import { serviceWidth } from '../render/entryColumns.ts';
import { entryJson, fileJson, traceJson } from '../render/entryJson.ts';
import { entryText, filesText, traceText } from '../render/entryText.ts';
import { inertJson, quoted } from '../render/inertJson.ts';
import { plainText } from '../render/plain.ts';
import { reportJson } from '../render/reportJson.ts';
import { reportMarkdown } from '../render/reportMarkdown.ts';
import { reportSarif } from '../render/reportSarif.ts';
import { reportText } from '../render/reportText.ts';
import type { TextOptions } from '../render/section.ts';
import { sentence } from '../render/sentence.ts';
import { formatTime } from '../render/time.ts';
import { alerts, incidentStart } from './alerts.ts';
import { explain } from './explain.ts';
import { mergedLines } from './merge.ts';
import { type Command, UsageError } from './options.ts';
import type { Output } from './output.ts';
import { logRequest } from './request.ts';
import { problemLines, readSettings } from './settings.ts';

/** What the command line needs of the engine. */
export interface CommandEngine
  extends Pick<
      EngineApi,
      | 'checkAnalysis'
      | 'open'
      | 'report'
      | 'explain'
      | 'trace'
      | 'compare'
      | 'files'
      | 'clocks'
      | 'alerts'
      | 'testRules'
      | 'differs'
    >,
    Pick<Engine, 'log' | 'query' | 'queryFault'> {}

/** An UsageError means exit code 2; whatever else is thrown is a fault of ours. */
export async function runCommand(
  command: Command,
  engine: CommandEngine,
  output: Output,
  version: string,
  cache: IndexCachePlace | null = null,
): Promise<void> {
  const settings = command.settings === null ? null : await readSettings(command.settings);
  checkQuery(command, engine);
  const request = { ...(await logRequest(command, settings?.rules)), ...(cache && { cache }) };
  const log = await engine.open(request).finally(() => output.settle());
  for (const line of settings ? await problemLines(settings, log.formatProblems, engine.checkAnalysis) : [])
    output.note(`causeway: ${line}`);
  if (log.files === 0) throw new UsageError(nothingReadable(command, log));
  const options: TextOptions = { paint: output.paint, width: output.width, zone: command.zone ?? 'UTC' };
  switch (command.name) {
    case 'report':
      return report(command, engine, log, output, options, version);
    case 'explain':
      return explain(
        command,
        engine,
        log,
        rangeOf(command, log),
        { title: titleOf(command), zone: options.zone },
        output,
      );
    case 'trace':
      return trace(command, engine, log, output, options);
    case 'compare':
      return compare(command, engine, log, output, options);
    case 'merge':
      return merge(command, engine, log, output, options);
    case 'files':
      return files(command, engine, log, output, options);
    case 'alerts':
      return alerts(command, engine, log, output, options);
    case 'differs':
      return differs(command, engine, log, output, options);
  }
}

function nothingReadable({ paths }: Command, { skipped }: LogSummary): string {
  const where = paths.map(quoted).join(', ');
  const [first] = skipped;
  if (!first) return `nothing to read in ${where}: no file that looks like a log`;
  const more = skipped.length > 1 ? `, and ${skipped.length - 1} more` : '';
  return `nothing readable in ${where}: ${plainText(first.path)} (${plainText(first.reason)})${more}`;
}

/** Before anything is read: a slip in a query should not take as long as a large log. */
function checkQuery({ query, zone }: Command, engine: CommandEngine): void {
  const fault = query === null ? null : engine.queryFault(query, zone ?? undefined);
  if (query === null || fault === null) return;
  const where =
    fault.end - fault.start < query.length ? ` (at ${quoted(query.slice(fault.start, fault.start + 20))})` : '';
  throw new UsageError(`--query: ${fault.problem}${where}`);
}

/** Only the log tells the day of a time of day, so only now it shows which end comes first. */
function rangeOf(command: Command, log: LogSummary): TimeRange {
  const from = command.from && onLogsDay(command.from, log.timeRange);
  const to = command.to && onLogsDay(command.to, log.timeRange);
  if (from !== null && to !== null && from > to) {
    const [later, earlier] = [from, to].map((time) => formatTime(time, command.zone ?? 'UTC'));
    throw new UsageError(`--from ${later} is later than --to ${earlier}`);
  }
  return { from, to };
}

/** Names in a text are relative to the root, so the root's own name is all the title needs. */
function titleOf({ paths }: Command): string {
  return paths.length === 1 ? (paths[0] ?? '') : `${paths[0]} and ${paths.length - 1} more`;
}

async function report(
  command: Command,
  engine: CommandEngine,
  { root, ...log }: LogSummary,
  output: Output,
  options: TextOptions,
  version: string,
): Promise<void> {
  const range = rangeOf(command, { root, ...log });
  const made = await (range.from === null && range.to === null ? engine.report(root) : engine.report(root, range));
  const start = incidentStart(command, { root, ...log });
  const found = start === null ? made : { ...made, alerts: await engine.alerts(root, start) };
  switch (command.format) {
    case 'json':
      return output.write(json(reportJson(found)));
    case 'sarif':
      return output.write(json(reportSarif(found, version)));
    case 'markdown':
      return output.write(reportMarkdown(found, titleOf(command), options.zone));
    default:
      return output.write(reportText(found, titleOf(command), options));
  }
}

async function trace(
  command: Command,
  engine: CommandEngine,
  { root }: LogSummary,
  output: Output,
  options: TextOptions,
): Promise<void> {
  const found = await engine.trace(root, command.id);
  if (!found) throw new UsageError(`no entry holds the id ${quoted(command.id)}`);
  await output.write(command.format === 'json' ? json(traceJson(found)) : traceText(found, options));
}

async function compare(
  command: Command,
  engine: CommandEngine,
  { root }: LogSummary,
  output: Output,
  { paint }: TextOptions,
): Promise<void> {
  for (const id of [command.id, ...(command.with === null ? [] : [command.with])]) {
    if (!(await engine.trace(root, id))) throw new UsageError(`no entry holds the id ${quoted(id)}`);
  }
  const found = await engine.compare(root, command.id, command.with);
  if (!found) throw new UsageError(`there is no healthy trace like ${quoted(command.id)}; --with ID names another`);
  await output.write(comparisonText(found, paint));
}

async function merge(
  command: Command,
  engine: CommandEngine,
  summary: LogSummary,
  output: Output,
  options: TextOptions,
): Promise<void> {
  const log = engine.log(summary.root);
  const query = command.query === null ? null : await engine.query(summary.root, command.query);
  for (const note of query?.notes ?? []) output.note(`causeway: ${sentence(note)}`);
  const width = serviceWidth(log.services);
  const write = (entry: Entry): string =>
    command.format === 'json' ? inertJson(JSON.stringify(entryJson(entry))) : entryText(entry, options, width);
  for await (const lines of mergedLines(log, rangeOf(command, summary), query, write)) {
    await output.write(`${lines.join('\n')}\n`);
  }
}

async function files(
  command: Command,
  engine: CommandEngine,
  { root, skipped }: LogSummary,
  output: Output,
  options: TextOptions,
): Promise<void> {
  const found = await engine.files(root);
  if (command.format === 'json') return output.write(json(found.map(fileJson)));
  await output.write(filesText(found, skipped, options) + clocksText(await engine.clocks(root)));
}

async function differs(
  command: Command,
  engine: CommandEngine,
  summary: LogSummary,
  output: Output,
  options: TextOptions,
): Promise<void> {
  const found = await engine.differs(summary.root, command.query ?? '', rangeOf(command, summary));
  // The query was checked before the log was read.
  if ('problem' in found) throw new UsageError(`--query: ${found.problem}`);
  await output.write(differencesText(found, options));
}

function json(value: unknown): string {
  return `${inertJson(JSON.stringify(value, null, 2))}\n`;
}
