/** The long form, for those who will fix it. */
import type { ExplainedIncident, Explanation } from '../../explanation.ts';
import type { Incident, Report } from '../../incident.ts';
import { adviceMarkdown } from '../advice.ts';
import { alertsMarkdown } from '../alerts.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { formatCount, formatNumber } from '../number.ts';
import { flowMarkdown } from '../reportFlow.ts';
import { reportNotes } from '../reportNotes.ts';
import { formatTime } from '../time.ts';
import { clockFor, extentWords, rangeWords } from '../words.ts';
import { cascadeMarkdown } from './cascade.ts';
import { causesMarkdown } from './causes.ts';
import { certaintyTable } from './certainty.ts';
import { eventsTable } from './events.ts';
import { failedTable, numbersTable } from './numbers.ts';
import { type ExplainOptions, lineLink, lineLinks } from './options.ts';
import { symptomsMarkdown } from './symptoms.ts';
import { traceCalls, traceCauses, traceDifferences, traceEvents, traceSentence } from './trace.ts';

const MOST_EVENTS = 30;
const MOST_LINES = 3;

export function forEngineers(explanation: Explanation, options: ExplainOptions): string[] {
  const { report, impact, incidents, more, trace } = explanation;
  if (trace !== null) return ofTrace(explanation, options);
  const extent = `${extentWords(report)}, ${escapeMarkdown(rangeWords(report.timeRange, options.zone))}.`;
  if (incidents.length === 0) {
    return [
      extent,
      '**No incident stands out.** What was found is no more than hints.',
      '## In numbers',
      numbersTable({ ...impact, range: report.timeRange }),
      ...quietParts(report, options),
    ];
  }
  const single = incidents.length === 1 && more.length === 0;
  return [
    extent,
    ...(single ? [] : overview(explanation, options)),
    ...incidents.flatMap((each, i) => incidentParts(each, single ? null : i + 1, options)),
    ...adviceMarkdown(report.advice, (lines) => lineLinks(lines, options, MOST_LINES)),
    ...notes(report),
  ];
}

/** One heading deeper where there are several incidents. */
function incidentParts(explained: ExplainedIncident, number: number | null, options: ExplainOptions): string[] {
  const { incidents, report, impact } = explained;
  const clock = clockFor(report.timeRange, options.zone, 'millisecond');
  const head = number === null ? '##' : '###';
  const flow = flowMarkdown(report, options.zone, (line) => lineLink(line, options)).map((block) =>
    block.replace(/^## /, `${head} `),
  );
  const alerts = alertsMarkdown(report.alerts, clock).map((block) => block.replace(/^## /, `${head} `));
  return [
    ...(number === null ? [] : [`## Incident ${number}`]),
    `From ${formatTime(impact.range.from, options.zone)} to ${formatTime(impact.range.to, options.zone)}, in ${servicesWords(incidents)}.`,
    ...(incidents.length > 1
      ? [
          `These are ${incidents.length} incidents at the same time, with no service or trace in common: they may have nothing to do with each other.`,
        ]
      : []),
    `${head} In numbers`,
    numbersTable(impact),
    ...failedTable(impact, clock, options),
    `${head} Timeline`,
    ...eventsTable(report, impact.range, MOST_EVENTS, clock, options),
    `${head} Cascade`,
    ...cascadeMarkdown(report, clock, options),
    `${head} Likely causes`,
    ...causesMarkdown(report, clock, options),
    `${head} Symptoms`,
    ...symptomsMarkdown(report, clock, options),
    ...flow,
    ...alerts,
    `${head} How sure this is`,
    certaintyTable(report, impact),
  ];
}

function ofTrace({ report, impact, trace }: Explanation, options: ExplainOptions): string[] {
  if (trace === null) return [];
  const clock = clockFor(impact.range, options.zone, 'millisecond');
  return [
    traceSentence(trace, clock),
    '## In numbers',
    numbersTable(impact),
    ...failedTable(impact, clock, options),
    '## Timeline',
    ...traceEvents(trace, clock, options),
    '## Who called whom',
    ...traceCalls(trace, options),
    '## What its like do otherwise',
    ...traceDifferences(trace, clock, options),
    '## Likely causes',
    ...traceCauses(trace, report),
  ];
}

function quietParts(report: Report, options: ExplainOptions): string[] {
  const clock = clockFor(report.timeRange, options.zone, 'millisecond');
  return [
    '## Symptoms',
    ...symptomsMarkdown(report, clock, options),
    ...adviceMarkdown(report.advice, (lines) => lineLinks(lines, options, MOST_LINES)),
    ...notes(report),
  ];
}

function overview({ incidents, more }: Explanation, { zone }: ExplainOptions): string[] {
  const rows = incidents.map(({ incidents: group, report, impact }, i) => [
    String(i + 1),
    formatTime(impact.range.from, zone),
    formatTime(impact.range.to, zone),
    servicesWords(group),
    report.rootCauses[0] ? escapeMarkdown(report.rootCauses[0].name) : 'none named',
  ]);
  return [
    `**${formatCount(incidents.length + more.length, ['incident', 'incidents'])}**, each explained by itself: nothing shows that one follows from another.`,
    markdownTable(['', 'from', 'to', 'services', 'first candidate'], rows),
    ...leftOut(more, zone),
  ];
}

export function leftOut(more: readonly Incident[], zone: string): string[] {
  if (more.length === 0) return [];
  const items = more
    .slice(0, 20)
    .map(({ from, to, ...each }) => `- ${formatTime(from, zone)} to ${formatTime(to, zone)}: ${servicesWords([each])}`);
  const rest = more.length - items.length;
  return [
    'Not explained here, for they are smaller; ask for their time to have them explained:',
    [...items, ...(rest > 0 ? [`- and ${formatNumber(rest)} more`] : [])].join('\n'),
  ];
}

export function servicesWords(incidents: readonly Pick<Incident, 'services'>[]): string {
  const names = [...new Set(incidents.flatMap(({ services }) => services))];
  if (names.length === 0) return 'no named service';
  const shown = names.slice(0, 6).map((name) => escapeMarkdown(name));
  return `${shown.join(', ')}${names.length > shown.length ? ` and ${formatNumber(names.length - shown.length)} more` : ''}`;
}

function notes(report: Report): string[] {
  const lines = reportNotes(report).map((note) => `- ${escapeMarkdown(note)}`);
  return lines.length === 0 ? [] : ['## Notes', lines.join('\n')];
}
