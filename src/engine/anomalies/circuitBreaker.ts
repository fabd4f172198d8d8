/** A circuit breaker that is open, or tries whether it may close: somebody it calls has failed too often. */
import { breakerState } from './breakers.ts';
import type { Finding, Line, LineRule, ShownLine, Study, Verdict } from './study.ts';

/** Microseconds before it in which the failures that opened it are looked for. */
const FAILURES_WITHIN = 60e6;

export const circuitBreaker: LineRule = {
  name: 'circuit-breaker',
  quiet: true,
  habitual: true,
  judge({ entry, spoken, cluster }: Line): Verdict | null {
    const state = breakerState(spoken, entry.fields);
    if (state === null) return null;
    const args = { text: entry.message };
    return state === 'open'
      ? { severity: 'warning', badness: 10 + cluster.level, message: { key: 'circuit-breaker.open', args } }
      : { severity: 'information', badness: cluster.level, message: { key: 'circuit-breaker.half-open', args } };
  },
  evidence({ entry, time }: Finding, { loud }: Study): ShownLine[] {
    if (time === null) return [];
    const failures = loud.filter(
      (line) =>
        line.entry.service === entry.service &&
        line.entry.timestamp !== null &&
        line.entry.timestamp < time &&
        line.entry.timestamp >= time - FAILURES_WITHIN &&
        breakerState(line.spoken, line.entry.fields) === null,
    );
    const first = failures.reduce<Line | null>(
      (least, line) => (least === null || (line.entry.timestamp ?? 0) < (least.entry.timestamp ?? 0) ? line : least),
      null,
    );
    return first === null ? [] : [{ entry: first.entry, why: 'cause' }];
  },
};
