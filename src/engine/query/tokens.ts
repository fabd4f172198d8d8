/**
 * Takes a query line apart into operators, brackets and terms. What a log is full of (paths, addresses,
 * `k=v`, calls with brackets) needs no quotes here, which is why no ready-made scanner is used.
 */
import { type Operator, QueryError } from './syntax.ts';

/** A term as written. */
export interface Written {
  /** Null where it has none of its own. */
  key: string | null;
  operator: Operator | null;
  /** Null for a range. */
  value: string;
  isPhrase: boolean;
  range: { from: string; to: string; includesFrom: boolean; includesTo: boolean } | null;
}

interface Place {
  start: number;
  end: number;
}

export type Token = Place &
  (
    | { kind: 'and' | 'or' | 'not' | 'open' | 'close' }
    /** `key:(`, whose terms are all of that key. */
    | { kind: 'group'; key: string }
    | { kind: 'term'; term: Written }
  );

const KEY = /[A-Za-z_@][\w.@/-]*:(?!\/\/)/y;
const OPERATOR = />=|<=|>|</y;
const RANGE = /([[{])\s*(\S+|"[^"]*")\s+TO\s+("[^"]*"|[^\s\]}]+)\s*([\]}])/y;
const PHRASE = /"((?:[^"\\]|\\.)*)"(?:[~^][\d.]*)?/sy;
const WORDS_THAT_JOIN: Readonly<Record<string, 'and' | 'or' | 'not'>> = {
  AND: 'and',
  '&&': 'and',
  OR: 'or',
  '||': 'or',
  NOT: 'not',
};

export function tokens(text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const char = text[at];
    if (/\s/.test(char)) at++;
    else if (char === '(' || char === ')') found.push({ kind: char === '(' ? 'open' : 'close', start, end: ++at });
    else if ((char === '-' || char === '!') && /[^\s)]/.test(text[at + 1] ?? ' ')) {
      found.push({ kind: 'not', start, end: ++at });
    } else if (char === '+' && /["(A-Za-z_@]/.test(text[at + 1] ?? ' ')) at++;
    else {
      const token = joining(text, at) ?? term(text, at);
      found.push(token);
      at = token.end;
    }
  }
  return found;
}

function joining(text: string, start: number): Token | null {
  const word = /[^\s()"]+/y;
  word.lastIndex = start;
  const [found = ''] = word.exec(text) ?? [];
  const kind = Object.hasOwn(WORDS_THAT_JOIN, found) ? WORDS_THAT_JOIN[found] : undefined;
  return kind === undefined ? null : { kind, start, end: start + found.length };
}

function term(text: string, start: number): Token {
  const named = matchAt(KEY, text, start);
  const key = named === null ? null : named[0].slice(0, -1).toLowerCase();
  let at = start + (named?.[0].length ?? 0);
  if (key !== null && text[at] === '(') return { kind: 'group', key, start, end: at + 1 };
  const range = key === null ? null : matchAt(RANGE, text, at);
  if (range !== null) {
    const [whole, open, from, to, close] = range;
    const ends = { includesFrom: open === '[', includesTo: close === ']' };
    const written: Written = {
      key,
      operator: null,
      value: '',
      isPhrase: false,
      range: { from: bare(from), to: bare(to), ...ends },
    };
    return { kind: 'term', term: written, start, end: at + whole.length };
  }
  const operator = (matchAt(OPERATOR, text, at)?.[0] ?? null) as Operator | null;
  at += operator?.length ?? 0;
  if (text[at] === '"') {
    const phrase = matchAt(PHRASE, text, at);
    if (phrase === null) throw new QueryError('query.quote', {}, at, text.length);
    const value = phrase[1].replace(/\\(.)/gs, '$1');
    return {
      kind: 'term',
      term: { key, operator, value, isPhrase: true, range: null },
      start,
      end: at + phrase[0].length,
    };
  }
  const end = wordEnd(text, at);
  const value = text.slice(at, end).replace(/\\([^A-Za-z0-9])/g, '$1');
  return { kind: 'term', term: { key, operator, value, isPhrase: false, range: null }, start, end };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function bare(end: string): string {
  return end.length > 1 && end.startsWith('"') && end.endsWith('"') ? end.slice(1, -1) : end;
}

/** A bracket that was opened inside a word belongs to it, as in `timeout(10)`; any other closes what stands before. */
function wordEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at];
    if (char === '\\' && /[^A-Za-z0-9\s]/.test(text[at + 1] ?? ' ')) at++;
    else if (char === '"' || /\s/.test(char)) break;
    else if (char === '(') depth++;
    else if (char === ')' && depth-- === 0) break;
  }
  return at;
}
