/**
 * Edges from shared ids: where two services show trouble on the same order or request, nearly always
 * in the same order and after a like time. The weakest evidence; fewer than five pairs are none.
 */
import type { Study } from '../anomalies/study.ts';
import { isLoud } from '../anomalies/survey.ts';
import { NO_SERVICE } from '../index/log.ts';
import type { EdgeClaim } from './edge.ts';
import type { Parties } from './parties.ts';

const FEWEST_PAIRS = 5;
const SAME_ORDER = 0.8;
/** An id on more entries than this is no id of one thing. */
const MOST_ENTRIES = 200;
/** Lags are alike where half of them lie within this share of their median. */
const LIKE_LAG = 1;

interface Pairs {
  lags: number[];
  examples: number[];
}

export function sharedIdEdges({ log, survey }: Study, parties: Parties): EdgeClaim[] {
  const pairs = new Map<string, Pairs>();
  for (let id = 1; id <= log.ids.count; id++) {
    const entries = log.ids.entries(id);
    if (entries.length < 2 || entries.length > MOST_ENTRIES) continue;
    const first = new Map<number, number>();
    for (const entry of entries) {
      const service = log.service[entry];
      if (!isLoud(log.level[entry]) || service === NO_SERVICE || Number.isNaN(log.time[entry])) continue;
      if (survey.includes(entry) && parties.observedBy(service) === null && !first.has(service))
        first.set(service, entry);
    }
    if (first.size > 1) addPairs(pairs, [...first], log.time);
  }
  const claims: EdgeClaim[] = [];
  for (const [key, { lags, examples }] of pairs) {
    if (lags.length < FEWEST_PAIRS) continue;
    const [cause, affected] = key.split(' ').map(Number);
    const forward = lags.filter((lag) => lag > 0);
    if (forward.length < SAME_ORDER * lags.length || !areAlike(forward)) continue;
    claims.push({
      cause: parties.service(cause),
      affected: parties.service(affected),
      confidence: 'shared-id',
      support: forward.length,
      examples: examples.filter((_, index) => lags[index] > 0),
    });
  }
  return claims;
}

/** Each pair is counted both ways round; equal times speak for neither. */
function addPairs(pairs: Map<string, Pairs>, first: readonly (readonly [number, number])[], time: Float64Array): void {
  for (const [cause, causeEntry] of first) {
    for (const [affected, affectedEntry] of first) {
      if (cause === affected) continue;
      const known = pairs.get(`${cause} ${affected}`) ?? { lags: [], examples: [] };
      known.lags.push(time[affectedEntry] - time[causeEntry]);
      known.examples.push(affectedEntry);
      pairs.set(`${cause} ${affected}`, known);
    }
  }
}

function areAlike(lags: readonly number[]): boolean {
  const sorted = [...lags].sort((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  const deviations = sorted.map((lag) => Math.abs(lag - median)).sort((a, b) => a - b);
  return deviations[deviations.length >> 1] <= LIKE_LAG * median;
}
