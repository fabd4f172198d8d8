/**
 * What one log line says of a call: whom its service calls, who called it, and whether the line stands before the
 * call (sent), at its far end (received) or behind it (answered).
 */
import type { Entry, Field } from '../../model.ts';
import { nameIn, peerFieldsOf } from '../anomalies/peerFields.ts';
import { plain, strings, wordsOf } from '../anomalies/words.ts';
import type { ServiceNames } from '../incident/serviceNames.ts';

/** A party that a line names: a service of the log by its number, or one that never logs by its name alone. */
export interface Named {
  service: number | null;
  name: string;
  how: 'peer' | 'mention';
}

export interface CallWords {
  sends: boolean;
  receives: boolean;
  answers: boolean;
  /** Work is begun that may be another's: a request for a service, or its side of it. */
  begins: boolean;
  callees: Named[];
  callers: Named[];
}

const SENDS =
  /\b(call(s|ing)?|send(s|ing)?|sent|invok(es?|ing)|request(s|ing)|request (sent|to)|forward(s|ing|ed)?|dispatch(es|ing|ed)?|publish(es|ing|ed)?|fetch(es|ing)?|quer(ies|ying)|connecting|posting|delegat(es?|ing)|proxying|outgoing|outbound)\b/;
const RECEIVES = /\b(received|receiving|incoming|inbound|accept(ed|ing)|consum(ed|ing)|handling)\b/;
const ANSWERS =
  /\b(respon(se|ses|ded)|repl(y|ies|ied)|answer(ed)?|returned|completed|finished|done|succeeded|successful(ly)?|fail(ed|ure)|timed out|timeout|time out|refused|rejected|unavailable|unreachable|error)\b/;

const BEGINS = /\b(request(ed)?|start(ed|ing)|initiat(ed|ing)|begin(ning)?|began|submitt(ed|ing))\b/;

const URL_HOST = /\b[a-z][a-z0-9+.-]{1,12}:\/\/(?:[^\s/@"']*@)?([a-z0-9][a-z0-9._-]*)/gi;
/** Keys that hold who asks, or where a page was left: what they name is not called. */
const ASKER_WORDS = new Set(
  'caller client source origin requester referer referrer from by user agent self'.split(' '),
);
const CALLER_WORDS = new Set(['caller', 'requester']);
/** With `service` or `app` beside them: `client_service`. */
const CALLER_OF_SERVICE = new Set(['client', 'source', 'origin', 'from']);
const ADDRESS_WORDS = new Set(['url', 'uri', 'endpoint', 'address', 'host', 'href']);
/** Words of a key that says outright who is called, so that a name is believed of which nothing else is known. */
const CALLEE_WORDS = new Set(
  'upstream downstream peer target callee dependency destination dest remote backend provider'.split(' '),
);
/** Longer texts hold no further names of who is called. */
const LONGEST_TEXT = 2000;

/**
 * A bare word beside such a verb may be the name of who is called: `sending billing request`, `calling the ledger`,
 * `request sent to billing`. A word that goes on (`sending order confirmation`) is what is sent.
 */
const ASKED =
  /\b(?:call(?:s|ing)?|invok(?:es?|ing)|quer(?:y|ies|ying)|fetch(?:es|ing)?|request(?:s|ing)?|connecting|forward(?:s|ing|ed)?|send(?:s|ing)?|sent|post(?:s|ing)?|proxying|delegat(?:es?|ing))(?: (?:sent|a|an|the|request|message|call|http|grpc|rest|get|post|to|from|at|via)){0,4} ([\p{L}][\p{L}\p{N}-]*)(?= (?:request|call|api|client|endpoint|server|for|with|via|at|on|to)\b|[^\p{L}\p{N} ]|$)/gu;

export function callWordsOf(entry: Pick<Entry, 'message' | 'fields'>, own: number, names: ServiceNames): CallWords {
  const message = entry.message.slice(0, LONGEST_TEXT);
  const text = plain(message);
  const answers = ANSWERS.test(text);
  const receives = !answers && RECEIVES.test(text);
  const sends = !answers && !receives && SENDS.test(text);
  const begins = !answers && BEGINS.test(text);
  const found: CallWords = { sends, receives, answers, begins, callees: [], callers: [] };
  const add = (to: Named[], name: string, how: Named['how'], believed: boolean): void => {
    const service = names.resolve(name, true);
    if (service === own || (service === null && !believed)) return;
    addNamed(to, { service, name, how });
  };
  for (const { name, words, isSubject } of peerFieldsOf(entry.fields)) {
    if (isSubject || words.some((word) => ASKER_WORDS.has(word))) continue;
    add(
      found.callees,
      name,
      'peer',
      words.some((word) => CALLEE_WORDS.has(word)),
    );
  }
  for (const field of entry.fields) {
    const words = wordsOf(field.key);
    if (isCallerKey(words)) for (const name of strings(field.value)) add(found.callers, name, 'peer', false);
    else for (const host of hostsIn(field, words)) add(found.callees, host, 'peer', sends && !receives);
  }
  for (const [, host] of message.matchAll(URL_HOST)) {
    const name = nameIn(host);
    if (name !== null) add(found.callees, name, 'mention', sends);
  }
  if (sends) {
    for (const [, word] of text.matchAll(ASKED)) {
      const service = names.resolve(word, true);
      if (service !== null && service !== own) addNamed(found.callees, { service, name: '', how: 'mention' });
    }
  }
  if (!sends && !receives && !answers) return found;
  for (const { service, full } of names.mentioned(message)) {
    if (service === own || !full) continue;
    addNamed(receives ? found.callers : found.callees, { service, name: '', how: 'mention' });
  }
  return found;
}

/** The first way in which a party is named counts: fields come before sentences. */
function addNamed(to: Named[], named: Named): void {
  const isKnown = to.some(
    ({ service, name }) => service === named.service && (service !== null || name === named.name),
  );
  if (!isKnown) to.push(named);
}

function isCallerKey(words: readonly string[]): boolean {
  if (words.some((word) => CALLER_WORDS.has(word))) return true;
  const isService = words.includes('service') || words.includes('app');
  return isService && words.some((word) => CALLER_OF_SERVICE.has(word));
}

function hostsIn({ value }: Field, words: readonly string[]): string[] {
  if (!words.some((word) => ADDRESS_WORDS.has(word)) || words.some((word) => ASKER_WORDS.has(word))) return [];
  return strings(value).flatMap((text) =>
    [...text.slice(0, LONGEST_TEXT).matchAll(URL_HOST)].flatMap(([, host]) => nameIn(host) ?? []),
  );
}
