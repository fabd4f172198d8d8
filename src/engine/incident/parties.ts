/**
 * Who is who in a log: the services, the resources and silent peers that their fields name, and the
 * observers, which report about a resource and do no work themselves.
 */
import type { Entry } from '../../model.ts';
import { isSubjectKey, type PeerField, peerFieldsOf } from '../anomalies/peerFields.ts';
import type { Study } from '../anomalies/study.ts';
import { saidIn, stem, wordsOf } from '../anomalies/words.ts';
import { NO_SERVICE } from '../index/log.ts';
import { type Address, unreachedIn } from './addresses.ts';
import { kindNamed, kindSaid, type ResourceKind } from './resourceKinds.ts';
import { type ServiceNames, serviceNames } from './serviceNames.ts';

/**
 * A field with more values than this, most of them used once, tells something else than names; one kind
 * of line with so many addresses tells of customers, crawlers or short-lived nodes, not of a peer.
 */
const MOST_NAMES = 12;
/** Used so often each, on average, even many names are names. */
const OFTEN_USED = 4;
/** Keys that name the machine a service itself runs on, if they stand on all its lines. */
const HOST_WORDS = new Set('host hostname server'.split(' '));

/** What a service says in one entry. */
export interface Statement {
  entry: Entry;
  service: number;
  spoken: readonly string[];
}

export interface Party {
  name: string;
  kind: 'service' | 'resource';
  /** The number of a service that logs; null for all others. */
  service: number | null;
  resource: ResourceKind | null;
}

export interface Parties {
  names: ServiceNames;
  service(service: number): Party;
  /** The parties that an entry's fields name, the entry's own service and its own host left out. */
  named(line: Statement): Party[];
  /** The parties at the addresses that an entry says could not be reached. */
  unreached(line: Statement): Party[];
  /** The resource that words like "database" mean in a service's line; null where they mean none. */
  implied(line: Statement): Party | null;
  /** Resources named by fields that a plain text mentions. */
  mentioned(text: string): Party[];
  /** The resource that a service observes; null for a service that does work. */
  observedBy(service: number): Party | null;
}

interface Use {
  service: number;
  key: string;
  values: Map<string, number>;
}

export function partiesOf(study: Study): Parties {
  const { log, survey } = study;
  const present = new Set(survey.services.keys());
  const names = serviceNames(log.services, present);
  const uses = usesOf(study);
  const parties = new Map<string, Party>();
  const partyNamed = (name: string, words: readonly string[]): Party => {
    const isService = words.some((word) => stem(word) === 'service');
    const kind = isService ? null : kindNamed(words.map(stem));
    const service = names.resolve(name, kind === null);
    // A database is often called like the service it belongs to; it is another party all the same.
    if (service !== null && kind !== null) return resourceOf(service, kind);
    if (service !== null) return remember({ name: log.services[service], kind: 'service', service, resource: null });
    const party = remember({ name, kind: isService ? 'service' : 'resource', service, resource: kind });
    if (party.kind === 'resource') party.resource ??= kind ?? kindNamed(wordsOf(name).map(stem));
    return party;
  };
  const resourceOf = (service: number, resource: ResourceKind): Party =>
    remember({ name: `${log.services[service]}/${resource.kind}`, kind: 'resource', service: null, resource });
  const remember = (party: Party): Party => {
    const known = parties.get(party.name) ?? party;
    parties.set(party.name, known);
    return known;
  };

  const isOwnHost = (service: number, field: PeerField): boolean => {
    if (!field.words.some((word) => HOST_WORDS.has(word))) return false;
    return isEverywhere(study, service, field.words.join(' '));
  };
  const isList = (service: number, field: PeerField): boolean => areNames(uses.get(useKey(service, field))?.values);
  /** Who nobody else names takes its kind from the sentence that names it. */
  const ofKindSaid = (party: Party, line: Statement): Party => {
    if (party.kind === 'resource' && party.resource === null) party.resource = kindSaid(lineWords(line));
    return party;
  };
  const namedBy = (line: Statement, isSubject: boolean): Party[] => {
    const { service } = line;
    const fields = peerFieldsOf(line.entry.fields).filter(
      (field) => field.isSubject === isSubject && !isOwnHost(service, field) && isList(service, field),
    );
    const found = fields.map(({ name, words }) => ofKindSaid(partyNamed(name, words), line));
    return [...new Set(found)].filter((party) => party.service === null || party.service !== service);
  };
  const addresses = addressesOf(study);
  const unreached = (line: Statement): Party[] => {
    const areFew = areNames(addresses.get(kindOfLine(study, line)));
    const found = addressesIn(line).filter(({ name }) => areFew || names.resolve(name, true) !== null);
    return found.map(({ name, words }) => ofKindSaid(partyNamed(name, words), line));
  };

  const lines = [...study.loud, ...study.quiet];
  const namedResources = new Map<number, Set<Party>>();
  for (const line of lines) {
    if (line.service === NO_SERVICE) continue;
    for (const party of [...namedBy(line, false), ...unreached(line)]) {
      if (party.kind !== 'resource') continue;
      const known = namedResources.get(line.service) ?? new Set();
      namedResources.set(line.service, known.add(party));
    }
  }
  const observers = observersOf(study, uses, parties, partyNamed, names);
  const known = [...parties.values()].filter((party) => party.kind === 'resource');
  const spelled = known.filter(({ name }) => name.length > 3).map((party) => ({ party, words: asWords(party.name) }));

  const implied = (line: Statement): Party | null => {
    const { service } = line;
    const kind = kindSaid(lineWords(line));
    if (kind === null || service === NO_SERVICE) return null;
    const own = [...(namedResources.get(service) ?? [])].filter((party) => party.resource === kind);
    if (own.length === 1) return own[0];
    const akin = known.filter((party) => party.resource === kind && isNamedAfter(party, names.tokens(service)));
    if (own.length === 0 && akin.length === 1) return akin[0];
    return resourceOf(service, kind);
  };

  return {
    names,
    service: (service) => partyNamed(log.services[service], []),
    named: (line) => namedBy(line, false),
    unreached,
    implied,
    mentioned: (text) => {
      const said = asWords(text);
      return spelled.filter(({ words }) => said.includes(words)).map(({ party }) => party);
    },
    observedBy: (service) => observers.get(service) ?? null,
  };
}

function lineWords(line: Statement): string[] {
  return line.spoken.flatMap((text) => wordsOf(text).map(stem));
}

/** With a blank at either end, so that words are found whole. */
function asWords(text: string): string {
  return ` ${wordsOf(text).join(' ')} `;
}

function areNames(values: ReadonlyMap<string, number> = new Map()): boolean {
  const total = [...values.values()].reduce((sum, count) => sum + count, 0);
  return values.size <= MOST_NAMES || values.size * OFTEN_USED <= total;
}

function useKey(service: number, field: PeerField): string {
  return `${service} ${field.words.join(' ')}`;
}

/** Which names each service's fields hold, over all sampled lines. */
function usesOf({ loud, quiet }: Study): Map<string, Use> {
  const uses = new Map<string, Use>();
  for (const line of [...loud, ...quiet]) {
    for (const field of peerFieldsOf(line.entry.fields)) {
      const { service } = line;
      const key = useKey(service, field);
      const use = uses.get(key) ?? { service, key: field.words.join(' '), values: new Map() };
      use.values.set(field.name, (use.values.get(field.name) ?? 0) + 1);
      uses.set(key, use);
    }
  }
  return uses;
}

function kindOfLine({ log }: Study, { entry, service }: Statement): string {
  return `${service} ${log.template[entry.entry]}`;
}

function addressesIn({ entry, spoken }: Statement): Address[] {
  const said = saidIn(entry);
  return spoken.flatMap((text, index) => unreachedIn(said[index], text));
}

/** Which addresses each kind of line could not reach, over all sampled lines. */
function addressesOf(study: Study): Map<string, Map<string, number>> {
  const addresses = new Map<string, Map<string, number>>();
  for (const line of [...study.loud, ...study.quiet]) {
    const key = kindOfLine(study, line);
    for (const { name } of addressesIn(line)) {
      const known = addresses.get(key) ?? new Map<string, number>();
      addresses.set(key, known.set(name, (known.get(name) ?? 0) + 1));
    }
  }
  return addresses;
}

/** Whether all lines of a service have the key. */
function isEverywhere({ log, survey }: Study, service: number, key: string): boolean {
  const layouts = survey.services.get(service)?.layouts ?? [];
  return [...layouts].every((layout) => log.layouts[layout].some((name) => wordsOf(name).join(' ') === key));
}

/**
 * A service that says on all its lines what they are about, one thing only, which another service
 * names too or whose name says that it is a resource.
 */
function observersOf(
  study: Study,
  uses: ReadonlyMap<string, Use>,
  parties: ReadonlyMap<string, Party>,
  partyNamed: (name: string, words: readonly string[]) => Party,
  names: ServiceNames,
): Map<number, Party> {
  const observers = new Map<number, Party>();
  for (const { service, key, values } of uses.values()) {
    if (service === NO_SERVICE || values.size !== 1 || !isSubjectKey(key.split(' '))) continue;
    if (!isEverywhere(study, service, key)) continue;
    const [name] = values.keys();
    const isResource = parties.get(name)?.kind === 'resource' || kindNamed(wordsOf(name).map(stem)) !== null;
    if (isResource && names.resolve(name, false) === null) observers.set(service, partyNamed(name, []));
  }
  return observers;
}

/** `orders-db` is named after the orders service: its name holds all that tells the service from others. */
function isNamedAfter(party: Party, tokens: readonly string[]): boolean {
  const words = wordsOf(party.name).map(stem);
  return tokens.length > 0 && tokens.every((token) => words.includes(token));
}
