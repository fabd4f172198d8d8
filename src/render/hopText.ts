/** Who called whom in a trace, as a table of a terminal: one row a pair of services and way of knowing it. */
import type { Hop, Trace } from '../model.ts';
import { formatNumber } from './number.ts';
import { cut, plainText } from './plain.ts';
import type { TextOptions } from './section.ts';
import { alignRows } from './table.ts';
import { formatDuration } from './time.ts';
import { place } from './words.ts';

const MAX_NAME = 40;

/** How a hop is known, in words. */
export const HOP_WORDS: Readonly<Record<Hop['how'], string>> = {
  span: 'recorded by spans',
  peer: 'inferred: named in a field',
  mention: 'inferred: named in a message',
  order: 'inferred: order of the lines',
};

export function callsText({ hops }: Pick<Trace, 'hops'>, { paint }: TextOptions): string[] {
  if (hops.length === 0) return [];
  const rows = grouped(hops).map((calls) => {
    const [{ caller, callee, how, from, to }] = calls;
    return [
      `${cut(plainText(caller), MAX_NAME)} → ${cut(plainText(callee), MAX_NAME)}`,
      calls.length === 1 ? '' : `${formatNumber(calls.length)} times`,
      lagText(calls),
      HOP_WORDS[how],
      [from, to].flatMap((row) => (row === null ? [] : place(row))).join(' → '),
    ];
  });
  const lines = alignRows([['caller → callee', '', 'lag', 'known', 'lines'], ...rows], ALIGNS);
  return ['', paint.bold('CALLS'), ...lines.map((cells) => `  ${cells.join('  ')}`.trimEnd())];
}

const ALIGNS = ['left', 'right', 'right', 'left', 'left'] as const;

/** In order of the first of each. */
function grouped(hops: readonly Hop[]): [Hop, ...Hop[]][] {
  const groups = new Map<string, [Hop, ...Hop[]]>();
  for (const hop of hops) {
    const key = `${hop.caller}\n${hop.callee}\n${hop.how}`;
    const group = groups.get(key);
    if (group) group.push(hop);
    else groups.set(key, [hop]);
  }
  return [...groups.values()];
}

/** The median of those that are known; behind a minus where the clocks disagree. */
function lagText(calls: readonly Hop[]): string {
  const lags = calls.flatMap(({ lagMs }) => lagMs ?? []).sort((a, b) => a - b);
  if (lags.length === 0) return '';
  const lag = lags[lags.length >> 1];
  return lag < 0 ? `-${formatDuration(-lag)}` : formatDuration(lag);
}
