/**
 * Two services whose clocks disagree: most calls between them are answered before they are asked, or outlast who
 * waits for them, all by the same time. It is told beside the anomalies, for it is no trouble of the services.
 */
import type { ClockOffset, Entry } from '../../model.ts';
import type { Log } from '../index/log.ts';
import type { Finding } from './study.ts';
import { THRESHOLDS, type Thresholds } from './thresholds.ts';

export const CLOCK_SKEW = 'clock-skew';

/** One finding a pair of services whose interval lies apart from zero. */
export async function findClockSkew(
  log: Log,
  offsets: readonly ClockOffset[],
  { ms }: Thresholds['clock-skew'] = THRESHOLDS['clock-skew'],
): Promise<Finding[]> {
  const apart = offsets.filter((offset) => isApart(offset, ms));
  const lines = await log.read(apart.flatMap(({ example }) => example.map(({ entry }) => entry)));
  return apart.map((offset, i) => findingOf(offset, lines[2 * i], lines[2 * i + 1]));
}

function isApart({ lowMs, highMs }: ClockOffset, leastMs: number): boolean {
  return (lowMs !== null && lowMs > leastMs) || (highMs !== null && highMs < -leastMs);
}

function findingOf(
  { reference, service, lowMs, highMs, calls, agreeing }: ClockOffset,
  line: Entry,
  effect: Entry,
): Finding {
  const isAhead = lowMs !== null && lowMs > 0;
  const [least, most] = isAhead ? [lowMs, highMs] : [-(highMs ?? 0), lowMs === null ? null : -lowMs];
  const [ahead, behind] = isAhead ? [service, reference] : [reference, service];
  const args = { ahead, behind, leastMs: least, calls, agreeing };
  return {
    rule: CLOCK_SKEW,
    severity: 'information',
    entry: line,
    time: line.timestamp,
    count: agreeing,
    badness: least,
    effect,
    message:
      most === null
        ? { key: 'clock-skew.at-least', args }
        : { key: 'clock-skew.between', args: { ...args, mostMs: most } },
  };
}
