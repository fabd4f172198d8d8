/** Makes testimony of what did not happen: a service that fell silent, and one that never did its step of a journey. */
import type { Finding, Study } from '../anomalies/study.ts';
import { ERROR } from '../anomalies/survey.ts';
import { NO_SERVICE } from '../index/log.ts';
import type { Parties, Party } from './parties.ts';
import { addTestimony, type Hearing, type Testimony } from './testimony.ts';

/** A service that is gone weighs as much as one that says that it gives up. */
const SILENCE_WEIGHT = 4;
/** A step that a journey misses weighs as much as an error. */
const STEP_WEIGHT = 2;

export function hearAbsences(hearing: Hearing, findings: readonly Finding[], parties: Parties, { log }: Study): void {
  for (const finding of findings) {
    const isSilence = finding.rule === 'silence';
    if (!isSilence && !(finding.rule === 'missing-step' && isLoud(finding))) continue;
    const speaker = log.service[finding.entry.entry];
    const named = parties.names.resolve(String(finding.message.args.service), false);
    if (named === null) continue;
    const party = parties.service(named);
    if (isSilence) addTestimony(hearing, party, { ...absence(finding, named, SILENCE_WEIGHT), role: 'absent' });
    else if (speaker !== NO_SERVICE && speaker !== named) {
      accuse(hearing, finding, party, parties.service(speaker), speaker);
    }
  }
}

function isLoud({ severity }: Finding): boolean {
  return severity === 'warning' || severity === 'error';
}

function accuse(hearing: Hearing, finding: Finding, party: Party, by: Party, speaker: number): void {
  const testimony: Testimony = { ...absence(finding, speaker, STEP_WEIGHT), role: 'blamed' };
  addTestimony(hearing, party, testimony);
  hearing.accusations.push({ party, how: 'mention', by, testimony });
  const { entry } = finding.entry;
  hearing.blamed.set(entry, [...new Set([...(hearing.blamed.get(entry) ?? []), party])]);
}

function absence(finding: Finding, service: number, weight: number): Omit<Testimony, 'role'> {
  const { entry, time, count, message } = finding;
  return {
    entry,
    service,
    level: ERROR,
    weight,
    time,
    inferred: false,
    anomalous: true,
    findings: 1,
    // A step that is missing may have been left out for good reasons: others must suffer from it.
    severe: false,
    fill: 0,
    usedUp: null,
    stands: count,
    reason: { why: message, explainedBy: null },
  };
}
