/** Bars of one row that overlap in time lie above each other. */
import type { TimelineBar } from '../../protocol.ts';

/** More lanes than this would leave no height to see. */
export const MOST_LANES = 4;

/**
 * The lane of each bar, from 0 for the outermost: longer bars go below those they enclose. What
 * finds no free lane shares the last one.
 */
export function lanesOfBars(bars: readonly TimelineBar[]): Uint8Array {
  const lanes = new Uint8Array(bars.length);
  const order = bars.map((_, index) => index);
  order.sort((a, b) => bars[a].row - bars[b].row || bars[a].from - bars[b].from || bars[b].to - bars[a].to);
  let row = -1;
  let ends: number[] = [];
  for (const index of order) {
    const bar = bars[index];
    if (bar.row !== row) {
      row = bar.row;
      ends = [];
    }
    let lane = ends.findIndex((end) => end <= bar.from);
    if (lane === -1) lane = Math.min(ends.length, MOST_LANES - 1);
    ends[lane] = Math.max(ends[lane] ?? Number.NEGATIVE_INFINITY, bar.to);
    lanes[index] = lane;
  }
  return lanes;
}
