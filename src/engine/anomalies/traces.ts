/** Traces as the rules see them: which service was there from when to when. */
import type { Log } from '../index/log.ts';
import { NO_SERVICE } from '../index/log.ts';
import { isRecordedSpan } from '../timeline/recordedSpan.ts';
import { LONGEST_WORK } from './durations.ts';
import type { Survey } from './survey.ts';

/** One service's part in one trace. */
export interface Stay {
  service: number;
  from: number;
  to: number;
  /** Timed entries in order of time. */
  entries: number[];
}

/** Calls back for each trace (any leading id) that at least two services share within the range. */
export function eachSharedTrace(
  survey: Survey,
  visit: (trace: number, entries: readonly number[]) => void,
  signal?: AbortSignal,
): void {
  const { log } = survey;
  for (let id = 1; id <= log.ids.count; id++) {
    if ((id & 0xfff) === 0) signal?.throwIfAborted();
    if (!log.ids.isTrace(id)) continue;
    const postings = log.ids.entries(id);
    if (postings.length < 2) continue;
    const entries: number[] = [];
    let [service, shared] = [NO_SERVICE, false];
    for (const entry of postings) {
      if (!survey.includes(entry) || Number.isNaN(log.time[entry]) || log.service[entry] === NO_SERVICE) continue;
      if (service === NO_SERVICE) service = log.service[entry];
      else if (log.service[entry] !== service) shared = true;
      entries.push(entry);
    }
    if (shared) visit(id, entries);
  }
}

/** An entry that says how long its work took was there from its begin. */
export function staysOf(log: Log, entries: readonly number[]): Stay[] {
  const stays = new Map<number, Stay>();
  for (const entry of entries) {
    const service = log.service[entry];
    const time = log.time[entry];
    const duration = log.durationMs[entry];
    const work = duration > 0 && duration <= LONGEST_WORK ? duration * 1000 : 0;
    const [from, to] = isRecordedSpan(log, entry) ? [time, time + work] : [time - work, time];
    const stay = stays.get(service);
    if (!stay) stays.set(service, { service, from, to, entries: [entry] });
    else {
      stay.from = Math.min(stay.from, from);
      stay.to = Math.max(stay.to, to);
      stay.entries.push(entry);
    }
  }
  return [...stays.values()];
}
