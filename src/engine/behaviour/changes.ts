/** What changed between what was usual and now, charged to services, and how heavily each change weighs. */
import type { Log } from '../index/log.ts';
import { shareShift } from './shares.ts';
import { type Chosen, excessOf, type Slowdown, slowdownsIn, slownessOf, type Tally } from './slowdowns.ts';
import { chargeWays } from './slowWays.ts';
import type { Step, Steps } from './steps.ts';
import type { Series } from './timings.ts';
import type { Visits } from './visits.ts';

/** Less than this is chance. */
const LEAST_Z = 3.5;
const MOST_Z = 20;
/** Slowness of less than this share more of all weighs less: in a big log, little is significant too. */
const WHOLE_SHARE = 0.2;
/** A step that at least this share of usual visits take, and now so many of them less. */
const REGULAR = 0.9;
const LEAST_LOST = 0.25;
/** A step that at most this share of usual visits take, and now so many more. */
const RARE = 0.02;
const LEAST_GAINED = 0.1;
const FEWEST_USUAL = 8;
const FEWEST_NOW = 4;
/** Who is called in at most this share of what was usual, by those whose calls go unanswered, is silent. */
const LEFT = 0.5;

/** What a change of each kind weighs; of slowness it is multiplied by the magnitude of the delay, of steps by their share. */
const WEIGHT = {
  'slow-work': 1.5,
  'slow-calls': 1.5,
  'slow-to-call': 1.5,
  errors: 2,
  missing: 1.5,
  silent: 1.5,
  unanswered: 0.3,
  new: 1,
} as const;

export type ChangeKind = keyof typeof WEIGHT;

export interface Change {
  kind: ChangeKind;
  /** The one that it is charged to. */
  service: number;
  score: number;
  /** How often now, of how many; and usually. */
  now: number;
  of: number;
  usual: number;
  usualOf: number;
  /** Of what is slow; null for steps. */
  slow: Tally | null;
  /** Of steps; null for what is slow. */
  step: Step | null;
}

/** A step of which visits took another share than usual. */
interface Compared {
  step: Step;
  now: number;
  of: number;
  usual: number;
  usualOf: number;
  z: number;
}

export interface Behaviour {
  log: Log;
  visits: Visits;
  series: readonly Series[];
  steps: Steps;
}

export function isSlow({ slow }: Change): boolean {
  return slow !== null;
}

export function changesBetween(behaviour: Behaviour, isNow: Chosen, isUsual: Chosen): Change[] {
  const slowdowns = slowdownsIn(behaviour.log, behaviour.series, isNow, isUsual);
  return [...slowChanges(slowdowns), ...stepChanges(behaviour, isNow, isUsual)];
}

function slowChanges(slowdowns: readonly Slowdown[]): Change[] {
  const work = slowdowns.filter(({ what }) => what === 'work');
  return [
    ...work.flatMap(({ service, tally }) => slowChange('slow-work', service, tally)),
    ...chargeWays(slowdowns, LEAST_Z).flatMap(({ service, isCaller, tally }) =>
      slowChange(isCaller ? 'slow-calls' : 'slow-to-call', service, tally),
    ),
  ];
}

function slowChange(kind: ChangeKind, service: number, tally: Tally): Change[] {
  const z = Math.min(MOST_Z, slownessOf(tally));
  if (z < LEAST_Z) return [];
  const { slow: now, n: of, usualSlow: usual, usualN: usualOf } = tally;
  const share = Math.min(1, (now / of - usual / usualOf) / WHOLE_SHARE);
  const score = WEIGHT[kind] * z * Math.log10(1 + excessOf(tally)) * share;
  return [{ kind, service, score, now, of, usual, usualOf, slow: tally, step: null }];
}

function stepChanges({ visits, steps }: Behaviour, isNow: Chosen, isUsual: Chosen): Change[] {
  const n = steps.visits.map((counts) => sum(counts, isNow));
  const usualN = steps.visits.map((counts) => sum(counts, isUsual));
  const compared = steps.all.flatMap((step): Compared[] => {
    const of = n[step.kind];
    const usualOf = usualN[step.kind];
    if (of < FEWEST_NOW || usualOf < FEWEST_USUAL) return [];
    const now = sum(step.visits, isNow);
    const usual = sum(step.visits, isUsual);
    const z = Math.min(MOST_Z, Math.abs(shareShift(now, of, usual, usualOf)));
    return z < LEAST_Z ? [] : [{ step, now, of, usual, usualOf, z }];
  });
  const silent = silentCallees(compared);
  return compared.flatMap((one): Change[] => {
    const { step, now, of, usual, usualOf, z } = one;
    const isSilent = silent.get(step.kind) === step;
    const kind = isSilent ? 'silent' : kindOf(one);
    // Where calls go unanswered, what is missing behind them follows from that.
    if (kind === null || (step.what === 'called' && kind === 'missing' && silent.has(step.kind))) return [];
    const service = visits.services[isSilent ? step.which : step.kind];
    const score = WEIGHT[kind] * z * Math.abs(now / of - usual / usualOf);
    return [{ kind, service, score, now, of, usual, usualOf, slow: null, step }];
  });
}

/**
 * By kind of visit whose calls go unanswered, the call that did: whoever is visited far less than usual. A caller that
 * gives up calls nobody any more, so that of several it is the one that is usually called first.
 */
function silentCallees(compared: readonly Compared[]): Map<number, Step> {
  const waiting = new Set(compared.flatMap((one) => (kindOf(one) === 'unanswered' ? one.step.kind : [])));
  const silent = new Map<number, Step>();
  for (const { step, now, of, usual, usualOf } of compared) {
    if (step.what !== 'called' || !waiting.has(step.kind) || now / of > (LEFT * usual) / usualOf) continue;
    const known = silent.get(step.kind);
    if (!known || step.after < known.after) silent.set(step.kind, step);
  }
  return silent;
}

function sum(counts: Uint32Array, chosen: Chosen): number {
  return counts.reduce((total, count, period) => total + (chosen(period) ? count : 0), 0);
}

function kindOf({ step, now, of, usual, usualOf }: Compared): ChangeKind | null {
  const { what, isError } = step;
  const share = usual / usualOf;
  const difference = now / of - share;
  if (what === 'unanswered') return difference >= LEAST_GAINED ? 'unanswered' : null;
  if (difference <= -LEAST_LOST && share >= REGULAR) return isError ? null : 'missing';
  if (difference >= LEAST_GAINED && share <= RARE) return isError ? 'errors' : 'new';
  return null;
}
