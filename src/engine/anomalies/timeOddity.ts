/**
 * A service whose lines in a trace lie far from those of all others: a late log, a wrong clock or a
 * reused id, which the log alone cannot tell apart. It runs before all other rules, since such lines
 * must not set an onset nor a rank.
 */
import type { Finding, Study } from './study.ts';
import type { Survey } from './survey.ts';
import type { Thresholds } from './thresholds.ts';
import { eachSharedTrace, type Stay, staysOf } from './traces.ts';

/** Nearer than so many times the others' span is nothing odd. */
const SPANS = 10;
/** A service that is away this often over this many traces is made so: a consumer, a nightly job. */
const HABIT_SHARE = 0.2;
const HABIT_TRACES = 5;

const MOST_SHOWN = 200;

export const TIME_ODDITY = 'time-oddity';

interface Oddity {
  stay: Stay;
  gap: number;
  others: number;
}

/** The odd stays of the range; a service that is regularly away is none. */
export function findOddities(survey: Survey, { seconds }: Thresholds['time-oddity'], signal?: AbortSignal): Oddity[] {
  const found: Oddity[] = [];
  const shared = new Map<number, number>();
  eachSharedTrace(
    survey,
    (_, entries) => {
      const stays = staysOf(survey.log, entries);
      for (const { service } of stays) shared.set(service, (shared.get(service) ?? 0) + 1);
      for (const stay of stays) {
        const gap = gapToOthers(stay, stays, seconds * 1e6);
        if (gap !== null) found.push({ stay, gap, others: stays.length - 1 });
      }
    },
    signal,
  );
  const odd = new Map<number, number>();
  for (const { stay } of found) odd.set(stay.service, (odd.get(stay.service) ?? 0) + 1);
  return found.filter(({ stay }) => {
    const [away, all] = [odd.get(stay.service) ?? 0, shared.get(stay.service) ?? 0];
    return away < HABIT_TRACES || away < HABIT_SHARE * all;
  });
}

/** Null where the stay is near the others; of two, only the later one can be told to be away. */
function gapToOthers(stay: Stay, stays: readonly Stay[], least: number): number | null {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const other of stays) {
    if (other === stay) continue;
    from = Math.min(from, other.from);
    to = Math.max(to, other.to);
  }
  const gap = stay.from > to ? stay.from - to : from - stay.to;
  if (gap <= Math.max(least, SPANS * (to - from))) return null;
  return stays.length === 2 && stay.from < from ? null : gap;
}

/** One finding an odd stay, on its first line; of very many, the farthest. */
export async function tellOddities(all: readonly Oddity[], log: Study['log']): Promise<Finding[]> {
  const oddities = all.length <= MOST_SHOWN ? all : [...all].sort((a, b) => b.gap - a.gap).slice(0, MOST_SHOWN);
  const entries = await log.read(oddities.map(({ stay }) => stay.entries[0]));
  return oddities.map(({ stay, gap, others }, index) => ({
    rule: TIME_ODDITY,
    severity: 'information',
    entry: entries[index],
    time: entries[index].timestamp,
    count: stay.entries.length,
    badness: gap,
    effect: null,
    message: {
      key: 'time-oddity.away',
      args: { gapMs: gap / 1000, others, service: entries[index].service ?? '', text: entries[index].message },
    },
  }));
}
