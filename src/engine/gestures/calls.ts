/** Which services of a trace called which, each pair once, as its hops tell. */
import type { ServiceCall, TraceCalls } from '../../gestures.ts';
import { type EntryRow, type Hop, LEVELS } from '../../model.ts';
import { hopsOf } from '../correlation/hops.ts';
import { type Log, NO_ID, NO_LEVEL, NO_SERVICE } from '../index/log.ts';

const ERROR = LEVELS.indexOf('error');
/** Places shown for a call. */
const MOST_PLACES = 100;

export async function callsOf(log: Log, id: number): Promise<TraceCalls | null> {
  if (id === NO_ID) return null;
  const calls = grouped(await hopsOf(log, id));
  return { id: log.ids.text(id), key: log.ids.key(id), services: servicesOf(log, log.ids.entries(id)), calls };
}

/**
 * Where the work goes on from an entry: the begin of the calls that it tells of, else of the next call of its service.
 */
export async function calleesOf(log: Log, id: number, entry: number): Promise<EntryRow[]> {
  if (id === NO_ID || !(entry >= 0 && entry < log.count) || log.service[entry] === NO_SERVICE) return [];
  const own = log.services[log.service[entry]];
  const hops = (await hopsOf(log, id)).filter(({ caller, to }) => caller === own && to !== null);
  const told = hops.filter(({ from }) => from?.entry === entry);
  const later = hops.filter(({ to }) => to !== null && (to.timestamp ?? 0) > log.time[entry]).slice(0, 1);
  return (told.length > 0 ? told : later).flatMap(({ to }) => to ?? []);
}

function servicesOf(log: Log, entries: Uint32Array): TraceCalls['services'] {
  const services = new Map<number, { entries: number; errors: number; first: number }>();
  for (const entry of entries) {
    const service = log.service[entry];
    if (service === NO_SERVICE) continue;
    const found = services.get(service) ?? { entries: 0, errors: 0, first: entry };
    services.set(service, found);
    found.entries++;
    if (log.level[entry] !== NO_LEVEL && log.level[entry] >= ERROR) found.errors++;
  }
  return [...services].map(([service, { first, ...counts }]) => ({
    name: log.services[service],
    ...counts,
    first: log.row(first),
  }));
}

/** In order of the first call of each pair. */
function grouped(hops: readonly Hop[]): ServiceCall[] {
  const pairs = new Map<string, Hop[]>();
  for (const hop of hops) {
    const pair = JSON.stringify([hop.caller, hop.callee]);
    pairs.set(pair, [...(pairs.get(pair) ?? []), hop]);
  }
  return [...pairs.values()].map((ofPair) => {
    const [{ caller, callee }] = ofPair;
    const lags = ofPair.flatMap(({ lagMs }) => lagMs ?? []).sort((a, b) => a - b);
    const places = (side: 'from' | 'to') => ofPair.flatMap((hop) => hop[side] ?? []).slice(0, MOST_PLACES);
    return {
      from: caller,
      to: callee,
      count: ofPair.length,
      medianLagMs: lags.length === 0 ? null : lags[lags.length >> 1],
      how: [...new Set(ofPair.map(({ how }) => how))],
      callers: places('from'),
      callees: places('to'),
    };
  });
}
