/**
 * Who behaves unlike before, and since when. What was usual is told by any quiet stretch of the log, not only by the
 * minute before; where no range is asked about, the run of periods in which most changed is the one to explain.
 */
import type { TimeRange } from '../../model.ts';
import type { Log } from '../index/log.ts';
import { type Call, callsBetween, explainersOf } from './callGraph.ts';
import { type Behaviour, type Change, type ChangeKind, changesBetween, isSlow } from './changes.ts';
import { type Periods, periodsOf } from './periods.ts';
import type { Chosen } from './slowdowns.ts';
import { stepsOf } from './steps.ts';
import { timingsOf } from './timings.ts';
import { visitsOf } from './visits.ts';

/** What differs from one quiet stretch alone was seen in others, and counts half. */
const ONE_STRETCH = 0.5;
/** What a caller's changes weigh where somebody that it calls changed about as much: at least this share of it. */
const EXPLAINED = 0.4;
const AS_MUCH = 0.5;
/** A run of periods that is more than this share of the log is what is usual. */
const LONGEST_RUN = 0.6;
/** What the heaviest must weigh: of a range that somebody asks about, and of one found among many that were tried. */
const LEAST_ASKED = 6;
const LEAST_FOUND = 25;

export interface Suspicion {
  service: number;
  score: number;
  /** The heaviest of each kind, the heaviest first. */
  changes: Change[];
  /** A service that it calls, whose own change explains its. */
  explainedBy: number | null;
}

export interface Suspicions {
  /** The heaviest first; none where nothing changed enough. */
  all: Suspicion[];
  calls: Call[];
  /** An entry that shows a change, and the earliest that does; -1 where none is known. */
  shown(change: Change): { entry: number; first: number };
}

interface Weighed {
  all: Suspicion[];
  isNow: Chosen;
}

/** Of a log without anything to compare there are none. */
export function suspicionsIn(log: Log, range?: TimeRange, signal?: AbortSignal): Suspicions {
  const periods = periodsOf(log, range);
  if (periods.count < 2) return { all: [], calls: [], shown: () => ({ entry: -1, first: -1 }) };
  const visits = visitsOf(log);
  signal?.throwIfAborted();
  const steps = stepsOf(log, visits, periods);
  signal?.throwIfAborted();
  const behaviour = { log, visits, steps, series: timingsOf(log, periods) };
  const calls = callsBetween(visits);
  const explainers = explainersOf(calls);
  let best: Weighed = { all: [], isNow: () => false };
  for (const [first, last] of periods.asked === null ? runs(periods) : [[periods.asked, periods.asked]]) {
    signal?.throwIfAborted();
    const isNow = (period: number): boolean => period >= first && period <= last;
    const all = explained(weighed(behaviour, periods, isNow), explainers);
    if ((all[0]?.score ?? 0) > (best.all[0]?.score ?? 0)) best = { all, isNow };
  }
  const least = periods.asked === null ? LEAST_FOUND : LEAST_ASKED;
  return {
    all: (best.all[0]?.score ?? 0) >= least ? best.all : [],
    calls,
    shown({ slow, step, kind }) {
      if (slow) return { entry: slow.worst, first: slow.first };
      if (!step) return { entry: -1, first: -1 };
      const isLack = kind === 'missing' || kind === 'silent';
      const example = step.example.filter((entry, period) => entry >= 0 && best.isNow(period));
      const entry = isLack
        ? steps.without(step, best.isNow)
        : (example.sort((a, b) => log.time[a] - log.time[b])[0] ?? -1);
      return { entry, first: entry };
    },
  };
}

function runs({ count }: Periods): [number, number][] {
  const found: [number, number][] = [];
  for (let first = 0; first < count; first++) {
    for (let last = first; last < count && last - first + 1 <= LONGEST_RUN * count; last++) found.push([first, last]);
  }
  return found;
}

function weighed(behaviour: Behaviour, periods: Periods, isNow: Chosen): Suspicion[] {
  const usual: Chosen[] = [(period) => !isNow(period)];
  if (periods.asked !== null && periods.count > 2) {
    for (let stretch = 1; stretch < periods.count; stretch++) usual.push((period) => period === stretch);
  }
  const heaviest = new Map<number, Map<ChangeKind, Change>>();
  for (const [index, isUsual] of usual.entries()) {
    for (const change of changesBetween(behaviour, isNow, isUsual)) {
      const ofService = heaviest.get(change.service) ?? new Map<ChangeKind, Change>();
      heaviest.set(change.service, ofService);
      const score = change.score * (index === 0 ? 1 : ONE_STRETCH);
      if (score > (ofService.get(change.kind)?.score ?? 0)) ofService.set(change.kind, { ...change, score });
    }
  }
  return [...heaviest].map(([service, ofService]) => {
    const changes = counted([...ofService.values()].sort((a, b) => b.score - a.score));
    return { service, score: changes.reduce((sum, { score }) => sum + score, 0), changes, explainedBy: null };
  });
}

/** What is slow adds up. Of steps only the heaviest counts, for a visit that fails changes many. */
function counted(changes: readonly Change[]): Change[] {
  const step = changes.find((change) => !isSlow(change));
  return changes.map((change) => (isSlow(change) || change === step ? change : { ...change, score: 0 }));
}

function explained(all: readonly Suspicion[], explainers: ReadonlyMap<number, ReadonlySet<number>>): Suspicion[] {
  const scores = new Map(all.map(({ service, score }) => [service, score]));
  const scoreOf = (service: number): number => scores.get(service) ?? 0;
  const left = all.map((suspicion) => {
    const { service, score } = suspicion;
    const callees = [...(explainers.get(service) ?? [])].filter((callee) => scoreOf(callee) >= AS_MUCH * score);
    if (callees.length === 0) return suspicion;
    const explainedBy = callees.reduce((most, callee) => (scoreOf(callee) > scoreOf(most) ? callee : most));
    return { ...suspicion, score: EXPLAINED * score, explainedBy };
  });
  return left.sort((a, b) => b.score - a.score || a.service - b.service);
}
