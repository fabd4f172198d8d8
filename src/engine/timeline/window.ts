/** Which marks to ask for: windows with even bounds, so that panning asks seldom and answers can be kept. */
import type { Micros } from '../../model.ts';

export interface MarksWindow {
  from: Micros;
  to: Micros;
  buckets: number;
}

/** Narrower than two pixels, marks of one row could not be told apart. */
const PIXELS_A_MARK = 2;

/**
 * Three times the visible range, and a little more. A bucket is a power of two of microseconds, rounded down
 * from what two pixels show; the bounds are multiples of a power of two as well, so that views near
 * each other ask for the same window.
 */
export function marksWindow(from: Micros, to: Micros, pixels: number): MarksWindow {
  const span = Math.max(1, to - from);
  const bucket = powerOfTwo(Math.floor(Math.log2((span * PIXELS_A_MARK) / Math.max(1, pixels))));
  const page = Math.max(bucket, powerOfTwo(Math.floor(Math.log2(span / 2))));
  const start = Math.floor((from - span) / page) * page;
  const end = Math.ceil((to + span) / page) * page;
  return { from: start, to: end, buckets: Math.round((end - start) / bucket) };
}

export function windowKey({ from, to, buckets }: MarksWindow): string {
  return `${from} ${to} ${buckets}`;
}

function powerOfTwo(exponent: number): number {
  return 2 ** Math.max(0, exponent);
}
