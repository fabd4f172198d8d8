/** Alerts and back-tests in words, and as rules to be taken over. */
import { durationText } from '../base/durationText.ts';
import type { Alert, Backtest, RuleTest } from '../incident.ts';
import { type JsonObject, locationJson, timeJson } from './contract.ts';
import { codeSpan, escapeMarkdown, markdownTable } from './markdown.ts';
import { formatCount } from './number.ts';
import { plainText } from './plain.ts';
import { heading, type TextOptions } from './section.ts';
import { sentence } from './sentence.ts';
import { pad, widthOf, wrap } from './table.ts';
import { formatClock, formatDuration } from './time.ts';

type Clock = (time: number | null) => string;

/** `12:01:00, 59 min before the first FATAL, 29 min after the incident began`. */
export function outcomeWords(test: Backtest, clock: Clock): string {
  if (test.state === 'not-evaluable') return `not evaluable: ${test.reason ? sentence(test.reason) : ''}`;
  if (test.state === 'silent') return 'would not have fired';
  const parts = [`would have fired at ${clock(test.firings[0]?.from ?? null)}`];
  if (test.leadToIncidentMs !== null) parts.push(leadWords(test.leadToIncidentMs, 'the incident'));
  if (test.leadToFatalMs !== null) parts.push(leadWords(test.leadToFatalMs, 'the first FATAL'));
  if (test.fired > 1) parts.push(formatCount(test.fired, ['fire', 'fires']));
  if (test.outside > 0) parts.push(`${test.outside} outside of any incident`);
  return parts.join(', ');
}

function leadWords(ms: number, what: string): string {
  if (ms === 0) return `with ${what}`;
  return ms > 0 ? `${formatDuration(ms)} before ${what}` : `${formatDuration(-ms)} after ${what} began`;
}

export function alertsText(alerts: readonly Alert[], options: TextOptions): string[] {
  if (alerts.length === 0) return [];
  const clock: Clock = (time) => formatClock(time, options.zone);
  const lines = alerts.flatMap((alert) => [
    `  ${options.paint.bold(plainText(alert.name))}${alert.hindsight ? options.paint.dim('  hindsight') : ''}`,
    ...indented(sentence(alert.message), 4, options),
    ...indented(outcomeWords(alert, clock), 4, options).map(options.paint.dim),
  ]);
  return [heading('ALERTS', 'that would have warned', options), ...lines];
}

export function ruleTestsText(tests: readonly RuleTest[], title: string, options: TextOptions): string[] {
  if (tests.length === 0) return [heading('RULES', `${title}: none found`, options)];
  const clock: Clock = (time) => formatClock(time, options.zone);
  const width = Math.max(...tests.map(({ name }) => widthOf(plainText(name))));
  const lines = tests.flatMap((test) => {
    const before = `  ${pad(plainText(test.name), width)}  `;
    const said = [outcomeWords(test, clock), ...test.meaning.map(sentence)].join('; ');
    const wrapped = wrap(said, Math.max(30, options.width - widthOf(before)));
    return wrapped.map((line, index) => (index === 0 ? before : ' '.repeat(widthOf(before))) + line);
  });
  return [heading('RULES', title, options), ...lines];
}

function indented(text: string, by: number, options: TextOptions): string[] {
  return wrap(text, options.width - by).map((line) => ' '.repeat(by) + line);
}

export function alertsMarkdown(alerts: readonly Alert[], clock: Clock): string[] {
  if (alerts.length === 0) return [];
  const rows = alerts.map((alert) => [
    `${escapeMarkdown(alert.name)}${alert.hindsight ? ' (hindsight)' : ''}`,
    escapeMarkdown(sentence(alert.message)),
    escapeMarkdown(outcomeWords(alert, clock)),
    codeSpan(alert.expr).replaceAll('|', '\\|'),
  ]);
  return ['## Alerts that would have warned', markdownTable(['alert', 'watches', 'back-test', 'rule'], rows)];
}

export function backtestJson(test: Backtest): JsonObject {
  return {
    state: test.state,
    reason: test.reason === null ? null : sentence(test.reason),
    meaning: test.meaning.map(sentence),
    fired: test.fired,
    outside: test.outside,
    firings: test.firings.map(({ from, to, service, entry }) => ({
      from: timeJson(from),
      to: timeJson(to),
      service,
      ...(entry ? locationJson(entry) : { file: null, line: null, column: null }),
    })),
    leadToIncidentMs: test.leadToIncidentMs,
    leadToFatalMs: test.leadToFatalMs,
    peak: test.peak,
  };
}

export function alertJson(alert: Alert): JsonObject {
  const { name, expr, forMs, hindsight, message } = alert;
  return { message: sentence(message), name, expr, forMs, hindsight, ...backtestJson(alert) };
}

export function ruleTestJson(test: RuleTest): JsonObject {
  const { name, expr, forMs, line } = test;
  return { name, expr, forMs, line, ...backtestJson(test) };
}

/** A rule file for Loki's ruler. Strings are quoted as JSON does, which is YAML too. */
export function alertsYaml(alerts: readonly Alert[]): string {
  const rules = alerts.flatMap((alert) => [
    `      - alert: ${alert.name}`,
    `        expr: ${JSON.stringify(alert.expr)}`,
    `        for: ${durationText(alert.forMs)}`,
    '        annotations:',
    `          summary: ${JSON.stringify(sentence(alert.message))}`,
    ...(alert.hindsight ? ['          hindsight: "what it looks for was chosen by looking at one log"'] : []),
  ]);
  return [
    'groups:',
    '  - name: causeway',
    ...(rules.length === 0 ? ['    rules: []'] : ['    rules:', ...rules]),
    '',
  ].join('\n');
}
