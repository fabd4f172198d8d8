/**
 * Times as they would be if the clocks of services agreed: each service's are moved by the middle of its clock's offset.
 * For display, and only where somebody asks for it; nothing is concluded from such times.
 */
import type { ClockOffset, Hop } from '../../model.ts';
import type { Log } from '../index/log.ts';

export interface AppliedClocks {
  /** The log, but for its times. */
  log: Log;
  /** By the name of a service whose times are moved: by how much. */
  shiftMs: ReadonlyMap<string, number>;
}

export function applyClocks(log: Log, offsets: readonly ClockOffset[]): AppliedClocks {
  const shiftMs = clockShifts(offsets);
  const shift = Float64Array.from(log.services, (name) => Math.round((shiftMs.get(name) ?? 0) * 1000));
  const time = log.time.slice();
  for (let entry = 0; entry < time.length; entry++) {
    if (log.service[entry] < shift.length) time[entry] += shift[log.service[entry]];
  }
  return { log: { ...log, time }, shiftMs };
}

/** Calls between services at the times of a log whose clocks were applied. */
export function applyToHops({ log }: AppliedClocks, hops: readonly Hop[]): Hop[] {
  const moved = <T extends Hop['from']>(row: T): T => row && { ...row, timestamp: log.time[row.entry] };
  return hops.map((hop) => {
    const [from, to] = [moved(hop.from), moved(hop.to)];
    return { ...hop, from, to, lagMs: from && to ? (log.time[to.entry] - log.time[from.entry]) / 1000 : hop.lagMs };
  });
}

/**
 * Of services that calls connect, the one with the most calls keeps its times; from it on, each is moved against the one
 * that it was reached from. A clock that may be right is not moved, nor one that the calls leave undetermined.
 */
export function clockShifts(offsets: readonly ClockOffset[]): Map<string, number> {
  const certain = offsets.filter(({ lowMs, highMs }) => lowMs !== null && highMs !== null);
  const calls = new Map<string, number>();
  for (const offset of certain) {
    for (const name of [offset.reference, offset.service]) calls.set(name, (calls.get(name) ?? 0) + offset.calls);
  }
  const names = [...calls.keys()].sort((a, b) => (calls.get(b) ?? 0) - (calls.get(a) ?? 0) || (a < b ? -1 : 1));
  const shifts = new Map<string, number>();
  for (const root of names) {
    if (shifts.has(root)) continue;
    shifts.set(root, 0);
    const reached = [root];
    for (const known of reached) {
      for (const offset of certain) {
        const { reference, service } = offset;
        if (known !== reference && known !== service) continue;
        const other = known === reference ? service : reference;
        if (shifts.has(other)) continue;
        shifts.set(other, (shifts.get(known) ?? 0) + (other === service ? -middle(offset) : middle(offset)));
        reached.push(other);
      }
    }
  }
  return new Map([...shifts].filter(([, shift]) => shift !== 0));
}

/** 0 where the interval holds 0: such clocks may agree. */
function middle({ lowMs, highMs }: ClockOffset): number {
  if (lowMs === null || highMs === null || (lowMs <= 0 && highMs >= 0)) return 0;
  return (lowMs + highMs) / 2;
}
