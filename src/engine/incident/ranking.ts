/**
 * Ranks who may have caused it all. A small log has no statistics, so that levels, breaches, blame
 * and saturation decide; what trouble of a callee explains counts less. Candidates, never *the* cause.
 */
import type { Message } from '../../incident.ts';
import { ERROR, FATAL } from '../anomalies/survey.ts';
import type { EdgeClaim } from './edge.ts';
import type { Party } from './parties.ts';
import { byStrength, type Hearing, type Suspect, type Testimony } from './testimony.ts';

const SATURATION_WEIGHT = 20;
/** The share of its capacity from which a resource counts as saturated. */
const SATURATED = 0.9;
/** What is left of a party's weight when a party it calls errs too. */
const EXPLAINED_AWAY = 0.3;
/** Who is explained by another that weighs at least this share of what it weighs itself keeps so much of how it changed. */
const AS_MUCH = 0.5;
const CHANGE_EXPLAINED_AWAY = 0.4;
const MOST_CANDIDATES = 5;
const MOST_EVIDENCE = 3;
/** The first must outweigh the second by this, and weigh this much at all, to be named. */
const LEAST_LEAD = 1.1;
const LEAST_WEIGHT = 4;

export interface Candidate {
  party: Party;
  /** The service most of whose lines testify. */
  witness: number | null;
  score: number;
  why: Message[];
  evidence: Testimony[];
}

interface Weighed {
  suspect: Suspect;
  weight: number;
  explainedBy: Party | null;
  onset: number;
}

/**
 * The candidates, the likeliest first. Bare levels make nobody one. None are named where the evidence is
 * thin: nothing more than words speaks against the first, or it hardly leads the second.
 */
export function rank(hearing: Hearing, edges: readonly EdgeClaim[]): Candidate[] {
  const suspects = [...hearing.suspects.values()].filter(({ onset }) => onset !== null);
  const explanations = explanationsOf(hearing, edges);
  const weighed = suspects.map((suspect) => weigh(suspect, explanations));
  weighed.sort(
    (one, other) =>
      other.weight - one.weight ||
      one.onset - other.onset ||
      (one.suspect.party.name < other.suspect.party.name ? -1 : 1),
  );
  const [first, second] = weighed;
  if (!first || first.weight < LEAST_WEIGHT || !isConvincing(first.suspect)) return [];
  if (second && first.weight < LEAST_LEAD * second.weight) return [];
  const sum = weighed.reduce((total, { weight }) => total + weight, 0);
  return weighed
    .slice(0, MOST_CANDIDATES)
    .filter(({ weight }) => weight > 0)
    .map((candidate) => ({
      party: candidate.suspect.party,
      witness: candidate.suspect.party.service ?? mainWitness(candidate.suspect),
      score: candidate.weight / sum,
      why: reasons(candidate),
      evidence: evidenceOf(candidate.suspect),
    }));
}

/** Who is spoken of in these roles cannot speak for itself. A service that logs, and says nothing, is blamed in vain. */
const VOICELESS: ReadonlySet<Testimony['role']> = new Set(['about', 'observed', 'unended']);

/**
 * Somebody erred over it, and not by its own words alone: a limit was passed, a call timed out, it gave
 * up, something is used up, or another blames it that has a log where it has none.
 */
function isConvincing({ testimony }: Suspect): boolean {
  const roles = new Set(testimony.map(({ role }) => role));
  // A silence may be nothing but a pause; with somebody who fails over it, it is none.
  if (roles.has('changed') || (roles.has('absent') && roles.has('blamed'))) return true;
  const erred = testimony.some(({ anomalous, level, role }) => anomalous && level >= ERROR && role !== 'unended');
  return erred && testimony.some(({ severe, fill, role }) => severe || fill >= SATURATED || VOICELESS.has(role));
}

/** How heavily all that is said speaks against a party, whatever explains it. */
export function weightOf(suspect: Suspect): number {
  const spoken = suspect.testimony.reduce((sum, { weight }) => sum + weight, 0);
  return spoken + (saturation(suspect) ? SATURATION_WEIGHT : 0);
}

function weigh(suspect: Suspect, explanations: ReadonlyMap<Party, Party>): Weighed {
  const cause = explanations.get(suspect.party) ?? null;
  const changed = suspect.testimony.filter(({ role }) => role === 'changed');
  const change = changed.reduce((sum, { weight }) => sum + weight, 0);
  const explained = changed.find(({ reason }) => reason?.explainedBy)?.reason?.explainedBy ?? null;
  const isLighter = cause !== null && explained === null;
  return {
    suspect,
    weight:
      (weightOf(suspect) - change) * (cause ? EXPLAINED_AWAY : 1) + change * (isLighter ? CHANGE_EXPLAINED_AWAY : 1),
    explainedBy: explained ?? cause,
    onset: suspect.onset?.time ?? Number.POSITIVE_INFINITY,
  };
}

/** For each affected party, the first of its causes that errs. */
function explanationsOf({ suspects }: Hearing, edges: readonly EdgeClaim[]): Map<Party, Party> {
  const erring = new Set([...suspects.values()].filter(errs).map(({ party }) => party));
  const explanations = new Map<Party, Party>();
  for (const { cause, affected, confidence } of edges) {
    if (!erring.has(cause) || explanations.has(affected)) continue;
    // That one calls the other explains nothing by itself: the other must be in about as much trouble.
    const [blamed, blaming] = [suspects.get(cause), suspects.get(affected)].map((one) => (one ? weightOf(one) : 0));
    const isChanged = suspects.get(affected)?.testimony.some(({ role }) => role === 'changed');
    if ((confidence === 'span' || isChanged) && blamed < AS_MUCH * blaming) continue;
    explanations.set(affected, cause);
  }
  return explanations;
}

/** What is said in these roles shows no error of the party itself. */
const NOT_ERRING: ReadonlySet<Testimony['role']> = new Set(['blamed', 'unended', 'changed']);

/** Whether there is evidence at ERROR against a party, beyond the blame of a service that can speak for itself. */
function errs({ testimony }: Suspect): boolean {
  return testimony.some(({ role, level }) => !NOT_ERRING.has(role) && level >= ERROR);
}

/** The line that tells of the fullest capacity of the party itself; null where it is not saturated. */
function saturation({ testimony }: Suspect): Testimony | null {
  const own = testimony.filter(({ role, fill }) => role !== 'blames' && role !== 'blamed' && fill >= SATURATED);
  return own.sort((one, other) => other.fill - one.fill || byStrength(one, other))[0] ?? null;
}

function mainWitness({ testimony }: Suspect): number | null {
  const weights = new Map<number, number>();
  for (const { role, service, weight } of testimony) {
    if (role !== 'observed') weights.set(service, (weights.get(service) ?? 0) + weight);
  }
  const witnesses = [...weights].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  return witnesses[0]?.[0] ?? testimony[0]?.service ?? null;
}

function reasons({ suspect, explainedBy }: Weighed): Message[] {
  const why: Message[] = [];
  const of = (...roles: Testimony['role'][]) => suspect.testimony.filter(({ role }) => roles.includes(role));
  const full = saturation(suspect);
  if (full) why.push(fullness(full));
  // Of one kind, one is enough: the lines tell of the others.
  const told = new Map<string, Message>(
    suspect.testimony.flatMap(({ reason }) => (reason ? [[reason.why.key, reason.why] as const] : [])),
  );
  why.push(...told.values());
  const spoken = of('own', 'about', 'observed');
  if (spoken.length > 0) why.push({ key: 'why.levels', args: countLevels(spoken) });
  const observed = of('observed');
  if (observed.length > 0) {
    why.push({ key: 'why.observed', args: { observer: observed[0].entry.service ?? '', lines: count(observed) } });
  }
  const unended = of('unended');
  if (unended.length > 0)
    why.push({ key: 'why.unended', args: { count: count(unended), text: unended[0].entry.message } });
  const blamed = of('blamed');
  if (blamed.length > 0) {
    const services = new Set(blamed.map(({ service }) => service)).size;
    why.push({ key: 'why.blamed', args: { lines: count(blamed), services } });
  }
  if (explainedBy) why.push({ key: 'why.explained', args: { cause: explainedBy.name } });
  return why;
}

function fullness({ usedUp, fill, entry }: Testimony): Message {
  const text = entry.message;
  if (usedUp !== null) return { key: 'why.used-up', args: { symptom: usedUp, text } };
  return { key: 'why.saturated', args: { share: fill, text } };
}

function countLevels(testimony: readonly Testimony[]): Record<string, number> {
  const at = (low: number, high: number) => count(testimony.filter(({ level }) => level >= low && level < high));
  return { warnings: at(0, ERROR), errors: at(ERROR, FATAL), fatals: at(FATAL, Number.POSITIVE_INFINITY) };
}

function count(testimony: readonly Testimony[]): number {
  return Math.round(testimony.reduce((sum, { stands }) => sum + stands, 0));
}

/** The strongest line, the earliest sign, and the word of another service; else the next strongest. */
function evidenceOf({ testimony }: Suspect): Testimony[] {
  const sorted = [...testimony].sort(byStrength);
  const [strongest] = sorted;
  const timed = sorted.filter(({ time, anomalous }) => time !== null && anomalous);
  const earliest = timed.sort((one, other) => (one.time ?? 0) - (other.time ?? 0))[0];
  const other = sorted.find(({ service }) => service !== strongest?.service);
  const chosen = new Map<number, Testimony>();
  for (const line of [strongest, earliest, other, ...sorted]) {
    if (line && chosen.size < MOST_EVIDENCE) chosen.set(line.entry.entry, chosen.get(line.entry.entry) ?? line);
  }
  return [...chosen.values()];
}
