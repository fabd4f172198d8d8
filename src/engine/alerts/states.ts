/** The states of an alert, as Prometheus has them: pending while its condition holds, firing when it held long enough. */
import type { Micros } from '../../model.ts';

export interface Firing {
  /** When the condition began to hold. */
  pending: Micros;
  from: Micros;
  /** The first evaluation that found it ended; null where it fired to the last one. */
  to: Micros | null;
}

/** `holds[i]` is what the evaluation at `times[i]` found; a single false one ends everything. */
export function firingsOf(times: readonly Micros[], holds: readonly boolean[], forMs: number): Firing[] {
  const firings: Firing[] = [];
  let pending: Micros | null = null;
  let firing: Firing | null = null;
  for (let i = 0; i < times.length; i++) {
    if (!holds[i]) {
      if (firing) firing.to = times[i];
      pending = null;
      firing = null;
      continue;
    }
    pending ??= times[i];
    if (firing || times[i] - pending < forMs * 1000) continue;
    firing = { pending, from: times[i], to: null };
    firings.push(firing);
  }
  return firings;
}
