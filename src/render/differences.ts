/** What is more frequent in a part of a log than in the rest, as text. */
import type { Difference, Differences } from '../protocol.ts';
import { formatCount, formatNumber, formatPercent } from './number.ts';
import { cut, plainText } from './plain.ts';
import { heading, type TextOptions } from './section.ts';
import { wrap } from './table.ts';
import { place } from './words.ts';

const MAX_VALUE = 100;

/** Ends with a line break. */
export function differencesText({ selected, rest, unread, found }: Differences, options: TextOptions): string {
  const extent = `${formatCount(selected, ['entry', 'entries'])} against ${formatNumber(rest)}`;
  const lines = [heading('WHAT DIFFERS', extent, options)];
  if (found.length === 0) lines.push(`  ${nothing(selected, rest)}`);
  for (const each of found) {
    const said = wrap(differenceWords(each), options.width - 4);
    lines.push(...said.map((line, index) => (index === 0 ? `  - ${line}` : `    ${line}`)));
    lines.push(options.paint.dim(`    ${place(each.example)}`));
  }
  if (unread > 0) {
    lines.push(
      options.paint.dim(`  ${formatCount(unread, ['entry', 'entries'])} left out: only their text tells the side`),
    );
  }
  return `${lines.join('\n')}\n`;
}

function nothing(selected: number, rest: number): string {
  if (selected === 0) return 'nothing: no entry is selected';
  return rest === 0 ? 'nothing: all entries are selected' : 'nothing is markedly more frequent in what is selected';
}

/** `status=500: 180 of 200 (90 %), elsewhere 15 of 1,500 (1 %), × 90, in a sample`. */
function differenceWords(difference: Difference): string {
  return `${differenceName(difference)}: ${differenceSides(difference)}`;
}

export function differenceName({ kind, key, value }: Pick<Difference, 'kind' | 'key' | 'value'>): string {
  const text = cut(plainText(value), MAX_VALUE);
  switch (kind) {
    case 'message':
      return `${key === null ? '' : `${plainText(key)} says `}"${text}"`;
    case 'field':
      return `${plainText(key ?? '')}=${text}`;
    default:
      return `${kind} ${text}`;
  }
}

export function differenceSides({ inside, outside, ofInside, ofOutside, lift, isSampled }: Difference): string {
  const side = (some: number, all: number): string =>
    `${formatNumber(some)} of ${formatNumber(all)} (${formatPercent(some / all)})`;
  const times = outside === 0 ? 'never in the rest' : `× ${formatNumber(Math.round(lift * 10) / 10)}`;
  const sampled = isSampled ? ', in a sample' : '';
  return `${side(inside, ofInside)}, elsewhere ${side(outside, ofOutside)}, ${times}${sampled}`;
}
