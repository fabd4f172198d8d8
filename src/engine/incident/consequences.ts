/** Which findings are consequences: their line blames another service that is in trouble itself. */
import type { Entry } from '../../model.ts';
import type { Finding } from '../anomalies/study.ts';
import { FATAL } from '../anomalies/survey.ts';
import type { Log } from '../index/log.ts';
import type { Party } from './parties.ts';
import type { Candidate } from './ranking.ts';
import { type Hearing, isTroubled, onsetOf, type Suspect, type Testimony } from './testimony.ts';
import type { TraceTroubles } from './traceTroubles.ts';

/** The service a finding is a consequence of; a line about a resource is evidence, no consequence. */
export function causeOf(finding: Finding, hearing: Hearing, candidates: readonly Candidate[], log: Log): Party | null {
  const service = log.service[finding.entry.entry];
  const blamed = (hearing.blamed.get(finding.entry.entry) ?? []).filter((party) => {
    if (party.service === null || party.service === service) return false;
    const suspect = hearing.suspects.get(party);
    return isTroubled(suspect) && !isMutual(party, service, hearing);
  });
  const rank = (party: Party): number => {
    const at = candidates.findIndex((candidate) => candidate.party === party);
    return at < 0 ? candidates.length : at;
  };
  return blamed.sort((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1))[0] ?? null;
}

/** A consequence is no news of its own, unless its service gives up over it. */
export function asConsequence(finding: Finding, log: Log): Finding {
  if (finding.severity !== 'warning' || log.level[finding.entry.entry] === FATAL) return finding;
  return { ...finding, severity: 'information' };
}

/** Of two services that blame each other, only the later one suffers from the other. */
function isMutual(party: Party, service: number, hearing: Hearing): boolean {
  const answered = hearing.accusations.some(({ by, party: blamed }) => by === party && blamed.service === service);
  if (!answered) return false;
  const time = (suspect: Suspect | undefined): number =>
    (suspect && onsetOf(suspect)?.time) || Number.POSITIVE_INFINITY;
  const own = [...hearing.suspects.values()].find((suspect) => suspect.party.service === service);
  return time(hearing.suspects.get(party)) >= time(own);
}

/**
 * The line to show as the cause of a finding: the first sign of the party in the same trace, else its
 * first sign of all; null where that came later, for a cause comes first.
 */
export function causeLine(
  finding: Finding,
  cause: Party,
  hearing: Hearing,
  log: Log,
  troubles: TraceTroubles,
): Entry | null {
  const inTrace = troubles.get(log.trace[finding.entry.entry])?.first.get(cause.service ?? -1);
  const found = inTrace === undefined ? firstLine(hearing.suspects.get(cause)) : entryOf(inTrace, hearing);
  const isEarlier = found && (found.timestamp ?? 0) <= (finding.entry.timestamp ?? Number.POSITIVE_INFINITY);
  return isEarlier ? found : null;
}

function firstLine(suspect: Suspect | undefined): Entry | null {
  let first: Testimony | null = null;
  for (const testimony of suspect?.testimony ?? []) {
    if (!testimony.anomalous || testimony.role === 'blamed' || testimony.time === null) continue;
    if (first === null || testimony.time < (first.time ?? 0)) first = testimony;
  }
  return first?.entry ?? null;
}

function entryOf(number: number, hearing: Hearing): Entry | null {
  for (const { testimony } of hearing.suspects.values()) {
    const found = testimony.find(({ entry }) => entry.entry === number);
    if (found) return found.entry;
  }
  return null;
}
