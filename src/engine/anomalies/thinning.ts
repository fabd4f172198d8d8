/**
 * Stretches in which a service was asked far less than before and than its share, though never so long nothing
 * that it would be a gap. At night everybody has less to do, and where others have more, that is their matter.
 */
import { countZ, FEWEST_BASELINE, median, preceding } from './baseline.ts';
import { type Buckets, bucketAt } from './buckets.ts';
import type { Requests } from './requests.ts';

/** Fewer to be expected in a bucket tell nothing when they are missing. */
const FEWEST_EXPECTED = 15;
const LEAST_FALL = 3;
const LEAST_Z = 5;
const MOST_APART = 2;

export interface Thinning {
  service: number;
  /** The first request in it, else the first behind it. */
  entry: number;
  /** Microseconds: the buckets. */
  from: number;
  to: number;
  buckets: number;
  requests: number;
  expected: number;
}

/** By the narrowest buckets that tell any of a service. */
export function thinnings(all: readonly Requests[], widths: readonly Buckets[]): Thinning[] {
  const found = new Map<number, Thinning[]>();
  for (const buckets of widths) {
    const counts = all.map(({ begins }) => countsOf(begins, buckets));
    const total = buckets.active.map((_, at) => counts.reduce((sum, own) => sum + own[at], 0));
    for (const [place, { service, begins, entries }] of all.entries()) {
      if (found.has(service) || begins.length < FEWEST_EXPECTED * FEWEST_BASELINE) continue;
      const stretches = stretchesOf(counts[place], total, buckets);
      const first = (from: number): number => entries[begins.findIndex((begin) => begin >= from)];
      if (stretches.length > 0)
        found.set(
          service,
          stretches.map((one) => ({ ...one, service, entry: first(one.from) })),
        );
    }
  }
  return all.flatMap(({ service }) => found.get(service) ?? []);
}

function countsOf(begins: Float64Array, buckets: Buckets): Uint32Array {
  const counts = new Uint32Array(buckets.active.length);
  let at = 0;
  for (const begin of begins) {
    const bucket = bucketAt(buckets, begin);
    while (at < counts.length && buckets.active[at] < bucket) at++;
    if (at < counts.length) counts[at]++;
  }
  return counts;
}

type Stretch = Omit<Thinning, 'service' | 'entry'>;

function stretchesOf(own: Uint32Array, total: readonly number[], { width, start, active }: Buckets): Stretch[] {
  const shares = total.map((all, at) => own[at] / Math.max(1, all - own[at]));
  const greatest = shares.reduce((most, share) => Math.max(most, share), 0);
  // After a rush that lasted, the usual is no fall.
  const typical = median(own);
  // Behind its last request nothing is thin: it has ended.
  const end = own.findLastIndex((count) => count > 0);
  const thin = new Set<number>();
  const found: Stretch[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let at = FEWEST_BASELINE; at < end; at++) {
    const others = total[at] - own[at];
    if (own[at] * LEAST_FALL > greatest * others) continue;
    const before = preceding(at, (place) => thin.has(place));
    if (before.length < FEWEST_BASELINE) continue;
    const usual = median(before.map((place) => shares[place]));
    const expected = Math.min(usual * others, typical, median(before.map((place) => own[place])));
    if (expected < FEWEST_EXPECTED || own[at] * LEAST_FALL > expected) continue;
    const spread = before.map((place) => {
      const due = usual * (total[place] - own[place]);
      return (own[place] - due) ** 2 / Math.max(1, due);
    });
    const dispersion = spread.reduce((sum, one) => sum + one, 0) / spread.length;
    if (-countZ(own[at], expected, dispersion) <= LEAST_Z) continue;
    thin.add(at);
    const [from, to] = [start + active[at] * width, start + (active[at] + 1) * width];
    const open = found[found.length - 1];
    if (open && at - last <= MOST_APART) {
      open.to = to;
      open.buckets++;
      open.requests += own[at];
      open.expected += expected;
    } else found.push({ from, to, buckets: 1, requests: own[at], expected });
    last = at;
  }
  return found;
}
