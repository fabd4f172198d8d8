/** What each service shows: how it fares in numbers, and its symptoms by rule. */
import type { Anomaly, Report } from '../../incident.ts';
import type { ServiceSummary } from '../../model.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { formatCount, formatNumber } from '../number.ts';
import { cut } from '../plain.ts';
import { RULE_TITLES } from '../rules.ts';
import { sentence } from '../sentence.ts';
import { type Clock, type ExplainOptions, lineLink } from './options.ts';

const MOST_SERVICES = 30;
const MOST_SYMPTOMS = 6;
const MOST_TEXT = 160;
const WEIGHT = { error: 3, warning: 2, information: 1, hint: 0 } as const;

export function symptomsMarkdown(report: Report, clock: Clock, options: ExplainOptions): string[] {
  const anomalies = report.anomalies.filter((anomaly) => !report.oddities.includes(anomaly));
  const troubled = report.services
    .map((service) => ({ service, own: anomalies.filter((anomaly) => anomaly.service === service.name) }))
    .filter(({ own }) => own.some(({ severity }) => severity !== 'hint'))
    .sort((a, b) => (a.service.firstAnomaly ?? Infinity) - (b.service.firstAnomaly ?? Infinity));
  const well = report.services.filter(({ name }) => !troubled.some(({ service }) => service.name === name));
  const blocks = troubled
    .slice(0, MOST_SERVICES)
    .flatMap(({ service, own }) => serviceBlocks(service, own, clock, options));
  const rest = troubled.length - MOST_SERVICES;
  if (rest > 0) blocks.push(`And ${formatCount(rest, ['more service', 'more services'])} with symptoms.`);
  if (well.length > 0) {
    const names = well.slice(0, MOST_SERVICES).map(({ name }) => escapeMarkdown(name));
    const more = well.length > names.length ? ` and ${formatNumber(well.length - names.length)} more` : '';
    blocks.push(`Without symptoms: ${names.join(', ')}${more}.`);
  }
  return blocks.length === 0 ? ['No service is named in these logs.'] : blocks;
}

function serviceBlocks(
  service: ServiceSummary,
  own: readonly Anomaly[],
  clock: Clock,
  options: ExplainOptions,
): string[] {
  const { name, entries, errors, fatals, firstAnomaly } = service;
  const since = firstAnomaly === null ? '' : `, since ${clock(firstAnomaly)}`;
  const fatal = fatals > 0 ? `, ${formatNumber(fatals)} fatal` : '';
  const byRule = new Map<string, Anomaly[]>();
  for (const anomaly of own) byRule.set(anomaly.rule, [...(byRule.get(anomaly.rule) ?? []), anomaly]);
  const rows = [...byRule.values()]
    .map((alike) => [...alike].sort((a, b) => WEIGHT[b.severity] - WEIGHT[a.severity]))
    .sort(([a], [b]) => WEIGHT[b.severity] - WEIGHT[a.severity] || (a.timestamp ?? 0) - (b.timestamp ?? 0))
    .slice(0, MOST_SYMPTOMS)
    .map((alike) => {
      const [worst] = alike;
      const entriesOf = alike.reduce((sum, { count }) => sum + count, 0);
      const title = Object.hasOwn(RULE_TITLES, worst.rule) ? RULE_TITLES[worst.rule] : worst.rule;
      return [
        worst.severity,
        escapeMarkdown(title),
        formatNumber(entriesOf),
        escapeMarkdown(cut(sentence(worst.message), MOST_TEXT)),
        lineLink(worst, options),
      ];
    });
  return [
    `**${escapeMarkdown(name)}**: ${formatCount(entries, ['entry', 'entries'])}, ${formatCount(errors, ['error', 'errors'])}${fatal}${since}`,
    markdownTable(['severity', 'symptom', 'entries', 'the worst of them', 'line'], rows),
  ];
}
