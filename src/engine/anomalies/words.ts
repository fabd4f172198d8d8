/**
 * Words of keys and of messages. Rules compare words, never substrings: a bare `db` inside a span
 * id or a `fail` inside `failover` says nothing.
 */
import type { Entry, Field, Json } from '../../model.ts';

/** Longer texts are cut before they are searched: a megabyte of stack trace holds no further news. */
const LONGEST_TEXT = 2000;
/** The causes of an exception stand behind its frames. */
const LONGEST_STACK = 20_000;

/** Keys that say why something went wrong, beside the message itself. */
const REASON_WORDS = new Set([
  'error',
  'err',
  'reason',
  'exception',
  'cause',
  'message',
  'msg',
  'detail',
  'details',
  'description',
]);

/** `SocketTimeoutException`, `pool_exhausted` → `socket timeout exception`, `pool exhausted`. */
export function plain(text: string): string {
  return text
    .slice(0, LONGEST_TEXT)
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/[_\s]+/g, ' ')
    .toLowerCase();
}

export function wordsOf(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The singular of a plural, roughly: both sides of a comparison are stemmed the same way. */
export function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}

/** A line of a stack trace that tells where and not what: a frame, a quoted line of source, a heading. */
const FRAME = /^(?:\s|at |File "|Traceback |goroutine |\.{3}|$)/;
const MOST_HEADS = 4;

/** What an entry says in words: its message, its error and reason fields, as written, and what its stack trace is about. */
export function saidIn(entry: Entry): string[] {
  const reasons = entry.fields.filter((field) => field.value !== entry.message && isReason(field));
  return [entry.message, ...reasons.flatMap(({ value }) => strings(value)), ...entry.fields.flatMap(headsOf)];
}

/** The exception and those that caused it: the lines of a stack trace that are no frames. */
function headsOf({ key, value }: Field): string[] {
  if (typeof value !== 'string' || !isStack(key)) return [];
  const heads = value
    .slice(0, LONGEST_STACK)
    .split('\n')
    .filter((line) => !FRAME.test(line));
  return heads.slice(0, MOST_HEADS);
}

function isStack(key: string): boolean {
  const [last, before] = wordsOf(key).reverse();
  return last === 'stacktrace' || last === 'traceback' || (last === 'trace' && before === 'stack');
}

function isReason(field: Field): boolean {
  const words = wordsOf(field.key);
  return REASON_WORDS.has(words[words.length - 1]);
}

/** The strings of a value, those of a list one by one. */
export function strings(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
