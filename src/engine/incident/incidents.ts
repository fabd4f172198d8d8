/** Joins anomalies into incidents: by service or resource, by edge of the cascade, by trace, while the gaps are short. */
import type { Micros } from '../../model.ts';
import type { Finding } from '../anomalies/study.ts';
import type { EdgeClaim } from './edge.ts';
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

/** A time in which the findings of one party follow each other without a long gap. */
interface Stretch {
  from: Micros;
  to: Micros;
  /** One of its findings; all of them are joined. */
  finding: number;
}

/** The incident number of each finding, counted from 0 in order of time. */
export function joinIncidents(
  findings: readonly Joined[],
  edges: readonly EdgeClaim[],
  bucket: Micros | null,
): number[] {
  const longest = Math.max(LONGEST_GAP, GAP_BUCKETS * (bucket ?? 0));
  const groups = disjointGroups(findings.length);
  const stretches = new Map<Party | number, Stretch[]>();
  const time = (index: number): number => findings[index].finding.time ?? 0;
  const inTime = [...findings.keys()].sort((a, b) => time(a) - time(b) || a - b);
  for (const index of inTime) {
    const { parties, trace } = findings[index];
    for (const key of trace === null ? parties : [...parties, trace]) {
      const known = stretches.get(key) ?? [];
      const last = known[known.length - 1];
      if (last && time(index) - last.to < longest) {
        groups.join(index, last.finding);
        last.to = time(index);
      } else known.push({ from: time(index), to: time(index), finding: index });
      stretches.set(key, known);
    }
  }
  // Edges join stretches, not findings: a service in trouble may have hundreds of neighbours.
  for (const { cause, affected } of edges) {
    for (const [one, other] of near(stretches.get(cause) ?? [], stretches.get(affected) ?? [], longest))
      groups.join(one.finding, other.finding);
  }
  const numbers = new Map<number, number>();
  for (const index of inTime) if (!numbers.has(groups.of(index))) numbers.set(groups.of(index), numbers.size);
  return findings.map((_, index) => numbers.get(groups.of(index)) ?? 0);
}

/** The pairs of stretches that overlap or lie nearer than `longest`; both lists are in order of time. */
function near(ones: readonly Stretch[], others: readonly Stretch[], longest: Micros): [Stretch, Stretch][] {
  const pairs: [Stretch, Stretch][] = [];
  let [at, beside] = [0, 0];
  while (at < ones.length && beside < others.length) {
    const [one, other] = [ones[at], others[beside]];
    if (Math.max(one.from, other.from) - Math.min(one.to, other.to) < longest) pairs.push([one, other]);
    if (one.to < other.to) at++;
    else beside++;
  }
  return pairs;
}

/** Groups of numbers that only ever grow together. */
function disjointGroups(count: number): { of(number: number): number; join(one: number, other: number): void } {
  const parent = Array.from({ length: count }, (_, index) => index);
  const of = (number: number): number => {
    let at = number;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  return {
    of,
    join: (one, other) => {
      parent[of(one)] = of(other);
    },
  };
}
