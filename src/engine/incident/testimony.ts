/**
 * Gathers, for each service and resource, the lines that speak about it, and how heavily. A line
 * that blames another weighs little against its own service and fully against a resource, which has
 * no voice of its own.
 */
import type { Message } from '../../incident.ts';
import type { Entry, Micros } from '../../model.ts';
import type { Findings } from '../anomalies/find.ts';
import type { Finding, Line } from '../anomalies/study.ts';
import { type Cluster, ERROR, FATAL, isLoud, WARN } from '../anomalies/survey.ts';
import { symptomIn } from '../anomalies/symptoms.ts';
import { fillOf } from '../anomalies/thresholdBreach.ts';
import { plain, saidIn } from '../anomalies/words.ts';
import { NO_SERVICE } from '../index/log.ts';
import { saysRefused } from './addresses.ts';
import { type Blame, blamesOf } from './blame.ts';
import { habitsOf } from './habits.ts';
import type { Parties, Party, Statement } from './parties.ts';

const WARN_WEIGHT = 1;
const ERROR_WEIGHT = 2;
const FATAL_WEIGHT = 4;
const UNENDED_WEIGHT = 1;
/** What a line weighs against the service that logs it when it blames another, and against that other. */
const BLAME_SHARE = 0.3;
/** Beyond so many alike entries each doubling counts as one more, lest the chattiest service rank first. */
const COUNTED_FULLY = 4;
/** What is left of the weight of lines that go on all through the log. */
const HABIT_SHARE = 0.1;

/**
 * `own`: a service's line that blames nobody. `blames`: one that does, for its service. `blamed`: the
 * same line, for a blamed service that logs too. `about`: for a party without a log. `observed`: an
 * observer's line. `unended`: a begin without an end. `changed`: an entry that shows how a service behaves unlike usual. `absent`: one behind
 * which it did nothing more.
 */
export type Role = 'own' | 'blames' | 'blamed' | 'about' | 'observed' | 'unended' | 'changed' | 'absent';

export interface Testimony {
  entry: Entry;
  service: number;
  role: Role;
  level: number;
  weight: number;
  /** When what it tells of began. */
  time: Micros | null;
  inferred: boolean;
  /** Rules found something at this line; a bare level sets no onset. */
  anomalous: boolean;
  findings: number;
  /** One of them is an explicit breach, a timeout, a burst or a FATAL: more than words. */
  severe: boolean;
  /** How full the fullest capacity it tells of is; 1 where only words say that something is used up. */
  fill: number;
  /** The symptom that says in words that something is used up; null where none does. */
  usedUp: string | null;
  /** Entries it stands for. */
  stands: number;
  /** In words why it speaks against the party, and who explains it; null where the roles and levels say it all. */
  reason: { why: Message; explainedBy: Party | null } | null;
}

export interface Onset {
  time: Micros;
  inferred: boolean;
  /** Told by the party itself or by its observer, not by those who suffer from it, each by a clock of its own. */
  firsthand: boolean;
}

export interface Suspect {
  party: Party;
  testimony: Testimony[];
  /** The earliest sign of trouble; null where there is none but bare levels. */
  onset: Onset | null;
}

/** A blame with the line that utters it. */
export interface Accusation extends Blame {
  by: Party;
  testimony: Testimony;
}

export interface Hearing {
  suspects: Map<Party, Suspect>;
  accusations: Accusation[];
  /** The parties a line blames, by its entry; of an observer's line, what it observes. */
  blamed: Map<number, Party[]>;
}

export function hear(found: Findings, parties: Parties): Hearing {
  const { study } = found;
  const hearing: Hearing = { suspects: new Map(), accusations: [], blamed: new Map() };
  const findingsAt = findingsByLine(found);
  const isHabit = habitsOf(study);
  const telling = study.quiet.filter(({ entry }) => findingsAt.has(entry.entry));
  for (const line of [...study.loud, ...telling]) {
    if (line.service === NO_SERVICE) continue;
    const findings = findingsAt.get(line.entry.entry) ?? [];
    hearLine(hearing, line, testimonyOf(line, findings, isHabit), parties, (statement) =>
      blamesOf(statement, parties, study),
    );
  }
  for (const finding of found.findings)
    if (finding.rule === 'unended-operation') hearUnended(hearing, finding, found, parties);
  for (const suspect of hearing.suspects.values()) suspect.onset = onsetIn(suspect.testimony);
  believeAccusers(hearing);
  return hearing;
}

/**
 * What rules found, by the entry at which it is heard. Of many alike lines only a sample was read: what a rule over
 * the whole log found at another of them is heard at the next one that was, or the last.
 */
function findingsByLine({ study, findings }: Findings): Map<number, Finding[]> {
  const { log } = study;
  const kindOf = (entry: number): string => `${log.service[entry]} ${log.level[entry]} ${log.template[entry]}`;
  const read = new Set<number>();
  const alike = new Map<string, number[]>();
  for (const { entry } of study.loud) {
    read.add(entry.entry);
    const kind = kindOf(entry.entry);
    const lines = alike.get(kind);
    if (lines) lines.push(entry.entry);
    else alike.set(kind, [entry.entry]);
  }
  const found = new Map<number, Finding[]>();
  for (const finding of findings) {
    if (finding.isOutcome) continue;
    const { entry } = finding.entry;
    const lines = read.has(entry) ? [] : (alike.get(kindOf(entry)) ?? []);
    const next = lines.filter((line) => log.time[line] >= log.time[entry]);
    const at = lines.length === 0 ? entry : earliest(next.length > 0 ? next : lines.slice(-1), log.time);
    found.set(at, [...(found.get(at) ?? []), finding]);
  }
  return found;
}

function earliest(entries: readonly number[], time: Float64Array): number {
  return entries.reduce((one, other) => (time[other] < time[one] ? other : one));
}

/**
 * An error that names a peer in a field is no anomaly by itself; once the peer is known to be in trouble it
 * is a consequence of that, and its service belongs to the cascade.
 */
function believeAccusers(hearing: Hearing): void {
  for (const { party, by, how, testimony } of hearing.accusations) {
    const onset = hearing.suspects.get(party)?.onset?.time;
    if (how !== 'peer' || testimony.level < ERROR || testimony.anomalous || testimony.time === null) continue;
    if (onset === undefined || onset === null || testimony.time < onset) continue;
    testimony.anomalous = true;
    const accuser = suspect(hearing, by);
    accuser.onset = onsetIn(accuser.testimony);
  }
}

function testimonyOf(
  line: Line,
  findings: readonly Finding[],
  isHabit: (cluster: Cluster) => boolean,
): Omit<Testimony, 'role'> {
  const { count } = line.cluster;
  // A quiet line is here because a rule found something, which weighs as much as a warning.
  const level = isLoud(line.cluster.level) ? line.cluster.level : WARN;
  const alike = count <= COUNTED_FULLY ? count : COUNTED_FULLY + Math.log2(count / COUNTED_FULLY);
  const symptom = symptomIn(line.spoken);
  const fill = fillOf(line);
  const habit = isHabit(line.cluster);
  const levelWeight = level >= FATAL ? FATAL_WEIGHT : level >= ERROR ? ERROR_WEIGHT : WARN_WEIGHT;
  return {
    entry: line.entry,
    service: line.service,
    level,
    weight: ((habit ? HABIT_SHARE : 1) * levelWeight * alike * line.stands) / count,
    time: line.entry.timestamp,
    inferred: false,
    anomalous: findings.some(({ severity }) => !habit || severity !== 'hint'),
    findings: findings.length,
    severe: findings.some(({ severity }) => severity === 'warning' || severity === 'error'),
    fill: fill > 0 || !symptom?.saturates ? fill : 1,
    usedUp: fill === 0 && symptom?.saturates ? symptom.title : null,
    stands: line.stands,
    reason: null,
  };
}

function hearLine(
  hearing: Hearing,
  line: Line,
  said: Omit<Testimony, 'role'>,
  parties: Parties,
  blamesIn: (statement: Statement) => Blame[],
): void {
  const observed = parties.observedBy(line.service);
  if (observed) {
    suspect(hearing, observed).testimony.push({ ...said, role: 'observed' });
    hearing.blamed.set(line.entry.entry, [observed]);
    return;
  }
  const speaker = parties.service(line.service);
  // A line that complains of nothing accuses nobody; it only adds to what others say of a resource.
  const isComplaint = isLoud(line.cluster.level);
  const blames = blamesIn(line).filter(
    ({ party }) => isComplaint || (party.service === null && hearing.suspects.has(party)),
  );
  if (blames.length === 0) {
    suspect(hearing, speaker).testimony.push({ ...said, role: 'own' });
    return;
  }
  const own: Testimony = { ...said, role: 'blames', weight: said.weight * BLAME_SHARE };
  suspect(hearing, speaker).testimony.push(own);
  hearing.blamed.set(
    line.entry.entry,
    blames.map(({ party }) => party),
  );
  for (const blame of blames) {
    // Who answers no one has nothing to say for itself, log or no log.
    const isGone = blame.how === 'peer' && line.spoken.some(saysRefused);
    const logs = blame.party.service !== null && !isGone;
    const weight = logs ? said.weight * BLAME_SHARE : said.weight;
    suspect(hearing, blame.party).testimony.push({ ...said, role: logs ? 'blamed' : 'about', weight });
    if (isComplaint) hearing.accusations.push({ ...blame, by: speaker, testimony: own });
  }
}

/** The begin counts for the resource it names or implies, and only where it implies none for its service. */
function hearUnended(hearing: Hearing, finding: Finding, { study }: Findings, parties: Parties): void {
  const service = study.log.service[finding.entry.entry];
  const statement = { entry: finding.entry, service, spoken: saidIn(finding.entry).map(plain) };
  const named = parties.named(statement).find((party) => party.service === null);
  const resource = named ?? parties.implied(statement);
  const testimony: Testimony = {
    entry: finding.entry,
    service,
    role: 'unended',
    level: 0,
    weight: UNENDED_WEIGHT,
    time: finding.entry.timestamp,
    inferred: true,
    anomalous: true,
    findings: 1,
    severe: false,
    fill: 0,
    usedUp: null,
    stands: 1,
    reason: null,
  };
  const speaker = parties.service(service);
  suspect(hearing, resource ?? speaker).testimony.push(testimony);
  if (!resource) return;
  hearing.blamed.set(finding.entry.entry, [resource]);
  hearing.accusations.push({ party: resource, how: named ? 'peer' : 'mention', by: speaker, testimony });
}

export function addTestimony(hearing: Hearing, party: Party, testimony: Testimony): void {
  const heard = suspect(hearing, party);
  heard.testimony.push(testimony);
  heard.onset = onsetIn(heard.testimony);
}

function suspect(hearing: Hearing, party: Party): Suspect {
  const known = hearing.suspects.get(party) ?? { party, testimony: [], onset: null };
  hearing.suspects.set(party, known);
  return known;
}

/** Of signs that fall together, a recorded one and a firsthand one say more. */
function onsetIn(testimony: readonly Testimony[]): Onset | null {
  let onset: Onset | null = null;
  for (const { time, inferred, anomalous, role } of testimony) {
    if (time === null || !anomalous) continue;
    const firsthand = role !== 'about' && role !== 'blamed';
    if (onset === null || time < onset.time) onset = { time, inferred, firsthand };
    else if (time === onset.time) {
      onset.inferred &&= inferred;
      onset.firsthand ||= firsthand;
    }
  }
  return onset;
}

/** Whether a party shows trouble by itself, not only in the words of others. */
export function isTroubled({ testimony }: Suspect): boolean {
  return testimony.some(({ role, anomalous }) => anomalous && role !== 'blamed' && role !== 'about');
}

/** The heaviest lines first: by level, by how full, by what rules found, then the earliest. */
export function byStrength(one: Testimony, other: Testimony): number {
  return (
    other.level - one.level ||
    other.fill - one.fill ||
    other.findings - one.findings ||
    (one.time ?? 0) - (other.time ?? 0) ||
    one.entry.entry - other.entry.entry
  );
}
