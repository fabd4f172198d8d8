/** Addresses in sentences: who could not be reached, where the line tells of a failure to reach somebody. */
import type { Entry } from '../../model.ts';
import { nameIn } from '../anomalies/peerFields.ts';
import type { Line } from '../anomalies/study.ts';
import { saidIn } from '../anomalies/words.ts';

export interface Address {
  name: string;
  /** Words that tell what answers there: `service` for HTTP, else the scheme. */
  words: string[];
}

/** Who fails to reach more hosts than this, by one protocol, talks to customers or short-lived nodes, not to peers. */
const MOST_PEERS = 12;

/** Only a failed contact blames an address; a URL alone may be the service's own. */
const UNREACHED =
  /\b(refused|econnrefused|econnreset|etimedout|ehostunreach|time-? ?outs?|timed out|unreachable|connection (?:reset|closed|lost|failed)|unknown host|no such host|no route to host|(?:failed|unable|cannot|could not) (?:to )?connect|i\/o error)\b/;
const URL_HOST =
  /\b([a-z][a-z0-9+]{1,15}):\/\/(?:[^\s/@:]{1,64}(?::[^\s/@]{0,64})?@)?(\d{1,3}(?:\.\d{1,3}){3}:\d{2,5}\b|[a-z0-9.-]{1,80})/gi;
const HOST_AND_PORT = /(?<![\w./:@-])(?:(\d{1,3}(?:\.\d{1,3}){3}:\d{2,5})|([a-z][a-z0-9.-]{1,80}):\d{2,5})\b/gi;
/** `Billing.java:120` is a place in a program. */
const SOURCE_FILE = /\.(java|kt|scala|py|js|mjs|ts|go|rb|cs|php|rs|c|cc|cpp|h|swift)$/i;

/** Nobody answers at all: whoever is named beside this is the one. */
const REFUSED = /\b(refused|econnrefused|ehostunreach|unreachable|unknown host|no such host|no route to host)\b/;

/** Whether a text in plain words tells of a peer that is not there. */
export function saysRefused(plain: string): boolean {
  return REFUSED.test(plain);
}

/** `text` as written, `plain` the same text in plain words. */
export function unreachedIn(text: string, plain: string): Address[] {
  if (!UNREACHED.test(plain)) return [];
  const found = new Map<string, Address>();
  for (const [, scheme, host] of text.slice(0, 2000).matchAll(URL_HOST)) {
    const name = nameIn(host);
    const words = /^https?$/i.test(scheme) ? ['service'] : [scheme.toLowerCase()];
    if (name !== null) found.set(name, { name, words });
  }
  for (const [, address, host = address] of text.slice(0, 2000).matchAll(HOST_AND_PORT)) {
    const name = SOURCE_FILE.test(host) ? null : nameIn(host);
    if (name !== null && !found.has(name)) found.set(name, { name, words: [] });
  }
  return [...found.values()];
}

/** The addresses that any text of a line could not reach. */
export function addressesIn({ entry, spoken }: { entry: Entry; spoken: readonly string[] }): Address[] {
  const said = saidIn(entry);
  return spoken.flatMap((text, index) => unreachedIn(said[index], text));
}

/** Tells the peers of a service from the many others that it could not reach: they are few, or stand out among many. */
export function peerAddresses(lines: readonly Line[]): (service: number, address: Address) => boolean {
  const uses = new Map<string, { total: number; counts: Map<string, number> }>();
  const keyOf = (service: number, { words }: Address): string => `${service} ${words}`;
  for (const line of lines) {
    for (const address of addressesIn(line)) {
      const key = keyOf(line.service, address);
      const use = uses.get(key) ?? { total: 0, counts: new Map() };
      use.total += line.stands;
      use.counts.set(address.name, (use.counts.get(address.name) ?? 0) + line.stands);
      uses.set(key, use);
    }
  }
  return (service, address) => {
    const use = uses.get(keyOf(service, address));
    if (!use) return false;
    return use.counts.size <= MOST_PEERS || (use.counts.get(address.name) ?? 0) * MOST_PEERS >= use.total;
  };
}
