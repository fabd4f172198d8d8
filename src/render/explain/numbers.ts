/** What an incident did, in numbers, and what is not known of that. */
import type { EntityImpact, Impact } from '../../explanation.ts';
import { escapeMarkdown, markdownTable } from '../markdown.ts';
import { formatCount, formatNumber, formatPercent } from '../number.ts';
import { cut, plainText } from '../plain.ts';
import { formatDuration } from '../time.ts';
import { moneyWords, worthWords } from './money.ts';
import { type Clock, type ExplainOptions, lineLink } from './options.ts';

const MOST_EXAMPLES = 10;
const MOST_ID = 60;

/** `5 of 8 (63 %)`. */
export function ofAll(part: number, all: number): string {
  const share = all === 0 ? '' : ` (${formatPercent(part / all)})`;
  return `${formatNumber(part)} of ${formatNumber(all)}${share}`;
}

/** `orders`; the word is of a key of the log. Plain text. */
export function kindsWord(kind: string): string {
  const word = cut(plainText(kind), MOST_ID);
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

export function numbersTable(impact: Impact): string {
  const { range, entries, errors, fatals, traces, entities, users } = impact;
  const rows = [
    ['Entries', formatNumber(entries)],
    ['At ERROR and above', `${formatNumber(errors)}${fatals > 0 ? `, ${formatNumber(fatals)} of them FATAL` : ''}`],
    ['Traces with an error', traces === null ? 'unknown: no entry has a trace id' : ofAll(traces.failed, traces.total)],
    ...entities.flatMap(entityRows),
    ...(entities.length === 0 ? [['Orders, payments and the like', 'unknown: entries have no ids of such']] : []),
    ['Users affected', users === null ? 'unknown: entries have no ids of users' : usersWords(users)],
  ];
  if (range.from !== null && range.to !== null) {
    rows.push(['From first to last sign', formatDuration((range.to - range.from) / 1000)]);
  }
  return markdownTable(
    ['', 'Number'],
    rows.map(([name, value]) => [`**${escapeMarkdown(name ?? '')}**`, escapeMarkdown(value ?? '')]),
  );
}

function entityRows(entity: EntityImpact): string[][] {
  const name = kindsWord(entity.kind);
  const rows = [[`Failed ${name}`, ofAll(entity.failed, entity.total)]];
  if (entity.failed === 0) return rows;
  const worth = worthWords(entity);
  if (worth !== null) rows.push([`Worth of failed ${name}`, worth]);
  return rows;
}

function usersWords({ kind, total, affected }: NonNullable<Impact['users']>): string {
  return `${ofAll(affected, total)}${kind === 'user' ? '' : `, by ${kind}`}`;
}

/** The failed ones of the kind that matters most, one a row. */
export function failedTable(impact: Impact, clock: Clock, options: ExplainOptions): string[] {
  const entity = impact.entities.find(({ failed }) => failed > 0);
  if (!entity) return [];
  const shown = entity.examples.slice(0, MOST_EXAMPLES);
  const rows = shown.map(({ id, amount, currency, failure }) => [
    escapeMarkdown(cut(plainText(id), MOST_ID)),
    clock(failure.timestamp),
    amount === null ? 'unknown' : escapeMarkdown(moneyWords(amount, currency)),
    escapeMarkdown(cut(plainText(failure.message), 100)),
    lineLink(failure, options),
  ]);
  const rest = entity.failed - shown.length;
  return [
    markdownTable([escapeMarkdown(entity.kind), 'first failure', 'worth', 'what its log says', 'line'], rows),
    ...(rest > 0 ? [`And ${formatCount(rest, ['more', 'more'])}.`] : []),
  ];
}

/** What somebody who reads the numbers would like to know, and the log does not tell. Plain text. */
export function unknowns({ traces, entities, users }: Impact): string[] {
  const failed = entities.filter((entity) => entity.failed > 0);
  const [first] = failed;
  return [
    ...(traces === null ? ['How many requests failed: entries have no trace ids.'] : []),
    ...(entities.length === 0 ? ['Which orders or payments failed: entries have no ids of such.'] : []),
    ...(first && first.amounts.length === 0
      ? [`What the failed ${kindsWord(first.kind)} were worth: no line says it.`]
      : []),
    ...failed
      .filter(({ looked, failed: all }) => looked < all)
      .map(
        ({ kind, looked }) => `What all failed ${kindsWord(kind)} were worth: ${formatNumber(looked)} were looked at.`,
      ),
    ...(users === null ? ['Who was affected: entries have no ids of users.'] : []),
  ];
}
