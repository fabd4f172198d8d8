/**
 * The edges of the cascade, from cause to affected: who is called stands before who calls. Explicit
 * names first; nesting and shared ids only where nobody names anybody.
 */
import type { CascadeEdge } from '../../incident.ts';
import type { Entry, Micros } from '../../model.ts';
import type { Study } from '../anomalies/study.ts';
import type { Call } from '../behaviour/callGraph.ts';
import { NO_ID } from '../index/log.ts';
import { counterexamplesOf } from './counterexamples.ts';
import type { Edge, EdgeClaim } from './edge.ts';
import { nestingEdges } from './nesting.ts';
import type { Parties, Party } from './parties.ts';
import { sharedIdEdges } from './sharedIds.ts';
import type { Hearing, Testimony } from './testimony.ts';
import type { TraceTroubles } from './traceTroubles.ts';

/** Below this (or the clock's resolution, where that is coarser) two onsets are a tie. Microseconds. */
const TIE = 50_000;
/** From so many traces on the lag is their median; of fewer it is the distance of the onsets. */
const LAG_TRACES = 3;

const STRENGTH: Record<CascadeEdge['confidence'], number> = { span: 5, peer: 4, mention: 3, order: 2, 'shared-id': 1 };

export function edgeClaims(
  study: Study,
  parties: Parties,
  hearing: Hearing,
  troubles: TraceTroubles,
  calls: readonly Call[],
): EdgeClaim[] {
  const claims = new Map<string, EdgeClaim>();
  for (const claim of recordedClaims(calls, parties)) claims.set(keyOf(claim), claim);
  for (const claim of explicitClaims(hearing)) {
    const recorded = claims.get(keyOf(claim));
    if (!recorded) claims.set(keyOf(claim), claim);
    else recorded.examples.unshift(...claim.examples);
  }
  for (const weaker of [nestingEdges(parties, troubles), sharedIdEdges(study, parties)]) {
    const unsettled = weaker.filter((claim) => !isSettled(claim, claims));
    for (const claim of unsettled) claims.set(keyOf(claim), claim);
  }
  return [...claims.values()]
    .filter(({ cause, affected }) => hearing.suspects.has(cause) && hearing.suspects.has(affected))
    .sort((one, other) => compareNames(one.cause, other.cause) || compareNames(one.affected, other.affected));
}

/** Only of edges that are shown: what speaks against an edge takes a look at all that speaks of its ends. */
export function weighEdges(
  claims: readonly EdgeClaim[],
  study: Study,
  hearing: Hearing,
  troubles: TraceTroubles,
): Edge[] {
  const tie = Math.max(TIE, clockResolution(study));
  return claims.map((claim) => weighed(claim, study, hearing, troubles, tie));
}

/** A span whose parent is of another service shows who called whom. */
function recordedClaims(calls: readonly Call[], parties: Parties): EdgeClaim[] {
  return calls.map(({ caller, callee, count, examples }) => ({
    cause: parties.service(callee),
    affected: parties.service(caller),
    confidence: 'span',
    support: count,
    examples: [...examples],
  }));
}

function explicitClaims(hearing: Hearing): EdgeClaim[] {
  const claims = new Map<string, EdgeClaim>();
  for (const { party, how, by, testimony } of hearing.accusations) {
    const claim: EdgeClaim = { cause: party, affected: by, confidence: how, support: 0, examples: [] };
    const known = claims.get(keyOf(claim)) ?? claim;
    if (STRENGTH[how] > STRENGTH[known.confidence]) known.confidence = how;
    known.support += testimony.stands;
    known.examples.push(testimony.entry.entry);
    claims.set(keyOf(claim), known);
  }
  return [...claims.values()];
}

/** A pair that stronger evidence knows already, either way round, needs no weaker. */
function isSettled(claim: EdgeClaim, claims: ReadonlyMap<string, EdgeClaim>): boolean {
  const reverse = { cause: claim.affected, affected: claim.cause };
  return claims.has(keyOf(claim)) || claims.has(keyOf(reverse));
}

function weighed(claim: EdgeClaim, study: Study, hearing: Hearing, troubles: TraceTroubles, tie: Micros): Edge {
  const { log } = study;
  const [cause, affected] = [claim.cause, claim.affected].map((party) => hearing.suspects.get(party));
  const [before, after] = [cause?.onset, affected?.onset];
  const distance = before && after ? after.time - before.time : null;
  const examples = [...new Set(claim.examples)].sort((a, b) => log.time[a] - log.time[b] || a - b);
  let order: Edge['order'] = 'undetermined';
  if (before && after && distance !== null && distance > tie) {
    const isNamed = claim.confidence === 'peer' || claim.confidence === 'mention';
    const namedLater = examples.some((entry) => log.time[entry] - before.time > tie);
    const areSeen = before.firsthand && !before.inferred && !after.inferred;
    order = isNamed && namedLater && areSeen ? 'proven' : 'timestamp';
  }
  const lags = order === 'undetermined' ? [] : lagsByTrace(study, examples, cause?.testimony ?? []);
  const lag = lags.length >= LAG_TRACES ? lags[lags.length >> 1] : distance;
  // A cause that shows later than its effect has no lag; the counterexamples tell of it.
  const isLag = lag !== null && lag >= -tie;
  return {
    ...claim,
    support: Math.round(claim.support),
    examples,
    order,
    lagMs: isLag ? lag / 1000 : null,
    against: counterexamplesOf(claim, examples, study, hearing, troubles, tie),
  };
}

/** For each trace, how long after the cause's first sign in it the affected names it; in ascending order. */
function lagsByTrace({ log }: Study, examples: readonly number[], signs: readonly Testimony[]): number[] {
  const firstSign = new Map<number, { entry: Entry; time: number }>();
  for (const { entry, time } of signs) {
    const trace = log.trace[entry.entry];
    const known = firstSign.get(trace);
    if (trace !== NO_ID && time !== null && (!known || time < known.time)) firstSign.set(trace, { entry, time });
  }
  const lags = new Map<number, number>();
  for (const entry of examples) {
    const trace = log.trace[entry];
    const sign = firstSign.get(trace);
    if (sign && sign.entry.entry !== entry && !lags.has(trace)) lags.set(trace, log.time[entry] - sign.time);
  }
  return [...lags.values()].sort((a, b) => a - b);
}

/** Microseconds between the times a log can tell apart: whole seconds where it writes no fractions. */
function clockResolution({ log, survey }: Study): Micros {
  let resolution = 1e6;
  const step = Math.max(1, Math.floor(log.count / 1000));
  for (let entry = 0; entry < log.count && resolution > 1; entry += step) {
    const time = log.time[entry];
    while (survey.includes(entry) && !Number.isNaN(time) && resolution > 1 && time % resolution !== 0) resolution /= 10;
  }
  return resolution;
}

function keyOf({ cause, affected }: Pick<EdgeClaim, 'cause' | 'affected'>): string {
  return `${cause.name}\n${affected.name}`;
}

function compareNames(one: Party, other: Party): number {
  return one.name < other.name ? -1 : one.name > other.name ? 1 : 0;
}
