/** The keys under which entries are correlated, and the values of each with how often they occur. */
import type { IdKeySummary, IdValuePage } from '../../overview.ts';
import type { Log } from '../index/log.ts';
import { best } from './best.ts';

/** An answer must stay small enough to be sent at once. */
const MOST_ROWS = 1000;

export interface IdList {
  /** Keys of traces first, then those with the most values. */
  readonly keys: readonly IdKeySummary[];
  /** The values of a key, those of the most entries first. */
  page(key: string, from: number, count: number): IdValuePage;
}

export function idList(log: Log): IdList {
  const { ids } = log;
  const byKey = new Map<string, { summary: IdKeySummary; values: number[] }>();
  for (let id = 1; id <= ids.count; id++) {
    const entries = ids.entries(id).length;
    // One that turned out to be another, written otherwise, has no entries of its own.
    if (entries === 0) continue;
    const key = ids.key(id);
    let found = byKey.get(key);
    if (!found) {
      found = { summary: { key, values: 0, entries: 0, leads: false }, values: [] };
      byKey.set(key, found);
    }
    found.summary.values++;
    found.summary.entries += entries;
    found.summary.leads ||= ids.isTrace(id);
    found.values.push(id);
  }
  const keys = [...byKey.values()].map(({ summary }) => summary);
  keys.sort((a, b) => Number(b.leads) - Number(a.leads) || b.values - a.values || (a.key < b.key ? -1 : 1));
  return {
    keys,
    page(key, from, count) {
      const values = byKey.get(key)?.values ?? [];
      const entries = (n: number) => ids.entries(values[n]);
      const isBefore = (a: number, b: number) => (entries(b).length - entries(a).length || a - b) < 0;
      const end = Math.min(from + Math.min(count, MOST_ROWS), values.length);
      const first = best(values.length, end, () => true, isBefore);
      return {
        total: values.length,
        values: first.slice(from).map((n) => ({
          id: ids.text(values[n]),
          entries: entries(n).length,
          first: log.row(entries(n)[0]),
        })),
      };
    },
  };
}
