/**
 * Single calls that took far longer than their like. What goes on all through the log is how the
 * operation is, and what lies in a stretch in which it was slow as a whole, `latency-shift` tells.
 */
import type { Log } from '../index/log.ts';
import { medianOfSorted, sigmaAround } from './baseline.ts';
import type { Operation } from './durations.ts';
import { LEAST_SIGMA, logDuration } from './latencySlots.ts';
import type { LatencyShift } from './shifts.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';

const FEWEST_CALLS = 20;
const LEAST_Z = 3.5;
/** So many calls tell what is usual as well as all of them. */
const MOST_SAMPLED = 4096;
/** Of outliers more than one in so many calls, a long tail is usual. */
const RARE = 100;
const MOST_SHOWN = 8;

interface Outliers {
  operation: Operation;
  entries: number[];
  /** Milliseconds. */
  usual: number;
  sigma: number;
}

export const latencyOutlier: LogRule = {
  name: 'latency-outlier',
  async run(study: Study): Promise<LogVerdict> {
    const { log, operations } = study;
    const found = outliersIn(study);
    const shown = found.map((outliers) => slowestFirst(study, outliers.entries).slice(0, MOST_SHOWN));
    const lines = await log.read(shown.flat());
    let next = 0;
    const findings = found.flatMap(({ operation, entries, usual, sigma }, which) => {
      const isHabit = entries.length * RARE > operation.entries.length;
      return shown[which].map((number, index): Finding => {
        const entry = lines[next++];
        const duration = log.durationMs[number];
        return {
          rule: latencyOutlier.name,
          severity: isHabit ? 'hint' : 'information',
          entry,
          time: entry.timestamp,
          count: index === 0 ? 1 + entries.length - shown[which].length : 1,
          badness: (logDuration(log, number) - Math.log(usual)) / sigma,
          effect: null,
          message: {
            key: 'latency-outlier.call',
            args: { duration, usual, calls: operation.entries.length, text: entry.message },
          },
        };
      });
    });
    const most = operations.reduce((sum, { entries }) => Math.max(sum, entries.length), 0);
    const args = { most, needed: FEWEST_CALLS };
    return { findings, notRun: most < FEWEST_CALLS ? { key: 'not-run.few-durations', args } : null };
  },
};

function outliersIn({ log, operations, shifts, survey, thresholds }: Study): Outliers[] {
  const { times, ms } = thresholds['latency-outlier'];
  const slow = new Map<Operation, LatencyShift['slots']>();
  for (const { operation, slots } of shifts.found) slow.set(operation, [...(slow.get(operation) ?? []), ...slots]);
  return operations
    .filter(({ entries }) => entries.length >= FEWEST_CALLS)
    .map((operation): Outliers => {
      const { middle, sigma } = usualOf(log, operation);
      const usual = Math.exp(middle);
      const least = Math.max(usual * times, usual + ms, Math.exp(middle + LEAST_Z * sigma));
      const stretches = slow.get(operation) ?? [];
      const entries = [...operation.entries.keys()]
        .filter((at) => log.durationMs[operation.entries[at]] > least)
        .filter((at) => !stretches.some(({ from, to }) => at >= from && at < to))
        .map((at) => operation.entries[at])
        .filter(survey.includes);
      return { operation, entries, usual, sigma };
    })
    .filter(({ entries }) => entries.length > 0);
}

function usualOf(log: Log, { entries }: Operation): { middle: number; sigma: number } {
  const step = Math.ceil(entries.length / MOST_SAMPLED);
  const sample = entries.filter((_, at) => at % step === 0);
  const durations = Float64Array.from(sample, (entry) => logDuration(log, entry)).sort();
  const middle = medianOfSorted(durations);
  return { middle, sigma: Math.max(LEAST_SIGMA, sigmaAround(durations, middle)) };
}

function slowestFirst({ log }: Study, entries: readonly number[]): number[] {
  return [...entries].sort((one, other) => log.durationMs[other] - log.durationMs[one] || one - other);
}
