/**
 * From an indexed log to its report: anomalies, cascade, ranked root causes. Deterministic: the same
 * entries give the same report, whatever the order of files.
 */
import { letOthers } from '../../base/letOthers.ts';
import type { Anomaly, Incident, Report, RootCause } from '../../incident.ts';
import type { ServiceSummary, TimeRange } from '../../model.ts';
import { advise } from '../advice/advise.ts';
import { type Findings, findAnomalies } from '../anomalies/find.ts';
import { NO_SETTINGS, type RuleSettings } from '../anomalies/ruleSettings.ts';
import type { Finding } from '../anomalies/study.ts';
import { suspicionsIn } from '../behaviour/suspicion.ts';
import { type Log, NO_ID, NO_SERVICE } from '../index/log.ts';
import { hearAbsences } from './absences.ts';
import { cascadeOf } from './cascade.ts';
import { hearChanges } from './changed.ts';
import { asConsequence, consequencesIn } from './consequences.ts';
import type { EdgeClaim } from './edge.ts';
import { edgeClaims } from './edges.ts';
import { evidence } from './evidence.ts';
import { groupAnomalies, type Placed } from './grouping.ts';
import { joinIncidents } from './incidents.ts';
import { type Parties, type Party, partiesOf } from './parties.ts';
import { type Candidate, rank } from './ranking.ts';
import { type Hearing, hear } from './testimony.ts';
import { type TraceTroubles, traceTroubles } from './traceTroubles.ts';

/** Both ends of the range belong to it. Throws the signal's reason when aborted. */
export async function analyse(
  log: Log,
  range?: TimeRange,
  signal?: AbortSignal,
  settings: RuleSettings = NO_SETTINGS,
): Promise<Report> {
  const found = await findAnomalies(log, range, signal, settings);
  const { survey } = found.study;
  const parties = partiesOf(found.study);
  const hearing = hear(found, parties);
  await letOthers(signal);
  hearAbsences(hearing, found.findings, parties, found.study);
  const suspicions = suspicionsIn(log, range, signal);
  await hearChanges(hearing, suspicions, parties, log);
  await letOthers(signal);
  const troubles = traceTroubles(found);
  const claims = edgeClaims(found.study, parties, hearing, troubles, suspicions.calls);
  const candidates = rank(hearing, claims);
  await letOthers(signal);
  const placed = place(found, parties, hearing, claims, candidates, troubles);
  const oddities = groupAnomalies(log, found.oddities.map(apart));
  const remarks = groupAnomalies(log, found.remarks.map(apart));
  const anomalies = [...groupAnomalies(log, placed), ...oddities, ...remarks].sort(byTime);
  return {
    files: log.files.map(({ path, format, entries, unrecognisedLines, assumed }) => ({
      path,
      format,
      entries,
      unrecognisedLines,
      assumed,
    })),
    skipped: [...log.skipped],
    entries: survey.entries,
    timeRange: { from: survey.from, to: survey.to },
    services: servicesOf(found),
    anomalies,
    incidents: incidentsOf(placed, candidates.length > 0),
    cascade: await cascadeOf(found.study, hearing, claims, troubles, candidates),
    rootCauses: candidates.map((candidate) => rootCauseOf(candidate, log)),
    verdict: candidates.length > 0 ? 'ranked' : 'insufficient-evidence',
    alerts: [],
    advice: await advise(found.study, signal),
    oddities,
    missing: found.missing,
    stuck: found.stuck,
    notRun: found.notRun,
    muted: settings.mutes.map((mute, at) => ({
      ...mute,
      anomalies: groupAnomalies(log, found.muted[at].map(apart)).length,
    })),
  };
}

function place(
  { study, findings }: Findings,
  parties: Parties,
  hearing: Hearing,
  claims: readonly EdgeClaim[],
  candidates: readonly Candidate[],
  troubles: TraceTroubles,
): Placed[] {
  const { log } = study;
  const speakers = (finding: Finding): Party[] => {
    const service = log.service[finding.entry.entry];
    const own = service === NO_SERVICE ? [] : [parties.observedBy(service) ?? parties.service(service)];
    return [...own, ...(hearing.blamed.get(finding.entry.entry) ?? [])];
  };
  const trace = (finding: Finding): number | null => log.trace[finding.entry.entry] || null;
  const joined = findings.map((finding) => ({ finding, parties: speakers(finding), trace: trace(finding) }));
  const incidents = joinIncidents(joined, claims, study.timetable.dense[0]?.width ?? null);
  const effects = firstEffects(hearing, log);
  const consequences = consequencesIn(hearing, candidates, log, troubles);
  return findings.map((finding, index) => {
    const cause = consequences.causeOf(finding);
    return {
      finding: cause ? asConsequence(finding, log) : finding,
      incident: incidents[index],
      consequenceOf: cause?.name ?? null,
      cause: cause ? consequences.causeLine(finding, cause) : null,
      effect: effects.get(`${log.trace[finding.entry.entry]} ${log.service[finding.entry.entry]}`) ?? null,
    };
  });
}

/** For each trace and service, the first line that blames the service in the trace. */
function firstEffects(hearing: Hearing, log: Log): Map<string, Finding['entry']> {
  const effects = new Map<string, Finding['entry']>();
  for (const { party, testimony } of hearing.accusations) {
    const trace = log.trace[testimony.entry.entry];
    const key = `${trace} ${party.service}`;
    const known = effects.get(key)?.timestamp ?? Number.POSITIVE_INFINITY;
    if (trace !== NO_ID && party.service !== null && (testimony.time ?? Number.POSITIVE_INFINITY) < known) {
      effects.set(key, testimony.entry);
    }
  }
  return effects;
}

/** An oddity, or a remark on how the log is written, belongs to no incident and follows from nothing. */
function apart(finding: Finding): Placed {
  return { finding, incident: -1, consequenceOf: null, cause: null, effect: null };
}

function rootCauseOf({ party, witness, score, why, evidence: lines }: Candidate, log: Log): RootCause {
  return {
    name: party.name,
    kind: party.kind,
    service: witness === null || witness === NO_SERVICE ? null : log.services[witness],
    score,
    why,
    evidence: lines.map(({ entry }) => evidence(entry)),
  };
}

function servicesOf({ study, findings }: Findings): ServiceSummary[] {
  const firstAnomaly = new Map<number, number>();
  for (const { entry, time } of findings) {
    const service = study.log.service[entry.entry];
    if (time !== null && time < (firstAnomaly.get(service) ?? Number.POSITIVE_INFINITY))
      firstAnomaly.set(service, time);
  }
  return [...study.survey.services]
    .map(([service, { entries, errors, fatals, first, last }]) => ({
      name: study.log.services[service],
      entries,
      errors,
      fatals,
      firstSeen: first,
      lastSeen: last,
      firstAnomaly: firstAnomaly.get(service) ?? null,
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Anomalies that nobody would get up for make no incident; errors that have a cause do, whatever their severity. */
function incidentsOf(placed: readonly Placed[], hasCause: boolean): Incident[] {
  const counts = ({ severity, entry }: Finding): boolean =>
    severity === 'error' ||
    severity === 'warning' ||
    (hasCause && (entry.level === 'error' || entry.level === 'fatal'));
  const joined = new Map<number, Finding[]>();
  for (const { finding, incident } of placed) {
    if (finding.time === null) continue;
    const findings = joined.get(incident);
    if (findings) findings.push(finding);
    else joined.set(incident, [finding]);
  }
  return [...joined]
    .filter(([, findings]) => findings.some(counts))
    .sort(([one], [other]) => one - other)
    .map(([, findings]) => {
      const times = findings.map(({ time }) => time ?? 0);
      return {
        from: times.reduce((a, b) => Math.min(a, b)),
        to: times.reduce((a, b) => Math.max(a, b)),
        anomalies: findings.length,
        services: [...new Set(findings.flatMap(({ entry }) => entry.service ?? []))].sort(),
      };
    });
}

function byTime(one: Anomaly, other: Anomaly): number {
  return (one.timestamp ?? 0) - (other.timestamp ?? 0) || one.entry - other.entry || (one.rule < other.rule ? -1 : 1);
}
