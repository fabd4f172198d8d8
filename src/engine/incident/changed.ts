/** Makes testimony of what changed: who behaves unlike usual is a suspect, whatever its lines say. */
import type { Message } from '../../incident.ts';
import { ERROR } from '../anomalies/survey.ts';
import type { Change, ChangeKind } from '../behaviour/changes.ts';
import type { Suspicions } from '../behaviour/suspicion.ts';
import { type Log, NO_ID, NO_SERVICE } from '../index/log.ts';
import type { Parties } from './parties.ts';
import { addTestimony, type Hearing } from './testimony.ts';

const WHY: Readonly<Record<ChangeKind, string>> = {
  'slow-work': 'why.slow-work',
  'slow-calls': 'why.slow-calls',
  'slow-to-call': 'why.slow-to-call',
  errors: 'why.errors',
  missing: 'why.missing',
  silent: 'why.silent',
  unanswered: 'why.unanswered',
  new: 'why.new',
};

/** Slighter changes are left out: they would only crowd the cascade. */
const LEAST_SCORE = 1;
/** What a change of steps weighs against its service where that blames another meanwhile. */
const BLAME_SHARE = 0.3;
const MOST_OF_TRACE = 2000;

export async function hearChanges(
  hearing: Hearing,
  { all, shown }: Suspicions,
  parties: Parties,
  log: Log,
): Promise<void> {
  const heard = all.flatMap(({ service, changes, explainedBy, score }) => {
    const whole = changes.reduce((sum, change) => sum + change.score, 0);
    const cause = explainedBy === null ? null : parties.service(explainedBy);
    return changes
      .filter((change) => change.score >= LEAST_SCORE)
      .map((change) => ({
        change,
        cause,
        party: parties.service(service),
        weight: (change.score * score) / whole,
        ...shown(change),
      }))
      .filter(({ entry }) => entry >= 0);
  });
  const entries = await log.read(heard.map(({ entry }) => entry));
  const blaming = new Set([...hearing.blamed.keys()].map((entry) => log.template[entry]));
  for (const [index, { change, cause, party, weight, first }] of heard.entries()) {
    const entry = entries[index];
    const isBlame = change.step !== null && blamesInTrace(log, entry.entry, blaming);
    addTestimony(hearing, party, {
      entry,
      service: log.service[entry.entry] ?? NO_SERVICE,
      role: 'changed',
      level: ERROR,
      weight: isBlame ? BLAME_SHARE * weight : weight,
      time: Number.isNaN(log.time[first]) ? entry.timestamp : log.time[first],
      inferred: false,
      anomalous: true,
      findings: 1,
      severe: true,
      fill: 0,
      usedUp: null,
      stands: change.now,
      reason: { why: whyOf(change, log, entry.message), explainedBy: cause },
    });
  }
}

/** Whether the service of an entry says in its trace what blames others elsewhere. */
function blamesInTrace({ ids, trace, service, template }: Log, entry: number, blaming: ReadonlySet<number>): boolean {
  if (blaming.has(template[entry])) return true;
  if (trace[entry] === NO_ID) return false;
  const near = ids.entries(trace[entry]).subarray(0, MOST_OF_TRACE);
  return near.some((other) => service[other] === service[entry] && blaming.has(template[other]));
}

function whyOf({ kind, now, of, usual, usualOf, slow, step }: Change, log: Log, text: string): Message {
  const counts = { now, of, usual, usualOf };
  if (slow) return { key: WHY[kind], args: { ...counts, ms: slow.ms, usualMs: slow.usualMs } };
  if (kind === 'missing' && step?.what === 'spoke') return { key: 'why.no-lines', args: { ...counts } };
  const isLack = kind === 'missing' && (step?.what === 'said' || step?.what === 'did');
  return { key: WHY[kind], args: { ...counts, text: isLack ? log.templates[step.which].text : text } };
}
