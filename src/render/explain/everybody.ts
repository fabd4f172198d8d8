/** The short form, for everybody else: what broke, for whom, what it cost, why as far as can be told, and what is not known. */
import type { ExplainedIncident, Explanation, Impact } from '../../explanation.ts';
import type { Report } from '../../incident.ts';
import { outcomeWords } from '../alerts.ts';
import { escapeMarkdown } from '../markdown.ts';
import { formatCount, formatNumber } from '../number.ts';
import { sentence } from '../sentence.ts';
import { formatDuration, formatTime } from '../time.ts';
import { clockFor, rangeWords } from '../words.ts';
import { picture } from './cascade.ts';
import { causeSentence } from './causes.ts';
import { leftOut, servicesWords } from './engineers.ts';
import { eventsTable } from './events.ts';
import { worthWords } from './money.ts';
import { failedTable, kindsWord, numbersTable, unknowns } from './numbers.ts';
import type { Clock, ExplainOptions } from './options.ts';
import { traceCauses, traceDifferences, traceSentence } from './trace.ts';

const MOST_EVENTS = 6;
const MOST_ALERTS = 2;

export function forEverybody(explanation: Explanation, options: ExplainOptions): string[] {
  const { report, impact, incidents, more, trace } = explanation;
  if (trace !== null) return ofTrace(explanation, options);
  if (incidents.length === 0) {
    return [
      `**No incident stands out** in these logs (${escapeMarkdown(rangeWords(report.timeRange, options.zone))}).`,
      '## Key figures',
      numbersTable({ ...impact, range: report.timeRange }),
    ];
  }
  const single = incidents.length === 1 && more.length === 0;
  const count = formatCount(incidents.length + more.length, ['incident', 'incidents']);
  return [
    ...(single
      ? []
      : [
          `**${count}**, each told by itself: nothing shows that one follows from another.`,
          ...leftOut(more, options.zone),
        ]),
    ...incidents.flatMap((each, i) => incidentParts(each, single ? null : i + 1, options)),
  ];
}

function incidentParts(
  { incidents, report, impact }: ExplainedIncident,
  number: number | null,
  options: ExplainOptions,
): string[] {
  const clock = clockFor(report.timeRange, options.zone, 'second');
  const head = number === null ? '##' : '###';
  const { from, to } = impact.range;
  const lasted = from === null || to === null ? '' : `, ${formatDuration((to - from) / 1000)}`;
  const unknown = unknowns(impact).map((each) => `- ${escapeMarkdown(each)}`);
  return [
    ...(number === null ? [] : [`## Incident ${number}`]),
    `${head} In short`,
    `From ${formatTime(from, options.zone)} to ${formatTime(to, options.zone)}${lasted}, something went wrong in ${servicesWords(incidents)}. ${harm(impact)}`,
    causeSentence(report, options),
    `${head} Key figures`,
    numbersTable(impact),
    ...failedTable(impact, clock, options),
    `${head} What happened`,
    ...picture(report, clock),
    ...eventsTable(shortened(report), impact.range, MOST_EVENTS, clock, options),
    ...warned(report, head, clock),
    `${head} What is not known`,
    [...unknown, '- Whether the likely cause is the cause: logs show what was written, and not why.'].join('\n'),
  ];
}

/** Alerts have a part of their own here. */
function shortened(report: Report): Report {
  return { ...report, alerts: [] };
}

/** What it did, in a sentence or two. Markdown. */
function harm({ entities, traces, users, errors }: Impact): string {
  const said: string[] = [];
  const entity = entities.find(({ failed }) => failed > 0);
  if (entity) {
    const worth = worthWords(entity);
    const name = escapeMarkdown(kindsWord(entity.kind));
    said.push(
      `**${formatNumber(entity.failed)} of ${formatNumber(entity.total)} ${name}** failed${worth === null ? '' : `, worth **${escapeMarkdown(worth)}**`}.`,
    );
  } else if (traces && traces.failed > 0) {
    said.push(`**${formatNumber(traces.failed)} of ${formatNumber(traces.total)} requests** met an error.`);
  } else said.push(`${formatCount(errors, ['error was', 'errors were'])} logged; what failed for whom is not told.`);
  if (users && users.affected > 0) said.push(`**${formatCount(users.affected, ['user', 'users'])}** met a failure.`);
  return said.join(' ');
}

function warned({ alerts }: Report, head: string, clock: Clock): string[] {
  if (alerts.length === 0) return [];
  const items = alerts
    .slice(0, MOST_ALERTS)
    .map((alert) => `- ${escapeMarkdown(sentence(alert.message))}: ${escapeMarkdown(outcomeWords(alert, clock))}`);
  return [`${head} What would have warned`, items.join('\n')];
}

function ofTrace({ report, impact, trace }: Explanation, options: ExplainOptions): string[] {
  if (trace === null) return [];
  const clock = clockFor(impact.range, options.zone, 'second');
  return [
    '## In short',
    traceSentence(trace, clock),
    '## Key figures',
    numbersTable(impact),
    '## What others like it do otherwise',
    ...traceDifferences(trace, clock, options),
    '## Likely causes',
    ...traceCauses(trace, report),
  ];
}
