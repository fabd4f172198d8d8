/** How sure each part of an explanation is, and why: what was counted, what was inferred and what could not be asked. */
import type { Impact } from '../../explanation.ts';
import type { Report } from '../../incident.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { formatCount, formatNumber, formatPercent } from '../number.ts';
import { rivalOf } from './causes.ts';

type Sure = 'sure' | 'fairly sure' | 'unsure' | 'unknown';
type Row = readonly [part: string, sure: Sure, why: string];

export function certaintyTable(report: Report, impact: Impact): string {
  const rows: Row[] = [
    numbers(report),
    ...failures(impact),
    times(report),
    ...cascade(report),
    causes(report),
    ...alerts(report),
    ...rules(report),
  ];
  return markdownTable(
    ['part', 'how sure', 'why'],
    rows.map(([part, sure, why]) => [part, `**${sure}**`, escapeMarkdown(why)]),
  );
}

function numbers({ files }: Report): Row {
  const unread = files.reduce((sum, { unrecognisedLines }) => sum + unrecognisedLines, 0);
  if (unread === 0) return ['Numbers of entries', 'sure', 'counted; every line was recognised'];
  return [
    'Numbers of entries',
    'fairly sure',
    `counted, but ${formatCount(unread, ['line', 'lines'])} were not recognised`,
  ];
}

function failures({ entities, traces, users }: Impact): Row[] {
  if (entities.length === 0 && traces === null && users === null) {
    return [['Who and what failed', 'unknown', 'entries have no ids that tell it']];
  }
  const why =
    'counts as failed what has an entry at ERROR or above, itself or in its trace; it may have gone well in the end';
  const [first] = entities.filter(({ failed }) => failed > 0);
  if (!first) return [['Who and what failed', 'fairly sure', why]];
  const known = first.amounts.reduce((sum, { entities: each }) => sum + each, 0);
  const worth: Row =
    known === 0
      ? ['What it was worth', 'unknown', 'no line of what failed says an amount']
      : known < first.failed
        ? ['What it was worth', 'unsure', `${formatNumber(known)} of ${formatNumber(first.failed)} say their amount`]
        : ['What it was worth', 'fairly sure', 'each says its amount; whether it was lost, no line tells'];
  return [['Who and what failed', 'fairly sure', why], worth];
}

function times({ files, oddities }: Report): Row {
  const guessed = files.filter(({ assumed }) => assumed.zone !== null || assumed.year !== null).length;
  if (oddities.length > 0) {
    return [
      'Times',
      'unsure',
      `${formatCount(oddities.length, ['service or trace', 'services or traces'])} with times that do not fit the rest`,
    ];
  }
  if (guessed > 0)
    return ['Times', 'fairly sure', `${formatCount(guessed, ['file', 'files'])} without a zone or year of their own`];
  return ['Times', 'sure', 'as the log has them; clocks of services may differ by less than shows'];
}

function cascade({ cascade: { edges } }: Report): Row[] {
  if (edges.length === 0) return [];
  const of = (order: string): number => edges.filter((edge) => edge.order === order).length;
  const [proven, open] = [of('proven'), of('undetermined')];
  const against = edges.filter(({ counterexamples }) => counterexamples.count > 0).length;
  const why = `of ${formatCount(edges.length, ['step', 'steps'])}, ${formatNumber(proven)} proven in their order, ${formatNumber(of('timestamp'))} by timestamps, ${formatNumber(open)} undetermined; ${formatNumber(against)} with lines against`;
  return [['Cascade', proven === edges.length ? 'sure' : open * 2 > edges.length ? 'unsure' : 'fairly sure', why]];
}

function causes(report: Report): Row {
  const [first] = report.rootCauses;
  if (!first) return ['Cause', 'unknown', 'the evidence is too thin to name one'];
  const share = `the first candidate has ${formatPercent(first.score)} of the evidence`;
  if (rivalOf(first, report)) return ['Cause', 'unsure', `${share}, and the next nearly as much`];
  return ['Cause', 'fairly sure', `${share}; evidence in logs is no proof`];
}

function alerts({ alerts: all }: Report): Row[] {
  if (all.length === 0) return [];
  const chosen = all.filter(({ hindsight }) => hindsight).length;
  const why = `tried on this very log${chosen > 0 ? `; ${formatNumber(chosen)} of ${formatNumber(all.length)} were chosen by looking at it` : ''}`;
  return [['Alerts', chosen === all.length ? 'unsure' : 'fairly sure', why]];
}

function rules({ notRun }: Report): Row[] {
  if (notRun.length === 0) return [];
  return [
    [
      'What else there is',
      'unknown',
      `${formatCount(notRun.length, ['rule', 'rules'])} could not be tried: see the notes`,
    ],
  ];
}
