/**
 * Who is who in a log: the services, the resources and silent peers that their fields name, and the
 * observers, which report about a resource and do no work themselves.
 */
import type { Entry } from '../../model.ts';
import { isSubjectKey, type PeerField, peerFieldsOf } from '../anomalies/peerFields.ts';
import type { Study } from '../anomalies/study.ts';
import { stem, wordsOf } from '../anomalies/words.ts';
import { NO_SERVICE } from '../index/log.ts';
import { addressesIn, peerAddresses } from './addresses.ts';
import { kindNamed, kindSaid, type ResourceKind } from './resourceKinds.ts';
import { type ServiceNames, serviceNames } from './serviceNames.ts';

/** A field with more values than this, most of them used once, tells something else than names. */
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

  const ownHosts = keysOf(uses, (use) => isOwnHost(study, use));
  const catchAlls = keysOf(uses, (use) => !isList(use));
  /** Who nobody else names takes its kind from the sentence that names it. */
  const ofKindSaid = (party: Party, line: Statement): Party => {
    if (party.kind === 'resource' && party.resource === null) party.resource = kindSaid(lineWords(line));
    return party;
  };
  const namedBy = (line: Statement, isSubject: boolean): Party[] => {
    const { service } = line;
    const fields = peerFieldsOf(line.entry.fields).filter((field) => {
      const key = useKey(service, field);
      return field.isSubject === isSubject && !catchAlls.has(key) && !ownHosts.has(key);
    });
    const found = fields.map(({ name, words }) => ofKindSaid(partyNamed(name, words), line));
    return [...new Set(found)].filter((party) => party.service === null || party.service !== service);
  };
  const isPeer = peerAddresses(study.loud);
  const unreached = (line: Statement): Party[] => {
    const found = addressesIn(line).filter(
      (address) => isPeer(line.service, address) || names.resolve(address.name, true) !== null,
    );
    // A bare address beside the name of a peer is where that one was looked for, and nobody else.
    const isNamed = found.some(({ name }) => isBareAddress(name)) && namedBy(line, false).length > 0;
    return found
      .filter(({ name }) => !(isNamed && isBareAddress(name)))
      .map(({ name, words }) => ofKindSaid(partyNamed(name, words), line));
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

  const meant = new Map<string, Party>();
  const meantBy = (service: number, kind: ResourceKind): Party => {
    const own = [...(namedResources.get(service) ?? [])].filter((party) => party.resource === kind);
    if (own.length === 1) return own[0];
    const akin = known.filter((party) => party.resource === kind && isNamedAfter(party, names.tokens(service)));
    return own.length === 0 && akin.length === 1 ? akin[0] : resourceOf(service, kind);
  };
  const implied = (line: Statement): Party | null => {
    const kind = kindSaid(lineWords(line));
    if (kind === null || line.service === NO_SERVICE) return null;
    // A database that writes a log of its own is a service here, and needs no second name.
    const logging = namedBy(line, false).find((party) => party.service !== null && isCalled(party, kind));
    if (logging) return logging;
    const key = `${line.service} ${kind.kind}`;
    const party = meant.get(key) ?? meantBy(line.service, kind);
    meant.set(key, party);
    return party;
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

/** The names of files say nothing of who is meant: `seg-19.db` on a full disk is no database. */
const FILE_PATH = /(?<![\w/:])\/[\w.-]+(?:\/[\w.-]+)+/g;
function isCalled({ name }: Party, kind: ResourceKind): boolean {
  return kindNamed(wordsOf(name).map(stem))?.kind === kind.kind;
}

function isBareAddress(name: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}(?::|$)/.test(name);
}

function lineWords(line: Statement): string[] {
  return line.spoken.flatMap((text) => wordsOf(text.replace(FILE_PATH, ' ')).map(stem));
}

/** With a blank at either end, so that words are found whole. */
function asWords(text: string): string {
  return ` ${wordsOf(text).join(' ')} `;
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

function keysOf(uses: ReadonlyMap<string, Use>, holds: (use: Use) => boolean): Set<string> {
  return new Set([...uses].filter(([, use]) => holds(use)).map(([key]) => key));
}

/** Few names, or names used again and again. */
function isList({ values }: Use): boolean {
  const total = [...values.values()].reduce((sum, count) => sum + count, 0);
  return values.size <= MOST_NAMES || values.size * OFTEN_USED <= total;
}

function isOwnHost(study: Study, { service, key }: Use): boolean {
  return key.split(' ').some((word) => HOST_WORDS.has(word)) && isEverywhere(study, service, key);
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
