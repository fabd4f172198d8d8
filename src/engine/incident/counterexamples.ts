/** What speaks against an edge. Evidence that nobody tried to refute convinces nobody. */
import type { Micros } from '../../model.ts';
import type { Study } from '../anomalies/study.ts';
import { NO_ID } from '../index/log.ts';
import type { Counterexamples, EdgeClaim } from './edge.ts';
import type { Hearing } from './testimony.ts';
import type { TraceTroubles } from './traceTroubles.ts';

/**
 * Three things speak against an edge: a trace in which the cause was in trouble and the affected,
 * though it took part, was not; a line that blames the cause in a trace where the cause took part
 * and shows nothing wrong; and trouble of the affected from before the cause's first sign.
 */
export function counterexamplesOf(
  claim: EdgeClaim,
  examples: readonly number[],
  study: Study,
  hearing: Hearing,
  troubles: TraceTroubles,
  tie: Micros,
): Counterexamples {
  const against = new Set([
    ...unaffectedTraces(claim, troubles),
    ...unfoundedBlames(claim, examples, study, troubles),
    ...earlierTroubles(claim, hearing, tie),
  ]);
  const entries = [...against].sort((a, b) => study.log.time[a] - study.log.time[b] || a - b);
  return { count: entries.length, entries };
}

function unaffectedTraces({ cause, affected }: EdgeClaim, troubles: TraceTroubles): number[] {
  const entries: number[] = [];
  for (const { first, stays } of troubles.values()) {
    const sign = cause.service === null ? undefined : first.get(cause.service);
    if (sign === undefined || affected.service === null || first.has(affected.service)) continue;
    if (stays.some(({ service }) => service === affected.service)) entries.push(sign);
  }
  return entries;
}

function unfoundedBlames(
  { cause }: EdgeClaim,
  examples: readonly number[],
  { log }: Study,
  troubles: TraceTroubles,
): number[] {
  const { service } = cause;
  if (service === null) return [];
  return examples.filter((entry) => {
    const trouble = log.trace[entry] === NO_ID ? undefined : troubles.get(log.trace[entry]);
    if (!trouble || trouble.first.has(service)) return false;
    return trouble.stays.some((stay) => stay.service === service);
  });
}

function earlierTroubles({ cause, affected }: EdgeClaim, hearing: Hearing, tie: Micros): number[] {
  const [before, after] = [hearing.suspects.get(cause), hearing.suspects.get(affected)];
  const onset = before?.onset;
  if (!onset || !after) return [];
  return after.testimony
    .filter(({ role, anomalous }) => anomalous && (role === 'own' || role === 'blames'))
    .filter(({ time }) => time !== null && onset.time - time > tie)
    .map(({ entry }) => entry.entry);
}
