/** A value past, or close to, a limit that stands in the same entry. */
import type { Message } from '../../incident.ts';
import type { Severity } from '../../model.ts';
import { type LimitPair, limitPairs } from './pairing.ts';
import type { Line, LineRule, Tuning, Verdict } from './study.ts';
import { isLoud } from './survey.ts';
import type { Thresholds } from './thresholds.ts';

/** Divisions like 49 / 50 must not fall below the mark they reach on paper. */
const ROUNDING = 1e-9;

const KEYS: Record<LimitPair['sort'], Message['key']> = {
  capacity: 'threshold-breach.capacity',
  ceiling: 'threshold-breach.ceiling',
  floor: 'threshold-breach.floor',
};

export const thresholdBreach: LineRule = {
  name: 'threshold-breach',
  quiet: true,
  habitual: false,
  judge(line: Line, { thresholds }: Tuning): Verdict | null {
    const loud = isLoud(line.cluster.level);
    let worst: Verdict | null = null;
    for (const pair of limitPairs(line.entry.fields)) {
      const severity = severityOf(pair, loud, thresholds['threshold-breach']);
      if (severity === null || (worst && worst.badness >= pair.ratio)) continue;
      const args = {
        value: written(pair.value.value),
        limit: written(pair.limit.value),
        valueKey: pair.value.key,
        limitKey: pair.limit.key,
        share: pair.ratio,
      };
      worst = { severity, badness: pair.ratio, message: { key: KEYS[pair.sort], args } };
    }
    return worst;
  },
};

/** How full the fullest capacity of a line is; 0 where it names none. On a quiet line only what is surely one counts. */
export function fillOf(line: Line): number {
  const loud = isLoud(line.cluster.level);
  const fills = limitPairs(line.entry.fields).filter((pair) => pair.sort === 'capacity' && (loud || pair.sure));
  return Math.max(0, ...fills.map((pair) => pair.ratio));
}

/** Where nobody complains, eight workers of at most eight are a setting, and fifty items of fifty a page. */
function severityOf(pair: LimitPair, loud: boolean, marks: Thresholds['threshold-breach']): Severity | null {
  if (!loud && pair.loose) return null;
  if (!loud && !pair.sure) return pair.ratio > 1 + ROUNDING ? 'information' : null;
  if (pair.sort !== 'capacity') return pair.ratio > 1 + ROUNDING ? 'warning' : null;
  const share = pair.ratio + ROUNDING;
  if (share >= marks.full) return 'error';
  if (share >= marks.high) return 'warning';
  if (share >= marks.near) return loud ? 'warning' : 'information';
  return null;
}

function written(value: unknown): string | number {
  return typeof value === 'number' ? value : String(value);
}
