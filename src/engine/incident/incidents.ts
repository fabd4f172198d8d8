/** Joins anomalies into incidents: by service or resource, by edge of the cascade, by trace, while the gaps are short. */
import type { Micros } from '../../model.ts';
import type { Finding } from '../anomalies/study.ts';
import type { Edge } from './edge.ts';
import type { Party } from './parties.ts';

/** The longest quiet time inside an incident: this, or so many buckets. Microseconds. */
const LONGEST_GAP = 30 * 60e6;
const GAP_BUCKETS = 10;

export interface Joined {
  finding: Finding;
  /** The service that logs it and the parties its line blames. */
  parties: readonly Party[];
  trace: number | null;
}

/** The incident number of each finding, counted from 0 in order of time. */
export function joinIncidents(findings: readonly Joined[], edges: readonly Edge[], bucket: Micros | null): number[] {
  const longest = Math.max(LONGEST_GAP, GAP_BUCKETS * (bucket ?? 0));
  const near = neighbours(edges);
  const parent = findings.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  const last = new Map<Party | number, number>();
  const time = (index: number): number => findings[index].finding.time ?? 0;
  const inTime = [...findings.keys()].sort((a, b) => time(a) - time(b) || a - b);
  for (const index of inTime) {
    const { parties, trace } = findings[index];
    const keys: (Party | number)[] = parties.flatMap((party) => [party, ...(near.get(party) ?? [])]);
    if (trace !== null) keys.push(trace);
    for (const key of keys) {
      const earlier = last.get(key);
      if (earlier !== undefined && time(index) - time(earlier) < longest) parent[root(index)] = root(earlier);
    }
    for (const party of parties) last.set(party, index);
    if (trace !== null) last.set(trace, index);
  }
  const numbers = new Map<number, number>();
  for (const index of inTime) if (!numbers.has(root(index))) numbers.set(root(index), numbers.size);
  return findings.map((_, index) => numbers.get(root(index)) ?? 0);
}

function neighbours(edges: readonly Edge[]): Map<Party, Party[]> {
  const near = new Map<Party, Party[]>();
  const add = (one: Party, other: Party): void => {
    near.set(one, [...(near.get(one) ?? []), other]);
  };
  for (const { cause, affected } of edges) {
    add(cause, affected);
    add(affected, cause);
  }
  return near;
}
