/**
 * How long work took, by service and operation: recorded spans by their name, other entries that say
 * how long they took by their template. From columns alone.
 */

import { type Log, NO_SERVICE } from '../index/log.ts';
import { isSpanLayout } from '../timeline/recordedSpan.ts';

/** Milliseconds; a longer duration is a number of another unit or kind. */
export const LONGEST_WORK = 86_400_000;

/** The same work, again and again. */
export interface Operation {
  service: number;
  template: number;
  /** Its entries are recorded spans, whose time is that of their begin; that of others is of their end. */
  isSpan: boolean;
  /** Timed entries with a duration, in order of time. */
  entries: Uint32Array;
}

/** Operations in order of service, then template, so that nothing depends on who came first. */
export function operationsOf(log: Log): Operation[] {
  const spanLayouts = log.layouts.map(isSpanLayout);
  const spanFiles = log.files.map(({ spans }) => spans !== null);
  const isSpan = (entry: number): boolean => spanFiles[log.file[entry]] && spanLayouts[log.layout[entry]];
  const numbers = new Map<number, number>();
  const found: { service: number; template: number; isSpan: boolean; count: number }[] = [];
  const operation = new Int32Array(log.order.length).fill(-1);
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    if (!isWork(log, entry)) continue;
    const span = isSpan(entry);
    const key = (log.template[entry] * 65_536 + log.service[entry]) * 2 + (span ? 1 : 0);
    let number = numbers.get(key);
    if (number === undefined) {
      const { service, template } = { service: log.service[entry], template: log.template[entry] };
      number = found.push({ service, template, isSpan: span, count: 0 }) - 1;
      numbers.set(key, number);
    }
    found[number].count++;
    operation[at] = number;
  }
  const filled = new Uint32Array(found.length);
  const operations = found.map(({ count, ...known }): Operation => ({ ...known, entries: new Uint32Array(count) }));
  for (let at = 0; at < operation.length; at++) {
    const number = operation[at];
    if (number >= 0) operations[number].entries[filled[number]++] = log.order[at];
  }
  return operations.sort(
    (one, other) =>
      one.service - other.service || one.template - other.template || Number(one.isSpan) - Number(other.isSpan),
  );
}

function isWork(log: Log, entry: number): boolean {
  const duration = log.durationMs[entry];
  return (
    duration >= 0 && duration <= LONGEST_WORK && log.service[entry] !== NO_SERVICE && !Number.isNaN(log.time[entry])
  );
}
