/** Who calls whom, as spans record it: a service's trouble may be that of one that it calls. */
import type { Visits } from './visits.ts';

const MOST_EXAMPLES = 50;

/** That one service called another: how often, and where visits of the other begin. */
export interface Call {
  caller: number;
  callee: number;
  count: number;
  examples: number[];
}

export function callsBetween({ count, caller, first, kind, services }: Visits): Call[] {
  const calls = new Map<number, Call>();
  for (let visit = 0; visit < count; visit++) {
    if (caller[visit] < 0) continue;
    const from = services[kind[caller[visit]]];
    const to = services[kind[visit]];
    const key = from * 2 ** 16 + to;
    const call = calls.get(key) ?? { caller: from, callee: to, count: 0, examples: [] };
    calls.set(key, call);
    call.count++;
    if (call.examples.length < MOST_EXAMPLES) call.examples.push(first[visit]);
  }
  return [...calls.values()];
}

/** Whom each service calls, directly or through others. Of two that call each other, neither explains the other. */
export function explainersOf(calls: readonly Call[]): Map<number, Set<number>> {
  const direct = new Map<number, Set<number>>();
  for (const { caller, callee } of calls) direct.set(caller, (direct.get(caller) ?? new Set()).add(callee));
  const all = new Map([...direct.keys()].map((service) => [service, reachable(service, direct)]));
  const isMutual = (one: number, other: number): boolean => all.get(other)?.has(one) === true;
  return new Map(
    [...all].map(([service, reached]) => [service, new Set([...reached].filter((other) => !isMutual(service, other)))]),
  );
}

function reachable(from: number, direct: ReadonlyMap<number, ReadonlySet<number>>): Set<number> {
  const reached = new Set<number>();
  const waiting = [from];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const service of direct.get(next) ?? []) {
      if (reached.has(service)) continue;
      reached.add(service);
      waiting.push(service);
    }
  }
  return reached;
}
