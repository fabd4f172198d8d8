/** The command `alerts`: what would have warned, what rules of the user's or of the library would have done. */
import { readFile, stat } from 'node:fs/promises';
import { onLogsDay } from '../base/timeInput.ts';
import type { Micros } from '../model.ts';
import type { EngineApi, LogSummary } from '../protocol.ts';
import { alertJson, alertsText, alertsYaml, ruleTestJson, ruleTestsText } from '../render/alerts.ts';
import { inertJson, quoted } from '../render/inertJson.ts';
import { heading, type TextOptions } from '../render/section.ts';
import { type Command, UsageError } from './options.ts';
import type { Output } from './output.ts';

const LARGEST_RULES = 4 * 2 ** 20;

/** When the incident began, as typed; null where it was not. */
export function incidentStart({ incidentStart: typed }: Command, { timeRange }: LogSummary): Micros | null {
  return typed && onLogsDay(typed, timeRange);
}

export async function alerts(
  command: Command,
  engine: Pick<EngineApi, 'alerts' | 'testRules'>,
  log: LogSummary,
  output: Output,
  options: TextOptions,
): Promise<void> {
  const rules = command.rules === null ? null : await readRules(command.rules);
  const incident = incidentStart(command, log);
  const derived = await engine.alerts(log.root, incident);
  if (command.format === 'yaml') return output.write(inertJson(alertsYaml(derived)));
  const tests = await engine.testRules(log.root, rules, incident);
  if (command.format === 'json') {
    const found = { schema: 'causeway-alerts/1', alerts: derived.map(alertJson), rules: tests.map(ruleTestJson) };
    return output.write(`${inertJson(JSON.stringify(found, null, 2))}\n`);
  }
  const none = [heading('ALERTS', 'none that would have warned', options)];
  const sections = [
    derived.length === 0 ? none : alertsText(derived, options),
    ruleTestsText(tests, command.rules ?? 'of the library', options),
  ];
  await output.write(`${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`);
}

async function readRules(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > LARGEST_RULES) throw new UsageError(`--rules ${quoted(path)} is too large`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(`--rules: ${missing ? 'no such file' : 'cannot read'}: ${quoted(path)}`);
  }
}
