/** How far the clocks of services are apart, in words. */
import type { ClockOffset } from '../model.ts';
import { formatCount, formatNumber } from './number.ts';
import { plainText } from './plain.ts';
import { formatDuration } from './time.ts';

const MOST_SHOWN = 12;

/** `billing: 1.2 s to 1.4 s ahead of shop, by 9 of 9 calls`. */
export function clockWords(offset: ClockOffset): string {
  const { reference, service, calls, agreeing } = offset;
  const of = `by ${formatNumber(agreeing)} of ${formatCount(calls, ['call', 'calls'])}`;
  return `${plainText(service)}: ${intervalWords(offset)} ${plainText(reference)}, ${of}`;
}

function intervalWords({ lowMs, highMs }: ClockOffset): string {
  if (lowMs !== null && lowMs > 0) return `${rangeWords(lowMs, highMs)} ahead of`;
  if (highMs !== null && highMs < 0) return `${rangeWords(-highMs, lowMs === null ? null : -lowMs)} behind`;
  if (lowMs === null && highMs === null) return 'undetermined against';
  const [behind, ahead] = [lowMs, highMs].map((bound) =>
    bound === null ? 'any time' : formatDuration(Math.abs(bound)),
  );
  return `between ${behind} behind and ${ahead} ahead of`;
}

function rangeWords(least: number, most: number | null): string {
  return most === null ? `at least ${formatDuration(least)}` : `${formatDuration(least)} to ${formatDuration(most)}`;
}

/** For a terminal; nothing where no two services call each other often enough. */
export function clocksText(offsets: readonly ClockOffset[]): string {
  if (offsets.length === 0) return '';
  const lines = offsets.slice(0, MOST_SHOWN).map((offset) => `  ${clockWords(offset)}`);
  const left = offsets.length - MOST_SHOWN;
  return `\n${['CLOCKS, by calls between services', ...lines, ...(left > 0 ? [`  and ${formatNumber(left)} more`] : [])].join('\n')}\n`;
}
