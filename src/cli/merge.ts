/** All entries of a log in order of time, a batch in memory at a time. */
import type { Log } from '../engine/index/log.ts';
import type { Entry, TimeRange } from '../model.ts';
import type { Query } from './query.ts';

/** Entries read back at once: enough to make reading worth it, few enough to hold. */
const BATCH = 2048;

export async function* mergedEntries(log: Log, range: TimeRange, query: Query | null): AsyncGenerator<Entry[]> {
  let batch: number[] = [];
  for (const entry of chosen(log, range, query)) {
    batch.push(entry);
    if (batch.length < BATCH) continue;
    yield await matching(log, batch, query);
    batch = [];
  }
  if (batch.length > 0) yield await matching(log, batch, query);
}

/** What the columns alone let pass. An entry without time goes with the one above it, as in the order. */
function* chosen(log: Log, { from, to }: TimeRange, query: Query | null): Generator<number> {
  let time = Number.NaN;
  for (const entry of log.order) {
    const own = log.time[entry] ?? Number.NaN;
    if (!Number.isNaN(own)) time = own;
    if (from !== null && !(time >= from)) continue;
    if (to !== null && !(time <= to)) continue;
    if (query === null || query.mayMatch(log.row(entry))) yield entry;
  }
}

async function matching(log: Log, batch: number[], query: Query | null): Promise<Entry[]> {
  const entries = await log.read(batch);
  return query === null ? entries : entries.filter((entry) => query.matches(entry));
}
