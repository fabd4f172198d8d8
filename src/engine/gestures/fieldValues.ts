/** What a field holds all over the log: from a sample, for reading all of it back would take as long as a search. */
import type { FieldValues } from '../../gestures.ts';
import type { Field } from '../../model.ts';
import type { Log } from '../index/log.ts';
import { textOf } from '../query/values.ts';

/** Entries read: each is a read of its own where the log is large. */
const SAMPLE = 128;
const MOST_VALUES = 5;

/** The same card is asked for at each move of the pointer. */
const known = new WeakMap<Log, Map<string, Promise<FieldValues | null>>>();

export function fieldValuesOf(log: Log, key: string): Promise<FieldValues | null> {
  const ofLog = known.get(log) ?? new Map<string, Promise<FieldValues | null>>();
  known.set(log, ofLog);
  const found = ofLog.get(key) ?? look(log, key);
  ofLog.set(key, found);
  return found;
}

async function look(log: Log, key: string): Promise<FieldValues | null> {
  const has = Uint8Array.from(log.layouts, (keys) => Number(keys.includes(key)));
  let entries = 0;
  for (let entry = 0; entry < log.count; entry++) entries += has[log.layout[entry]] ?? 0;
  if (entries === 0) return null;
  const fields = (await log.read(spread(log, has, entries))).flatMap((entry) => {
    const field = entry.fields.find((each) => each.key === key);
    return field === undefined ? [] : [field];
  });
  return fields.length === 0 ? null : summary(key, entries, fields);
}

/** At even distances, for neighbours have the same values. */
function spread(log: Log, has: Uint8Array, entries: number): number[] {
  const step = Math.max(1, entries / SAMPLE);
  const sample: number[] = [];
  let seen = 0;
  for (let entry = 0; entry < log.count; entry++) {
    if ((has[log.layout[entry]] ?? 0) === 0) continue;
    if (seen++ >= sample.length * step) sample.push(entry);
  }
  return sample;
}

function summary(key: string, entries: number, fields: readonly Field[]): FieldValues {
  const counts = new Map<string, number>();
  for (const { value } of fields) counts.set(textOf(value), (counts.get(textOf(value)) ?? 0) + 1);
  const numbers = fields.flatMap(({ value }) => (typeof value === 'number' ? [value] : [])).sort((a, b) => a - b);
  const areNumbers = numbers.length === fields.length;
  return {
    key,
    entries,
    sampled: fields.length,
    distinct: counts.size,
    numbers: areNumbers
      ? { least: numbers[0], median: numbers[numbers.length >> 1], most: numbers[numbers.length - 1] }
      : null,
    values: [...counts]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, MOST_VALUES)
      .map(([text, count]) => ({ text, count })),
  };
}
