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

/** `status=500: 90 % of 200 entries, 1 % of 1,500 of the rest (× 90), in a sample`. */
function differenceWords({
  kind,
  key,
  value,
  inside,
  outside,
  ofInside,
  ofOutside,
  lift,
  isSampled,
}: Difference): string {
  const text = cut(plainText(value), MAX_VALUE);
  const name = {
    service: `service ${text}`,
    level: `level ${text}`,
    message: `${key === null ? '' : `${plainText(key)} says `}"${text}"`,
    field: `${plainText(key ?? '')}=${text}`,
  }[kind];
  const times = outside === 0 ? 'never in the rest' : `× ${formatNumber(Math.round(lift * 10) / 10)}`;
  const sides = `${formatNumber(inside)} of ${formatNumber(ofInside)} (${formatPercent(inside / ofInside)}), elsewhere ${formatNumber(outside)} of ${formatNumber(ofOutside)} (${formatPercent(outside / ofOutside)})`;
  return `${name}: ${sides}, ${times}${isSampled ? ', in a sample' : ''}`;
}
