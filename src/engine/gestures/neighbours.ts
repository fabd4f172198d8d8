/** What comes before and after an entry in order of time: of its trace, of its service, the next error. */
import type { Neighbours, Surroundings } from '../../gestures.ts';
import { type EntryRow, LEVELS, type Micros } from '../../model.ts';
import { type Log, NO_ID, NO_LEVEL, NO_SERVICE } from '../index/log.ts';

const ERROR = LEVELS.indexOf('error');

/** Where each entry stands in the log's order; made once somebody asks, for most logs are never asked. */
const places = new WeakMap<Log, Uint32Array>();

function placeOf(log: Log, entry: number): number {
  let place = places.get(log);
  if (!place) {
    place = new Uint32Array(log.count);
    for (let at = 0; at < log.count; at++) place[log.order[at]] = at;
    places.set(log, place);
  }
  return place[entry];
}

export function neighbourAlong(log: Log, entry: number, along: 'service' | 'error', step: 1 | -1): EntryRow | null {
  if (!(entry >= 0 && entry < log.count)) return null;
  const { service, level } = log;
  const own = service[entry];
  if (along === 'service' && own === NO_SERVICE) return null;
  for (let at = placeOf(log, entry) + step; at >= 0 && at < log.count; at += step) {
    const other = log.order[at];
    const fits = along === 'service' ? service[other] === own : level[other] >= ERROR && level[other] !== NO_LEVEL;
    if (fits) return log.row(other);
  }
  return null;
}

export function surroundingsOf(log: Log, entry: number): Surroundings {
  const { ids, services } = log;
  const trace = log.trace[entry];
  const service = log.service[entry];
  return {
    entry: log.row(entry),
    logEnd: endOf(log),
    trace: trace === NO_ID ? null : { key: ids.key(trace), id: ids.text(trace), ...inTrace(log, trace, entry) },
    service:
      service === NO_SERVICE
        ? null
        : {
            name: services[service],
            previous: neighbourAlong(log, entry, 'service', -1),
            next: neighbourAlong(log, entry, 'service', 1),
          },
  };
}

function inTrace(log: Log, trace: number, entry: number): Neighbours {
  const entries = log.ids.entries(trace);
  const at = entries.indexOf(entry);
  const row = (place: number) => (at >= 0 && place >= 0 && place < entries.length ? log.row(entries[place]) : null);
  return { previous: row(at - 1), next: row(at + 1) };
}

function endOf(log: Log): Micros | null {
  return log.files.reduce<Micros | null>(
    (last, { to }) => (to !== null && (last === null || to > last) ? to : last),
    null,
  );
}
