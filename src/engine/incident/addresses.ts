/** Addresses in sentences: who could not be reached, where the line tells of a failure to reach somebody. */
import { nameIn } from '../anomalies/peerFields.ts';

export interface Address {
  name: string;
  /** Words that tell what answers there: `service` for HTTP, else the scheme. */
  words: string[];
}

/** Only a failed contact blames an address; a URL alone may be the service's own. */
const UNREACHED =
  /\b(refused|econnrefused|econnreset|etimedout|ehostunreach|time-? ?outs?|timed out|unreachable|connection (?:reset|closed|lost|failed)|unknown host|no such host|no route to host|(?:failed|unable|cannot|could not) (?:to )?connect|i\/o error)\b/;
const URL_HOST =
  /\b([a-z][a-z0-9+]{1,15}):\/\/(?:[^\s/@:]{1,64}(?::[^\s/@]{0,64})?@)?(\d{1,3}(?:\.\d{1,3}){3}:\d{2,5}\b|[a-z0-9.-]{1,80})/gi;
const HOST_AND_PORT = /(?<![\w./:@-])(?:(\d{1,3}(?:\.\d{1,3}){3}:\d{2,5})|([a-z][a-z0-9.-]{1,80}):\d{2,5})\b/gi;
/** `Billing.java:120` is a place in a program. */
const SOURCE_FILE = /\.(java|kt|scala|py|js|mjs|ts|go|rb|cs|php|rs|c|cc|cpp|h|swift)$/i;

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
