/** An operation that has become slower than it was. */
import type { Log } from '../index/log.ts';
import { FEWEST_BASELINE, median, quantileOfSorted } from './baseline.ts';
import { FEWEST_CALLS } from './latencySlots.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';

/** Milliseconds; of less than that nobody complains, unless something else is wrong as well. */
const LEAST_FELT = 20;
/** Microseconds; a shorter one is a hiccup, as of a pause for garbage, however many calls it hit. */
const LEAST_LASTING = 10e6;

export const latencyShift: LogRule = {
  name: 'latency-shift',
  async run(study: Study): Promise<LogVerdict> {
    const { log, operations, shifts } = study;
    const told = shifts.found.flatMap((shift) => {
      const { entries } = shift.operation;
      const slow = shift.slots.flatMap(({ from, to }) => [...entries.subarray(from, to)]);
      const inside = slow.filter(study.survey.includes);
      if (inside.length === 0) return [];
      const first = study.survey.includes(entries[shift.onset]) ? entries[shift.onset] : inside[0];
      return [{ shift, inside, first, slowest: slowestOf(log, inside) }];
    });
    const lines = await log.read(told.flatMap(({ first, slowest }) => [first, slowest]));
    const findings = told.map(({ shift, inside }, index): Finding => {
      const [first, slowest] = [lines[2 * index], lines[2 * index + 1]];
      const durations = Float64Array.from(inside, (entry) => log.durationMs[entry]).sort();
      const lasts = log.time[inside[inside.length - 1]] - log.time[inside[0]] >= LEAST_LASTING;
      const p50 = median(durations);
      const lone = shift.slots.length === 1 || !lasts || p50 - shift.usualMs < LEAST_FELT;
      return {
        rule: latencyShift.name,
        severity: lone ? 'information' : 'warning',
        entry: first,
        time: first.timestamp,
        until: log.time[inside[inside.length - 1]],
        lone,
        count: inside.length,
        badness: shift.z,
        effect: null,
        shown: [{ entry: slowest, why: 'worst' }],
        message: {
          key: 'latency-shift.median',
          args: {
            usual: shift.usualMs,
            p50,
            p95: quantileOfSorted(durations, 0.95),
            slowest: durations[durations.length - 1],
            count: inside.length,
            text: first.message,
          },
        },
      };
    });
    const most = operations.reduce((sum, { entries }) => Math.max(sum, entries.length), 0);
    const needed = (FEWEST_BASELINE + 1) * FEWEST_CALLS;
    return { findings, notRun: shifts.tests > 0 ? null : { key: 'not-run.few-durations', args: { most, needed } } };
  },
};

function slowestOf(log: Log, entries: readonly number[]): number {
  return entries.reduce((slowest, entry) => (log.durationMs[entry] > log.durationMs[slowest] ? entry : slowest));
}
