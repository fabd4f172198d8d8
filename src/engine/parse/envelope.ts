/** Who takes off what a collector wrote around a record. */
import type { EnvelopeFormat } from '../formats/spec.ts';
import { JsonPeeler } from './jsonPeeler.ts';
import { NestedPeeler } from './nestedPeeler.ts';
import type { Peeler, PeelerTools } from './peeler.ts';
import { PrefixPeeler } from './prefixPeeler.ts';
import type { LineRecord } from './record.ts';

export function createPeeler(format: EnvelopeFormat, tools: PeelerTools): Peeler {
  if (format.nested) return new NestedPeeler(format.name, tools);
  return format.json
    ? new JsonPeeler(format.name, format.json.record, format.json.time)
    : new PrefixPeeler(format, tools);
}

/** Takes off all envelopes that a record wears, each kind once, in whatever order; `on` hears of each. */
export function peelAll(peelers: readonly Peeler[], record: LineRecord, on: (peeler: Peeler) => void): void {
  const worn = new Set<Peeler>();
  for (let found: Peeler | undefined; ; ) {
    found = peelers.find((peeler) => !worn.has(peeler) && peeler.peel(record, Number.NaN));
    if (!found) return;
    worn.add(found);
    on(found);
  }
}
