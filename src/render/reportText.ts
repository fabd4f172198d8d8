/** The report for a terminal of 80 columns or more: what a newcomer sees first. */
import type { Anomaly, Report, RootCause } from '../incident.ts';
import type { Severity } from '../model.ts';
import { adviceText } from './advice.ts';
import { alertsText } from './alerts.ts';
import { cascadeText } from './cascadeText.ts';
import { formatCount, formatNumber, formatPercent } from './number.ts';
import { paintSeverity, SIGNS } from './paint.ts';
import { cut, plainText } from './plain.ts';
import { flowText } from './reportFlow.ts';
import { notesText } from './reportNotes.ts';
import { heading, type TextOptions } from './section.ts';
import { sentence } from './sentence.ts';
import { alignRows, pad, widthOf, wrap } from './table.ts';
import { clockFor, extentWords, kindWords, place, rangeWords, severityWords } from './words.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
const MAX_NAME = 32;
/** What the numbers and times of the table of services take beside its names. */
const NUMBERS_WIDTH = 61;
/** Lines of anomalies that one rule may take; the rest is counted. */
const MAX_OF_RULE = 8;
const BAR_WIDTH = 20;

/** Ends with a line break. */
export function reportText(report: Report, title: string, options: TextOptions): string {
  const sections = [
    headText(report, title, options),
    servicesText(report, options),
    anomaliesText(report, options),
    cascadeText(report, options),
    causesText(report, options),
    alertsText(report.alerts, options),
    flowText(report, options),
    adviceText(report.advice, options),
    notesText(report, options),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headText(report: Report, title: string, { paint, zone }: TextOptions): string[] {
  const head = `${paint.bold(plainText(title))}  ${extentWords(report)}`;
  return [head, paint.dim(rangeWords(report.timeRange, zone))];
}

function servicesText(report: Report, options: TextOptions): string[] {
  if (report.services.length === 0) return [];
  const clock = clockFor(report.timeRange, options.zone, 'second');
  const rows = report.services.map((service) => [
    cut(plainText(service.name), Math.min(MAX_NAME, options.width - NUMBERS_WIDTH)),
    formatNumber(service.entries),
    formatNumber(service.errors),
    formatNumber(service.fatals),
    clock(service.firstSeen),
    clock(service.lastSeen),
    clock(service.firstAnomaly),
  ]);
  const header = ['', 'entries', 'errors', 'fatal', 'first', 'last', 'first anomaly'];
  const [head = [], ...body] = alignRows(
    [header, ...rows],
    ['left', 'right', 'right', 'right', 'left', 'left', 'left'],
  );
  const line = (cells: readonly string[]): string => `  ${cells.join('  ')}`.trimEnd();
  return [
    options.paint.bold('SERVICES'),
    options.paint.dim(line(head)),
    ...report.services.map((service, index) => {
      const [name = '', entries = '', errors = '', fatals = '', ...times] = body[index] ?? [];
      return line([
        name,
        entries,
        service.errors > 0 ? options.paint.red(errors) : errors,
        service.fatals > 0 ? options.paint.alarm(fatals) : fatals,
        ...times,
      ]);
    }),
  ];
}

function anomaliesText(report: Report, options: TextOptions): string[] {
  if (report.anomalies.length === 0) return [heading('ANOMALIES', 'none', options)];
  const clock = clockFor(report.timeRange, options.zone, 'second');
  const lines = [heading('ANOMALIES', severityWords(report.anomalies), options)];
  for (const [rule, anomalies] of byRule(report.anomalies)) {
    const shown = anomalies.slice(0, MAX_OF_RULE);
    lines.push(`  ${options.paint.cyan(rule)}`);
    const columns = alignRows(
      shown.map((anomaly) => [clock(anomaly.timestamp), place(anomaly), '']),
      ['left', 'left', 'left'],
    );
    lines.push(...shown.flatMap((anomaly, index) => anomalyText(anomaly, (columns[index] ?? []).join('  '), options)));
    const rest = anomalies.length - shown.length;
    if (rest > 0) lines.push(options.paint.dim(`    and ${formatNumber(rest)} more; --format json lists all`));
  }
  return lines;
}

/** Rules with the worst anomalies first, and the worst first within a rule; else in order of time. */
function byRule(anomalies: readonly Anomaly[]): [rule: string, anomalies: Anomaly[]][] {
  const rules = new Map<string, Anomaly[]>();
  for (const severity of SEVERITIES) {
    for (const anomaly of anomalies) {
      if (anomaly.severity !== severity) continue;
      const known = rules.get(anomaly.rule);
      if (known) known.push(anomaly);
      else rules.set(anomaly.rule, [anomaly]);
    }
  }
  return [...rules];
}

function anomalyText(anomaly: Anomaly, columns: string, { paint, width }: TextOptions): string[] {
  const before = `    ${SIGNS[anomaly.severity]} ${columns}`;
  const times = anomaly.count > 1 ? ` (${formatCount(anomaly.count, ['entry', 'entries'])})` : '';
  const because = anomaly.consequenceOf === null ? '' : `; follows ${plainText(anomaly.consequenceOf)}`;
  const said = wrap(sentence(anomaly.message) + times + because, Math.max(30, width - widthOf(before)));
  const indent = ' '.repeat(widthOf(before));
  const sign = paintSeverity(paint, anomaly.severity, SIGNS[anomaly.severity]);
  return said.map((line, index) =>
    index === 0 ? `${before.replace(SIGNS[anomaly.severity], sign)}${line}` : indent + line,
  );
}

function causesText(report: Report, options: TextOptions): string[] {
  if (report.verdict === 'insufficient-evidence') {
    const why =
      report.anomalies.length === 0 ? 'none named: no rule found anything' : 'none named: insufficient evidence';
    return [heading('ROOT CAUSES', why, options)];
  }
  const lines = report.rootCauses.flatMap((cause, index) => ['', ...causeText(cause, index + 1, report, options)]);
  return [heading('ROOT CAUSES', 'ranked by evidence, not proven', options), ...lines.slice(1)];
}

function causeText(cause: RootCause, rank: number, report: Report, options: TextOptions): string[] {
  const { paint, width } = options;
  const filled = Math.round(cause.score * BAR_WIDTH);
  const bar = paint.cyan('█'.repeat(filled)) + paint.dim('░'.repeat(BAR_WIDTH - filled));
  const name = cut(plainText(cause.name), MAX_NAME);
  const clock = clockFor(report.timeRange, options.zone, 'second');
  const places = cause.evidence.map(place);
  const placeWidth = Math.max(0, ...places.map(widthOf));
  const evidence = cause.evidence.map((line, index) => {
    const before = `     ${pad(places[index] ?? '', placeWidth)}  ${clock(line.timestamp)}  `;
    return paint.dim(before) + cut(plainText(line.message), Math.max(20, width - widthOf(before)));
  });
  return [
    `  ${rank}  ${bar} ${pad(formatPercent(cause.score), 5, 'right')}  ${paint.bold(name)}  ${paint.dim(kindWords(cause))}`,
    ...cause.why.flatMap((why) => wrap(sentence(why), width - 5).map((line) => `     ${line}`)),
    ...evidence,
  ];
}
