/** Of a very large log some traces stand for all: comparing shares takes hundreds of visits, not hundreds of thousands. */
import { type Log, NO_ID } from '../index/log.ts';

/** About so many entries are looked at; a log with up to twice as many is looked at whole. */
const LOOKED_AT = 200_000;

/** Whether an entry is looked at. Traces are taken or left whole. */
export function sampleOf({ count, trace }: Log): (entry: number) => boolean {
  let mask = 0;
  while (count / (mask + 1) >= 2 * LOOKED_AT) mask = mask * 2 + 1;
  if (mask === 0) return () => true;
  return (entry) => (scrambled(trace[entry] === NO_ID ? entry : trace[entry]) & mask) === 0;
}

/** A fixed mixing of bits, so that no rhythm of a log meets the rhythm of its sample. */
export function scrambled(number: number): number {
  const mixed = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
