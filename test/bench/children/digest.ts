/** What columns hold, as few numbers: two indexers that filled them from the same input must agree on all of these. */
import { LEVELS } from '../../../src/model.ts';
import { FIRST_MOMENT } from '../traffic.ts';

export interface FilledColumns {
  count: number;
  /** Microseconds. */
  time: Float64Array;
  line: Uint32Array;
  /** Index in LEVELS. */
  level: Uint8Array;
  service: Uint16Array;
  services: readonly string[];
  /** A number for each trace; 0 is none. */
  trace: Uint32Array;
  durationMs: Float32Array;
}

export function digestOf(columns: FilledColumns): Record<string, number> {
  const { count, time, line, level, service, services, trace, durationMs } = columns;
  const digest: Record<string, number> = { entries: count, lines: 0, times: 0, durations: 0, timesOfTraces: 0 };
  const entriesOf = new Map<number, number>();
  for (let entry = 0; entry < count; entry++) {
    // Sums of whole milliseconds after the first moment stay exact.
    const ms = time[entry] / 1000 - FIRST_MOMENT;
    digest.times += ms;
    digest.lines += line[entry];
    if (!Number.isNaN(durationMs[entry])) digest.durations += durationMs[entry];
    if (trace[entry] !== 0) {
      digest.timesOfTraces += ms;
      entriesOf.set(trace[entry], (entriesOf.get(trace[entry]) ?? 0) + 1);
    }
    const levelName = `level ${LEVELS[level[entry]]}`;
    const serviceName = `service ${services[service[entry]]}`;
    digest[levelName] = (digest[levelName] ?? 0) + 1;
    digest[serviceName] = (digest[serviceName] ?? 0) + 1;
  }
  digest.traces = entriesOf.size;
  // Differs when entries are spread over the same number of traces in another way.
  digest.squares = 0;
  for (const entries of entriesOf.values()) digest.squares += entries * entries;
  return digest;
}
