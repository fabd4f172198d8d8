/** The services of a log, and how busy each was when: from columns alone, in one pass. */
import { LEVELS } from '../../model.ts';
import type { ServiceTrend } from '../../overview.ts';
import { type Log, NO_LEVEL, NO_SERVICE } from '../index/log.ts';

const ERROR = LEVELS.indexOf('error');
const FATAL = LEVELS.indexOf('fatal');

/** The most troubled first. `buckets` of even length cover the time of the whole log, so that trends can be compared. */
export function serviceTrends(log: Log, buckets: number): ServiceTrend[] {
  const { time, level, service, services } = log;
  const [entries, errors, fatals] = [0, 1, 2].map(() => new Uint32Array(services.length));
  const [first, firstError] = [0, 1].map(() => new Int32Array(services.length).fill(-1));
  const firstTime = new Float64Array(services.length).fill(Infinity);
  const firstErrorTime = new Float64Array(services.length).fill(Infinity);
  const lastTime = new Float64Array(services.length).fill(-Infinity);
  const trend = new Uint32Array(services.length * buckets);
  const { from, perMicro } = bucketsOf(time, log.count, buckets);
  for (let entry = 0; entry < log.count; entry++) {
    const s = service[entry];
    if (s === NO_SERVICE) continue;
    const at = time[entry];
    entries[s]++;
    // Comparisons with the time of an entry that has none are false: it is the first only where nothing else is.
    if (first[s] < 0 || at < firstTime[s]) first[s] = entry;
    if (at < firstTime[s]) firstTime[s] = at;
    if (level[entry] !== NO_LEVEL && level[entry] >= ERROR) {
      errors[s]++;
      if (level[entry] === FATAL) fatals[s]++;
      if (firstError[s] < 0 || at < firstErrorTime[s]) firstError[s] = entry;
      if (at < firstErrorTime[s]) firstErrorTime[s] = at;
    }
    if (at > lastTime[s]) lastTime[s] = at;
    if (at >= from) trend[s * buckets + Math.min(buckets - 1, Math.floor((at - from) * perMicro))]++;
  }
  const trends = services.map(
    (name, s): ServiceTrend => ({
      name,
      entries: entries[s],
      errors: errors[s],
      fatals: fatals[s],
      first: log.row(Math.max(0, first[s])),
      firstError: firstError[s] < 0 ? null : log.row(firstError[s]),
      lastSeen: lastTime[s] === -Infinity ? null : lastTime[s],
      trend: [...trend.subarray(s * buckets, (s + 1) * buckets)],
    }),
  );
  return trends
    .filter((each) => each.entries > 0)
    .sort((a, b) => b.fatals - a.fatals || b.errors - a.errors || (a.name < b.name ? -1 : 1));
}

/** Stretches of even length from the first time to the last. */
function bucketsOf(time: Float64Array, count: number, buckets: number): { from: number; perMicro: number } {
  let [from, to] = [Infinity, -Infinity];
  for (let entry = 0; entry < count; entry++) {
    if (time[entry] < from) from = time[entry];
    if (time[entry] > to) to = time[entry];
  }
  return { from, perMicro: to > from ? buckets / (to - from) : 0 };
}
