/**
 * Errors of one kind that a service never had and then has again and again. Counted in the service's entries, not in
 * buckets of time, so that it can be told of a short log and of a slow stream of errors too.
 */
import { type Log, NO_SERVICE } from '../index/log.ts';

/** Entries of the service without such an error, before which everything is new. */
const FEWEST_BEFORE = 30;
/** From the first on, at least this share of what the service says is such an error. */
const LEAST_SHARE = 0.1;
/** How likely errors that were there all along are to begin so late, and where that is as good as never. */
const LEAST_CHANCE = 1e-3;
const SURE_CHANCE = 1e-6;

export interface Onset {
  errors: number[];
  /** Entries of the service before the first, and from the first to the last. */
  before: number;
  among: number;
  isSure: boolean;
}

/** Of kinds of errors, each of one service and in order of time. */
export function onsetsOf(log: Log, kinds: readonly (readonly number[])[]): Onset[] {
  const ends = new Map<number, number>();
  for (const errors of kinds) {
    ends.set(errors[0], 0);
    ends.set(errors[errors.length - 1], 0);
  }
  // Of each first and last error, which entry of its service it is.
  const said = new Uint32Array(log.services.length);
  for (const entry of ends.size > 0 ? log.order : []) {
    const service = log.service[entry];
    if (service === NO_SERVICE || Number.isNaN(log.time[entry])) continue;
    if (ends.has(entry)) ends.set(entry, said[service]);
    said[service]++;
  }
  return kinds.flatMap((errors): Onset[] => {
    const service = log.service[errors[0]];
    if (service === NO_SERVICE) return [];
    const [before, last] = [ends.get(errors[0]) ?? 0, ends.get(errors[errors.length - 1]) ?? 0];
    const among = last - before + 1;
    if (before < FEWEST_BEFORE || errors.length < LEAST_SHARE * among) return [];
    // Errors of one second are one event, and say together what one says.
    const chance = (1 - before / said[service]) ** secondsOf(errors, log.time);
    return chance < LEAST_CHANCE ? [{ errors: [...errors], before, among, isSure: chance < SURE_CHANCE }] : [];
  });
}

function secondsOf(errors: readonly number[], time: Float64Array): number {
  return new Set(errors.map((entry) => Math.floor(time[entry] / 1e6))).size;
}
