/** Ranked causes, and for each what speaks for it and what against it. */
import type { CascadeEdge, Report, RootCause } from '../../incident.ts';
import { codeSpan, escapeMarkdown } from '../markdown.ts';
import { formatNumber, formatPercent } from '../number.ts';
import { cut, plainText } from '../plain.ts';
import { sentence } from '../sentence.ts';
import { kindWords } from '../words.ts';
import { type Clock, type ExplainOptions, lineLink, lineLinks } from './options.ts';

const MOST_MESSAGE = 160;
const MOST_LINES = 3;
/** A second that is so near to the first could as well be it. */
const NEAR = 0.7;

export function causesMarkdown(report: Report, clock: Clock, options: ExplainOptions): string[] {
  if (report.verdict === 'insufficient-evidence') {
    return ['No cause is named: the log does not hold enough evidence for one.'];
  }
  return [
    'Candidates, ranked by evidence. None of them is proven.',
    report.rootCauses.map((cause, i) => causeItem(cause, i + 1, report, clock, options)).join('\n'),
  ];
}

function causeItem(cause: RootCause, rank: number, report: Report, clock: Clock, options: ExplainOptions): string {
  const why = cause.why.map((each) => escapeMarkdown(sentence(each))).join('; ');
  const lines = cause.evidence.map(
    (line) => `     - ${lineLink(line, options)} ${clock(line.timestamp)} ${codeSpan(cut(line.message, MOST_MESSAGE))}`,
  );
  const against = againstIt(cause, report, options).map((each) => `     - ${each}`);
  return [
    `${rank}. **${escapeMarkdown(cause.name)}**, ${escapeMarkdown(kindWords(cause))}: ${formatPercent(cause.score)} of the evidence`,
    ...(why !== '' || lines.length > 0 ? [`   - For it${why === '' ? '' : `: ${why}`}`, ...lines] : []),
    ...(against.length > 0
      ? ['   - Against it', ...against]
      : ['   - Against it: nothing was found, which is no proof']),
  ].join('\n');
}

/** Markdown, a sentence each. */
function againstIt(cause: RootCause, report: Report, options: ExplainOptions): string[] {
  const { edges } = report.cascade;
  const said: string[] = [];
  for (const edge of edges.filter(({ from, counterexamples }) => from === cause.name && counterexamples.count > 0)) {
    const lines = lineLinks(edge.counterexamples.examples, options, MOST_LINES);
    const count = formatNumber(edge.counterexamples.count);
    said.push(
      `${count} against ${formatNumber(edge.support.count)} for that it reached ${escapeMarkdown(edge.to)}: ${lines}`,
    );
  }
  const behind = edges.filter(({ to, from }) => to === cause.name && from !== cause.name);
  for (const edge of behind.slice(0, MOST_LINES)) {
    said.push(`it may itself follow from ${escapeMarkdown(edge.from)} (${orderWords(edge)})`);
  }
  const ahead = edges.filter(({ from, order }) => from === cause.name && order === 'undetermined');
  if (ahead.length > 0) {
    const names = ahead.slice(0, MOST_LINES).map(({ to }) => escapeMarkdown(to));
    said.push(`times do not tell whether it failed before ${names.join(', ')}`);
  }
  const rival = cause === report.rootCauses[0] ? rivalOf(cause, report) : undefined;
  if (rival) said.push(`${escapeMarkdown(rival.name)} is nearly as likely (${formatPercent(rival.score)})`);
  return said;
}

export function rivalOf(cause: RootCause, { rootCauses }: Pick<Report, 'rootCauses'>): RootCause | undefined {
  return rootCauses.find((other) => other !== cause && other.score >= cause.score * NEAR);
}

function orderWords({ order }: CascadeEdge): string {
  return { proven: 'order proven', timestamp: 'by timestamps', undetermined: 'order undetermined' }[order];
}

/** The first cause in a sentence, for everybody. Markdown. */
export function causeSentence(report: Report, options: ExplainOptions): string {
  const [first] = report.rootCauses;
  if (!first) return 'What caused it cannot be told from these logs.';
  const [line] = first.evidence;
  const rival = rivalOf(first, report);
  const or = rival ? ` It may as well be **${escapeMarkdown(rival.name)}**.` : '';
  const said = line
    ? ` Its strongest sign is ${codeSpan(cut(plainText(line.message), MOST_MESSAGE))} (${lineLink(line, options)}).`
    : '';
  return `Most likely it began at **${escapeMarkdown(first.name)}** (${escapeMarkdown(kindWords(first))}), for which ${formatPercent(first.score)} of the evidence speaks.${or}${said} This is a likely cause and not a proven one.`;
}
