/**
 * Recognises services by name: the name itself, another spelling of it in a field, and its mention
 * in a sentence ("Billing service timeout" means `billing-service`).
 */
import { stem, wordsOf } from '../anomalies/words.ts';

/** Words of a service's name that do not tell it from others. */
const GENERIC_WORDS = new Set(
  (
    'service svc server srv api app application gateway backend worker system microservice ms component module node ' +
    'proxy the prod production dev staging live default v1 v2'
  ).split(' '),
);
/** Words beside a name in a sentence that make it a service's name. */
const SERVICE_WORDS = new Set('service svc api server backend microservice'.split(' '));
/** A word that more than this share of all services carry (a product's prefix) is generic too. */
const SHARED_WORD = 0.5;
const SHARED_AMONG = 4;

export interface Mention {
  service: number;
  /** Named as a service, not by a bare word that may mean anything. */
  full: boolean;
}

export interface ServiceNames {
  /** The service that a field's value names: in any spelling, and, where `inShort`, without its generic words. */
  resolve(name: string, inShort: boolean): number | null;
  /** The services that a plain text mentions. */
  mentioned(text: string): Mention[];
  /** The words that tell a service from others, stemmed. */
  tokens(service: number): readonly string[];
}

/** Only services that occur in the range can be meant; others keep no tokens. */
export function serviceNames(names: readonly string[], present: ReadonlySet<number>): ServiceNames {
  const stems = names.map((name) => wordsOf(name).map(stem));
  const shared = sharedWords(stems.filter((_, service) => present.has(service)));
  const isGeneric = (word: string): boolean => GENERIC_WORDS.has(word) || shared.has(word);
  const tokens = stems.map((words) => words.filter((word) => !isGeneric(word)));
  const byWords = new Map<string, number>();
  const byToken = new Map<string, number[]>();
  for (const service of present) {
    byWords.set(stems[service].join(' '), service);
    if (tokens[service].length > 0) {
      const first = tokens[service][0];
      byToken.set(first, [...(byToken.get(first) ?? []), service]);
    }
  }
  const byTokens = new Map([...present].map((service) => [tokens[service].join(' '), service]));
  return {
    tokens: (service) => tokens[service] ?? [],
    resolve(name, inShort) {
      for (const part of [name, name.split('.')[0]]) {
        const words = wordsOf(part).map(stem);
        const known = byWords.get(words.join(' '));
        if (known !== undefined) return known;
        const telling = words.filter((word) => !isGeneric(word)).join(' ');
        const meant = inShort && telling !== '' ? byTokens.get(telling) : undefined;
        if (meant !== undefined) return meant;
      }
      return null;
    },
    mentioned(text) {
      const words = wordsOf(text).map(stem);
      const found: (Mention & { from: number; to: number })[] = [];
      for (let at = 0; at < words.length; at++) {
        for (const service of byToken.get(words[at]) ?? []) {
          const to = matchEnd(words, at, tokens[service], isGeneric);
          if (to === null) continue;
          const named = SERVICE_WORDS.has(words[to]) || SERVICE_WORDS.has(words[at - 1]);
          found.push({ service, full: named || tokens[service].length > 1, from: at, to });
        }
      }
      return found
        .filter((one) => !found.some((other) => other.to - other.from > one.to - one.from && overlaps(one, other)))
        .map(({ service, full }) => ({ service, full }));
    },
  };
}

function sharedWords(stems: readonly string[][]): Set<string> {
  if (stems.length < SHARED_AMONG) return new Set();
  const counts = new Map<string, number>();
  for (const words of stems) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > SHARED_WORD * stems.length).map(([word]) => word));
}

/** The position after the last token where all tokens follow each other; generic words may stand between. */
function matchEnd(
  words: readonly string[],
  at: number,
  tokens: readonly string[],
  isGeneric: (word: string) => boolean,
): number | null {
  let position = at;
  for (const token of tokens) {
    while (position > at && position < words.length && words[position] !== token && isGeneric(words[position]))
      position++;
    if (words[position] !== token) return null;
    position++;
  }
  return position;
}

function overlaps(one: { from: number; to: number }, other: { from: number; to: number }): boolean {
  return one.from < other.to && other.from < one.to;
}
