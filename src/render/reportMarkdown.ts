/** The report as Markdown, to be pasted into a ticket or a post-mortem. */
import { cascadeOrder } from '../engine/timeline/cascadeOrder.ts';
import type { Report, RootCause } from '../incident.ts';
import { adviceMarkdown } from './advice.ts';
import { alertsMarkdown } from './alerts.ts';
import { codeSpan, escapeMarkdown, markdownTable } from './markdown.ts';
import { formatNumber, formatPercent } from './number.ts';
import { cut } from './plain.ts';
import { flowMarkdown } from './reportFlow.ts';
import { reportNotes } from './reportNotes.ts';
import { sentence } from './sentence.ts';
import {
  clockFor,
  extentWords,
  kindWords,
  lagWords,
  place,
  places,
  rangeWords,
  severityWords,
  supportWords,
} from './words.ts';

const MAX_ANOMALIES = 50;
const MAX_MESSAGE = 160;

type Clock = ReturnType<typeof clockFor>;

/** Ends with a line break. */
export function reportMarkdown(report: Report, title: string, zone: string): string {
  const clock = clockFor(report.timeRange, zone, 'millisecond');
  const blocks = [
    `# ${escapeMarkdown(title)}`,
    `${extentWords(report)}, ${escapeMarkdown(rangeWords(report.timeRange, zone))}.`,
    ...causes(report, clock),
    ...cascade(report, clock),
    ...flowMarkdown(report, zone),
    ...anomalies(report, clock),
    ...services(report, clock),
    ...alertsMarkdown(report.alerts, clock),
    ...adviceMarkdown(report.advice),
    ...notes(report),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function causes(report: Report, clock: Clock): string[] {
  if (report.verdict === 'insufficient-evidence') {
    return ['## Root causes', 'Insufficient evidence: no cause is named.'];
  }
  return [
    '## Root causes',
    'Ranked by evidence, not proven.',
    report.rootCauses.map((cause, index) => causeItem(cause, index + 1, clock)).join('\n'),
  ];
}

function causeItem(cause: RootCause, rank: number, clock: Clock): string {
  const why = cause.why.map((each) => escapeMarkdown(sentence(each))).join('; ');
  const evidence = cause.evidence.map(
    (line) => `   - ${codeSpan(place(line))} ${clock(line.timestamp)} ${codeSpan(cut(line.message, MAX_MESSAGE))}`,
  );
  const name = `**${escapeMarkdown(cause.name)}**, ${escapeMarkdown(kindWords(cause))}`;
  return [
    `${rank}. ${name}, ${formatPercent(cause.score)} of the evidence${why === '' ? '' : `: ${why}`}`,
    ...evidence,
  ].join('\n');
}

function cascade(report: Report, clock: Clock): string[] {
  const { nodes, edges } = report.cascade;
  if (nodes.length === 0) return [];
  const order = cascadeOrder(report.cascade);
  const known = new Map(nodes.map((node) => [node.name, node]));
  const onsets = order.flatMap((name) => {
    const node = known.get(name);
    return node
      ? [[escapeMarkdown(name), node.kind, clock(node.onset), node.onset === null ? '' : node.onsetCertainty]]
      : [];
  });
  const steps = order.flatMap((name) =>
    edges
      .filter((edge) => edge.from === name)
      .map((edge) => [
        escapeMarkdown(edge.from),
        escapeMarkdown(edge.to),
        lagWords(edge),
        supportWords(edge),
        places(edge.support.examples, 3).map(escapeMarkdown).join(', '),
      ]),
  );
  const blocks = ['## Cascade', markdownTable(['failed', 'kind', 'onset', 'certainty'], onsets)];
  return steps.length === 0
    ? blocks
    : [...blocks, markdownTable(['cause', 'affected', 'lag', 'evidence', 'lines'], steps)];
}

function anomalies(report: Report, clock: Clock): string[] {
  if (report.anomalies.length === 0) return ['## Anomalies', 'None.'];
  const rows = report.anomalies
    .slice(0, MAX_ANOMALIES)
    .map((anomaly) => [
      clock(anomaly.timestamp),
      anomaly.severity,
      anomaly.rule,
      escapeMarkdown(sentence(anomaly.message)),
      formatNumber(anomaly.count),
      escapeMarkdown(place(anomaly)),
    ]);
  const rest = report.anomalies.length - rows.length;
  return [
    '## Anomalies',
    `${severityWords(report.anomalies)}.`,
    markdownTable(['time', 'severity', 'rule', 'what', 'entries', 'line'], rows),
    ...(rest > 0 ? [`And ${formatNumber(rest)} more.`] : []),
  ];
}

function services(report: Report, clock: Clock): string[] {
  if (report.services.length === 0) return [];
  const rows = report.services.map((service) => [
    escapeMarkdown(service.name),
    formatNumber(service.entries),
    formatNumber(service.errors),
    formatNumber(service.fatals),
    clock(service.firstAnomaly),
  ]);
  return ['## Services', markdownTable(['service', 'entries', 'errors', 'fatal', 'first anomaly'], rows)];
}

function notes(report: Report): string[] {
  const lines = reportNotes(report).map((note) => `- ${escapeMarkdown(note)}`);
  return lines.length === 0 ? [] : ['## Notes', lines.join('\n')];
}
