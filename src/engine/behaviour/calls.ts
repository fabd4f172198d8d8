/** Which spans are calls to another service, and which of them nobody answered. */
import { type Log, NO_SPAN } from '../index/log.ts';

/** Spans of a kind of which this share leads to another service are calls. */
const CALLS = 0.3;

export interface Calls {
  isUnanswered(entry: number): boolean;
}

export function callsOf(log: Log): Calls {
  const { spanParent, service, template } = log;
  if (spanParent === null) return { isUnanswered: () => false };
  const [leads, hasChild] = [new Uint8Array(log.count), new Uint8Array(log.count)];
  for (let entry = 0; entry < log.count; entry++) {
    const parent = spanParent[entry];
    if (parent < 0) continue;
    hasChild[parent] = 1;
    if (service[parent] !== service[entry]) leads[parent] = 1;
  }
  const kindOf = (entry: number): number => template[entry] * 2 ** 16 + service[entry];
  const kinds = new Map<number, { spans: number; leading: number }>();
  for (let entry = 0; entry < log.count; entry++) {
    if (spanParent[entry] === NO_SPAN) continue;
    const known = kinds.get(kindOf(entry)) ?? { spans: 0, leading: 0 };
    known.spans++;
    known.leading += leads[entry];
    kinds.set(kindOf(entry), known);
  }
  return {
    isUnanswered(entry) {
      if (hasChild[entry] === 1) return false;
      const kind = kinds.get(kindOf(entry));
      return kind !== undefined && kind.leading > 0 && kind.leading >= CALLS * kind.spans;
    },
  };
}
