/** Which findings are consequences: their line blames another service that is in trouble itself. */
import type { Entry } from '../../model.ts';
import type { Finding } from '../anomalies/study.ts';
import { FATAL } from '../anomalies/survey.ts';
import type { Log } from '../index/log.ts';
import type { Party } from './parties.ts';
import type { Candidate } from './ranking.ts';
import { type Hearing, isTroubled, type Suspect, type Testimony } from './testimony.ts';
import type { TraceTroubles } from './traceTroubles.ts';

export interface Consequences {
  /** The service a finding is a consequence of; a line about a resource is evidence, no consequence. */
  causeOf(finding: Finding): Party | null;
  /**
   * The line to show as the cause of a finding: the first sign of the party in the same trace, else its
   * first sign of all; null where that came later, for a cause comes first.
   */
  causeLine(finding: Finding, cause: Party): Entry | null;
}

export function consequencesIn(
  hearing: Hearing,
  candidates: readonly Candidate[],
  log: Log,
  troubles: TraceTroubles,
): Consequences {
  const { suspects, accusations } = hearing;
  const troubled = new Set([...suspects.values()].filter(isTroubled).map(({ party }) => party));
  const services = new Map([...suspects.keys()].map((party) => [party.service, party]));
  const accusing = new Set(accusations.map(({ by, party }) => pairOf(by, party)));
  const firstLines = new Map([...suspects.values()].map((suspect) => [suspect.party, firstLine(suspect)]));
  const entries = new Map<number, Entry>();
  for (const { testimony } of suspects.values()) for (const { entry } of testimony) entries.set(entry.entry, entry);

  const onset = (party: Party): number => suspects.get(party)?.onset?.time ?? Number.POSITIVE_INFINITY;
  /** Of two services that blame each other, only the later one suffers from the other. */
  const isMutual = (party: Party, speaker: Party | undefined): boolean =>
    speaker !== undefined && accusing.has(pairOf(party, speaker)) && onset(party) >= onset(speaker);
  const rank = (party: Party): number => {
    const at = candidates.findIndex((candidate) => candidate.party === party);
    return at < 0 ? candidates.length : at;
  };
  return {
    causeOf: (finding) => {
      const service = log.service[finding.entry.entry];
      const blamed = (hearing.blamed.get(finding.entry.entry) ?? []).filter(
        (party) =>
          party.service !== null &&
          party.service !== service &&
          troubled.has(party) &&
          !isMutual(party, services.get(service)),
      );
      return blamed.sort((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1))[0] ?? null;
    },
    causeLine: (finding, cause) => {
      const inTrace = troubles.get(log.trace[finding.entry.entry])?.first.get(cause.service ?? -1);
      const found = inTrace === undefined ? firstLines.get(cause) : entries.get(inTrace);
      const isEarlier = found && (found.timestamp ?? 0) <= (finding.entry.timestamp ?? Number.POSITIVE_INFINITY);
      return isEarlier ? found : null;
    },
  };
}

/** A consequence is no news of its own, unless its service gives up over it. */
export function asConsequence(finding: Finding, log: Log): Finding {
  if (finding.isSet || finding.severity !== 'warning' || log.level[finding.entry.entry] === FATAL) return finding;
  return { ...finding, severity: 'information' };
}

function pairOf(by: Party, party: Party): string {
  return `${by.name}\n${party.name}`;
}

function firstLine(suspect: Suspect): Entry | null {
  let first: Testimony | null = null;
  for (const testimony of suspect.testimony) {
    if (!testimony.anomalous || testimony.role === 'blamed' || testimony.time === null) continue;
    if (first === null || testimony.time < (first.time ?? 0)) first = testimony;
  }
  return first?.entry ?? null;
}
