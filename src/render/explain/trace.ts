/** The story of one trace. */
import type { ExplainedTrace, TraceEvent } from '../../explanation.ts';
import type { Report } from '../../incident.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { formatCount, formatNumber, formatPercent } from '../number.ts';
import { cut, plainText } from '../plain.ts';
import { formatDuration } from '../time.ts';
import { type Clock, type ExplainOptions, lineLink } from './options.ts';

const MOST_TEXT = 160;
const MOST_STEPS = 8;
const MOST_HOPS = 30;
const MOST_ID = 80;

const short = (text: string, most = MOST_TEXT): string => escapeMarkdown(cut(plainText(text), most));

/** In a sentence. Markdown. */
export function traceSentence(
  { id, key, entries, services, durationMs, events }: ExplainedTrace,
  clock: Clock,
): string {
  const failed = events.find(isFailure);
  const how = failed
    ? `It met its first failure at ${clock(failed.timestamp)}${failed.service === null ? '' : ` in **${short(failed.service, 40)}**`}.`
    : 'None of its entries is at ERROR or above.';
  const took = durationMs === null ? '' : `, in ${formatDuration(durationMs)}`;
  return `**${short(id, MOST_ID)}** (${short(key, 40)}) left ${formatCount(entries, ['entry', 'entries'])} in ${formatCount(services.length, ['service', 'services'])}${took}. ${how}`;
}

function isFailure({ level }: TraceEvent): boolean {
  return level === 'error' || level === 'fatal';
}

export function traceEvents({ events, leftOut }: ExplainedTrace, clock: Clock, options: ExplainOptions): string[] {
  const rows = events.map((event) => [
    clock(event.timestamp),
    short(event.service ?? '', 40),
    event.level?.toUpperCase() ?? '',
    short(event.message),
    lineLink(event, options),
  ]);
  return [
    markdownTable(['time', 'who', 'level', 'what', 'line'], rows),
    ...(leftOut > 0 ? [`And ${formatNumber(leftOut)} more at WARN and above.`] : []),
  ];
}

export function traceCalls({ hops }: ExplainedTrace, options: ExplainOptions): string[] {
  if (hops.length === 0) return ['Nothing shows who called whom.'];
  const rows = hops
    .slice(0, MOST_HOPS)
    .map(({ caller, callee, joined, how, from, to, lagMs }) => [
      short(caller, 40),
      short(callee, 40),
      lagMs === null ? '' : formatDuration(lagMs),
      joined === 'recorded' ? 'recorded' : `inferred (${how})`,
      [from, to].flatMap((row) => (row === null ? [] : [lineLink(row, options)])).join(', '),
    ]);
  const rest = hops.length - rows.length;
  return [
    markdownTable(['caller', 'called', 'after', 'how it is known', 'lines'], rows),
    ...(rest > 0 ? [`And ${formatNumber(rest)} more.`] : []),
  ];
}

/** What a like trace that went well does otherwise, and what would have come next. */
export function traceDifferences(
  { comparison, missing }: ExplainedTrace,
  clock: Clock,
  options: ExplainOptions,
): string[] {
  const blocks: string[] = [];
  if (comparison === null) blocks.push('There is no healthy trace like it to compare it with.');
  else {
    const steps = comparison.services.flatMap(({ name, steps: all }) => all.map((step) => ({ name, step })));
    const list = (title: string, isOne: (step: (typeof steps)[number]['step']) => boolean): string[] => {
      const found = steps.filter(({ step }) => isOne(step));
      if (found.length === 0) return [];
      const items = found.slice(0, MOST_STEPS).map(({ name, step }) => {
        const row = step.right ?? step.left;
        const took =
          step.isSlower && step.took
            ? `, ${formatDuration(step.took.left)} there and ${formatDuration(step.took.right)} here`
            : '';
        return `- ${short(name ?? '', 40)}: ${short(step.text)}${took}${row ? ` (${lineLink(row, options)})` : ''}`;
      });
      const rest = found.length - items.length;
      return [`${title}:`, [...items, ...(rest > 0 ? [`- and ${formatNumber(rest)} more`] : [])].join('\n')];
    };
    blocks.push(
      `Beside ${short(comparison.left.id, MOST_ID)}, the nearest that went well:`,
      ...list('Missing here', ({ right }) => right === null),
      ...list('Only here', ({ left }) => left === null),
      ...list('Slower here', ({ isSlower }) => isSlower),
    );
  }
  for (const { step, service, expected, like, withStep, example } of missing.slice(0, MOST_STEPS)) {
    blocks.push(
      `- ${short(service ?? '', 40)} "${short(step)}" was due about ${clock(expected)}: ${formatNumber(withStep)} of ${formatNumber(like)} like it have it, as ${lineLink(example, options)} shows`,
    );
  }
  return blocks;
}

export function traceCauses({ causes }: ExplainedTrace, report: Report): string[] {
  if (report.verdict === 'insufficient-evidence')
    return ['For the whole log no cause is named: the evidence is too thin.'];
  if (causes.length === 0) return ['No line of this trace speaks for one of the causes that the whole log suggests.'];
  const items = causes.map(
    ({ name, score }) => `- **${short(name, 60)}**, ${formatPercent(score)} of the evidence in the whole log`,
  );
  return ['Of the causes that the whole log suggests, this trace bears witness to:', items.join('\n')];
}
