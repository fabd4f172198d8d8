/** Whom a line names as the one that failed it: by a field, or in words. */

import type { Study } from '../anomalies/study.ts';
import { NO_ID } from '../index/log.ts';
import { saysRefused } from './addresses.ts';
import type { Parties, Party, Statement } from './parties.ts';

export interface Blame {
  party: Party;
  how: 'peer' | 'mention';
}

/** The parties that a service's line blames, each once, named by a field where one does. */
export function blamesOf(line: Statement, parties: Parties, study: Study): Blame[] {
  const found = new Map<Party, Blame>();
  const blame = (party: Party, how: Blame['how']): void => {
    if (party.service === line.service || found.has(party)) return;
    found.set(party, { party, how });
  };
  const named = parties.named(line);
  for (const party of named) blame(party, 'peer');
  const unreached = parties.unreached(line);
  for (const party of unreached) blame(party, 'mention');
  // Where a line says which cache it means, the word "cache" in it means no second one.
  const implied = parties.implied(line);
  const isNamed = [...named, ...unreached].some((party) => party.resource === implied?.resource);
  if (implied && !isNamed) blame(implied, 'mention');
  for (const text of line.spoken) {
    for (const { service, full } of parties.names.mentioned(text)) {
      if (full || saysRefused(text) || sharesTrace(study, line, service)) blame(parties.service(service), 'mention');
    }
    for (const party of parties.mentioned(text)) blame(party, 'mention');
  }
  return [...found.values()];
}

/** A bare word may mean anything; where the service it may name took part in the trace, or nobody is there, it means that. */
function sharesTrace({ log }: Study, line: Statement, service: number): boolean {
  const trace = log.trace[line.entry.entry];
  return trace !== NO_ID && log.ids.entries(trace).some((entry) => log.service[entry] === service);
}
