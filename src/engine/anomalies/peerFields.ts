/** Fields that name another party: `upstream_service`, `db_host`, `gateway`, `affected_services`. */
import type { Field } from '../../model.ts';
import { strings, wordsOf } from './words.ts';

/** Words of a key whose value is who is called or asked. Who calls (client, caller) is no peer. */
const PEER_WORDS = new Set(
  (
    'upstream downstream peer target callee dependency dependencies destination dest remote affected failing backend ' +
    'provider gateway server db database primary replica datasource broker queue topic exchange host hostname cache ' +
    'bucket'
  ).split(' '),
);
/** Words of a key that says what the lines are about, as a monitor's do. */
const SUBJECT_WORDS = new Set('source instance monitored subject'.split(' '));
const SERVICE_WORDS = new Set(['service', 'services']);
/** Words that turn such a key into something else: `service_version`, `queue_size`, `client_host`, `db.system` (a product). */
const OTHER_WORDS = new Set(
  (
    'id ids name version type kind time timestamp size count status code port path url uri method message error query ' +
    'client caller user account level state mode system region zone account class logger thread file line own this'
  ).split(' '),
);
const NO_NAMES = new Set(
  'localhost unknown none null undefined default true false main root primary replica'.split(' '),
);

export interface PeerField {
  name: string;
  words: string[];
  /** The key tells what the line is about, not who is called. */
  isSubject: boolean;
}

/** Whether entries with these keys can name a peer; decided once a layout. */
export function mayNamePeer(keys: readonly string[]): boolean {
  return keys.map(wordsOf).some((words) => isPeerKey(words) || isSubjectKey(words));
}

/** `name` is tolerated beside a peer word: `upstream_service_name`, `host.name`. */
function isPeerKey(words: readonly string[]): boolean {
  if (words.some((word) => OTHER_WORDS.has(word) && word !== 'name')) return false;
  if (words.some((word) => PEER_WORDS.has(word))) return true;
  return words.length > 1 && words.some((word) => SERVICE_WORDS.has(word)) && !words.includes('name');
}

export function isSubjectKey(words: readonly string[]): boolean {
  return words.some((word) => SUBJECT_WORDS.has(word)) && !words.some((word) => OTHER_WORDS.has(word));
}

export function peerFieldsOf(fields: readonly Field[]): PeerField[] {
  const peers: PeerField[] = [];
  for (const field of fields) {
    if (typeof field.value !== 'string' && !Array.isArray(field.value)) continue;
    const words = wordsOf(field.key);
    const isSubject = isSubjectKey(words);
    if (!isSubject && !isPeerKey(words)) continue;
    for (const value of strings(field.value)) {
      const name = nameIn(value);
      if (name !== null) peers.push({ name, words, isSubject });
    }
  }
  return peers;
}

/** Of an address without a name, the port tells who answers there; that of a caller is drawn from these, anew each time. */
const FIRST_PASSING_PORT = 32_768;
const IP_AND_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):(\d{2,5})$/;
/** Here means another place in every service. */
const HERE = /^(127\.|0\.0\.0\.0$)/;

/** The value as a name: no path, no sentence, no id, no bare address; a port and a pod's suffix fall off. */
export function nameIn(value: string): string | null {
  const [address, ip, port] = IP_AND_PORT.exec(value) ?? [];
  if (address !== undefined) return HERE.test(ip) || Number(port) >= FIRST_PASSING_PORT ? null : address;
  if (value.length > 80 || !/^[\p{L}][\p{L}\p{N}._-]*(:\d{1,5})?$/u.test(value)) return null;
  const name = value.replace(/:\d{1,5}$/, '').replace(/-[0-9a-f]{6,10}-[0-9a-z]{5}$/, '');
  if (name.length < 2 || NO_NAMES.has(name.toLowerCase())) return null;
  const digits = name.replace(/\D/g, '').length;
  const isId = /^[0-9a-f-]{8,}$/i.test(name) || digits * 2 > name.length;
  return isId ? null : name;
}
