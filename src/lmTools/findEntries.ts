/** Entries that match a query, in order of time, as Search Log finds them. */
import { type SearchState, searchPages } from '../host/searchPages.ts';
import { formatCount, formatNumber } from '../render/number.ts';
import { plainText } from '../render/plain.ts';
import type { Answer } from './answer.ts';
import type { Asking } from './asking.ts';
import { rowText } from './entryRow.ts';
import { InputFault } from './input.ts';
import type { ToolInput } from './table.ts';

const USUAL = 20;
const MOST_SERVICES = 10;

export async function findEntries(
  { query, limit = USUAL }: ToolInput<'causeway_findEntries'>,
  { log, zone, isWanted }: Asking,
): Promise<Answer> {
  let found: SearchState | undefined;
  for await (const state of searchPages(log, query, limit, isWanted)) found = state;
  if (found === undefined) return { about: ['The search was stopped.'], lines: [], narrower: '' };
  if (found.fault !== null) {
    const { problem, start, end } = found.fault;
    throw new InputFault(`The query can’t be understood: ${plainText(problem)} (characters ${start + 1} to ${end}).`);
  }
  const { hits, total, notes, services, isComplete } = found;
  const shown = hits.length < total ? `, the first ${formatNumber(hits.length)} of them in order of time follow` : '';
  const counted = `${isComplete ? '' : 'Before the search was stopped, '}${formatCount(total, ['entry matches', 'entries match'])}${shown}.`;
  return {
    about: [counted],
    lines: [
      ...notes.map((note) => `Note: ${plainText(note)}`),
      ...(total > 0 ? [servicesText(services)] : []),
      ...hits.map((hit) => rowText(hit, zone)),
    ],
    narrower: 'Ask for fewer entries, or narrow the query.',
  };
}

function servicesText(services: SearchState['services']): string {
  const all = [...services].sort((a, b) => b[1] - a[1]);
  const shown = all
    .slice(0, MOST_SERVICES)
    .map(([name, entries]) => `${name === null ? '(none)' : plainText(name)} ${formatNumber(entries)}`);
  const more = all.length - shown.length;
  return `By service: ${shown.join(', ')}${more > 0 ? `, ${formatNumber(more)} more` : ''}`;
}
