/** Which fields stand behind the messages of text formats. No column knows them, so a sample is read. */
import type { Log } from '../index/log.ts';

/** Entries read. A key that stands in fewer than one of as many may be missed, and is then said to be ignored. */
const SAMPLE = 512;

/** By file: of a text format, fields behind the message are no part of the layout. */
export function mayHaveTails(log: Log): boolean[] {
  return log.files.map(({ format }) => !/(?:json|logfmt)$/.test(format));
}

/** In lower case. */
export async function tailKeys(log: Log): Promise<ReadonlySet<string>> {
  const tails = mayHaveTails(log);
  const holders = log.order.filter((entry) => tails[log.file[entry]]);
  const step = Math.max(1, holders.length / SAMPLE);
  const sample: number[] = [];
  for (let at = 0; at < holders.length; at += step) sample.push(holders[Math.floor(at)]);
  const keys = new Set<string>();
  for (const { fields } of await log.read(sample)) for (const { key } of fields) keys.add(key.toLowerCase());
  return keys;
}
