/** For every trace with trouble in it: who took part, and who showed trouble where first. */
import type { Findings } from '../anomalies/find.ts';
import { isLoud } from '../anomalies/survey.ts';
import { type Stay, staysOf } from '../anomalies/traces.ts';
import { NO_ID, NO_SERVICE } from '../index/log.ts';

/** The first so many troubled traces speak for all; more would only cost time. */
const MOST_TRACES = 5000;

export interface TraceTrouble {
  trace: number;
  stays: Stay[];
  /** The first loud (or begun and never ended) entry of each troubled service. */
  first: Map<number, number>;
}

export type TraceTroubles = ReadonlyMap<number, TraceTrouble>;

export function traceTroubles({ study, findings, odd }: Findings): TraceTroubles {
  const { log, survey } = study;
  const unended = new Set(findings.filter(({ rule }) => rule === 'unended-operation').map(({ entry }) => entry.entry));
  const traces = new Set<number>();
  for (const { entry } of study.loud) if (log.trace[entry.entry] !== NO_ID) traces.add(log.trace[entry.entry]);
  const troubles = new Map<number, TraceTrouble>();
  for (const trace of [...traces].slice(0, MOST_TRACES)) {
    const entries = [...log.ids.entries(trace)].filter(
      (entry) =>
        survey.includes(entry) &&
        !Number.isNaN(log.time[entry]) &&
        log.service[entry] !== NO_SERVICE &&
        !odd.has(entry),
    );
    const first = new Map<number, number>();
    for (const entry of entries) {
      if (!isLoud(log.level[entry]) && !unended.has(entry)) continue;
      if (!first.has(log.service[entry])) first.set(log.service[entry], entry);
    }
    if (first.size > 0) troubles.set(trace, { trace, stays: staysOf(log, entries), first });
  }
  return troubles;
}
