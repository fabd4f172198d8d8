/** Even lengths of time: what axes and histograms are divided by. */
import { DAY, HOUR, MINUTE, SECOND } from '../../base/time.ts';
import type { Micros } from '../../model.ts';

const BELOW_A_SECOND = [1, 10, 100, 1_000, 10_000, 100_000].flatMap((unit) => [unit, 2 * unit, 5 * unit]);
const STEPS: readonly Micros[] = [
  ...BELOW_A_SECOND,
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7, 14, 28].map((days) => days * DAY),
];

/** The smallest length a person would choose that is not below `least`. */
export function evenStep(least: Micros): Micros {
  const step = STEPS.find((candidate) => candidate >= least);
  if (step !== undefined) return step;
  let days = 28;
  while (days * DAY < least) days *= 2;
  return days * DAY;
}

export interface Tick {
  time: Micros;
  /** What a clock shows there; `date` where a new day begins or nothing finer is shown. */
  label: string;
  isDate: boolean;
}

/** At most `count` ticks (and a few more at the ends) over a range, labelled in UTC. */
export function ticks(from: Micros, to: Micros, count: number): Tick[] {
  const step = evenStep((to - from) / Math.max(1, count));
  const found: Tick[] = [];
  for (let time = Math.ceil(from / step) * step; time <= to; time += step) {
    const isDate = time % DAY === 0;
    found.push({ time, label: isDate ? dateLabel(time) : clockLabel(time, step), isDate });
  }
  return found;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dateLabel(time: Micros): string {
  const date = new Date(Math.floor(time / 1000));
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** As fine as the step asks: `12:30`, `12:30:05`, `12:30:05.250`, `12:30:05.250125`. */
function clockLabel(time: Micros, step: Micros): string {
  const iso = new Date(Math.floor(time / 1000)).toISOString();
  if (step % MINUTE === 0) return iso.slice(11, 16);
  if (step % SECOND === 0) return iso.slice(11, 19);
  if (step % 1000 === 0) return iso.slice(11, 23);
  return iso.slice(11, 23) + String(((time % 1000) + 1000) % 1000).padStart(3, '0');
}
