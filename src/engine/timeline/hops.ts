/** Calls between the rows of a trace. */
import type { Hop } from '../../model.ts';
import type { TimelineHop, TimelineRow } from '../../protocol.ts';

/** More arrows than this cover each other; the first of each pair of rows go before the others. */
const MOST_HOPS = 300;

/** Those whose two ends have a line with a time in the picture. */
export function timelineHops(rows: readonly Pick<TimelineRow, 'name' | 'kind'>[], hops: readonly Hop[]): TimelineHop[] {
  const rowOf = new Map(rows.flatMap(({ name, kind }, row) => (kind === 'service' ? [[name, row] as const] : [])));
  const firsts: TimelineHop[] = [];
  const others: TimelineHop[] = [];
  const seen = new Set<string>();
  for (const { caller, callee, joined, how, from, to, lagMs } of hops) {
    const [fromRow, toRow] = [rowOf.get(caller), rowOf.get(callee)];
    const [fromTime, toTime] = [from?.timestamp ?? null, to?.timestamp ?? null];
    if (fromRow === undefined || toRow === undefined || fromTime === null || toTime === null || to === null) continue;
    const pair = `${fromRow} ${toRow}`;
    const hop = {
      from: fromRow,
      to: toRow,
      fromTime,
      toTime,
      inferred: joined === 'inferred',
      how,
      lagMs,
      entry: to.entry,
    };
    (seen.has(pair) ? others : firsts).push(hop);
    seen.add(pair);
  }
  return [...firsts, ...others].slice(0, MOST_HOPS);
}
