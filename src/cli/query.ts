/**
 * The filter of `merge --query`: terms that must all hold.
 *
 * `word` and `"a phrase"` stand in the message, the service or a value; `key:value` compares one
 * field, with `*` as a wildcard and `>`, `>=`, `<`, `<=` for numbers and levels; `-term` or
 * `NOT term` must not hold. What a log is full of (paths, addresses, `k=v`) needs no quotes, which is
 * why this is no ready-made Lucene parser. `OR` and brackets are refused rather than misread.
 */
import { type Entry, type EntryRow, LEVELS, type Level } from '../model.ts';
import { quoted } from '../render/inertJson.ts';

interface Term {
  /** Null for a word or phrase that may stand anywhere. */
  key: string | null;
  operator: '' | '>' | '>=' | '<' | '<=';
  /** In lower case. */
  value: string;
  /** Written in quotes, where `*` is a star. */
  isPhrase: boolean;
  negated: boolean;
}

export interface Query {
  /** False where level, service or file already exclude the entry: its text need not be read. */
  mayMatch(row: EntryRow): boolean;
  matches(entry: Entry): boolean;
}

const TOKEN =
  /(?<minus>-)?(?:(?<key>[\w.@/-]+):(?!\/\/))?(?<operator>>=|<=|>|<)?(?:"(?<phrase>(?:[^"\\]|\\.)*)"|(?<word>[^\s"]+))/y;
/** A number, and what may follow it as its unit: `3.8%`, `10 ms`, `1e3`. Dates and addresses go on with digits. */
const QUANTITY = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*[^\d\s.,:-]*$/;
const OF_ROW = new Set(['level', 'service', 'file']);

export function parseQuery(text: string): Query | { problem: string } {
  const terms: Term[] = [];
  let negateNext = false;
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, TOKEN.lastIndex)) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) return { problem: `cannot read ${quoted(text.slice(at, at + 20))}; is a quote not closed?` };
    const bare = groups.key === undefined && groups.phrase === undefined ? groups.word : undefined;
    if (bare === 'AND') continue;
    if (bare === 'OR' || /^[()]/.test(bare ?? '')) {
      return { problem: 'OR and brackets are not understood; all terms must hold. Quote them to look for the text' };
    }
    if (bare === 'NOT') {
      negateNext = true;
      continue;
    }
    const term = termOf(groups, negateNext);
    if ('problem' in term) return term;
    terms.push(term);
    negateNext = false;
  }
  if (negateNext) return { problem: 'nothing follows NOT' };
  const ofRow = terms.filter((term) => term.key !== null && OF_ROW.has(term.key));
  return {
    mayMatch: (row) => ofRow.every((term) => holdsOfRow(term, row) !== term.negated),
    matches: (entry) => terms.every((term) => holds(term, entry) !== term.negated),
  };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}

function termOf(groups: Record<string, string | undefined>, negated: boolean): Term | { problem: string } {
  const key = groups.key?.toLowerCase() ?? null;
  const operator = (key === null ? '' : (groups.operator ?? '')) as Term['operator'];
  const written = groups.phrase?.replace(/\\(.)/g, '$1') ?? groups.word ?? '';
  const value = (key === null && groups.operator ? groups.operator + written : written).toLowerCase();
  const isPhrase = groups.phrase !== undefined;
  const negates = negated !== (groups.minus !== undefined);
  const problem = key === null ? null : problemOf(key, operator, value, isPhrase);
  return problem === null ? { key, operator, value, isPhrase, negated: negates } : { problem };
}

/** What could hold for no entry, or for every one, is a slip that is told rather than searched for. */
function problemOf(key: string, operator: Term['operator'], value: string, isPhrase: boolean): string | null {
  if (!isPhrase && /^[<>]=?$/.test(value)) return `nothing follows ${value}`;
  if (key === 'level') {
    const isLevel = levelIndex(value) !== -1 || (operator === '' && LEVELS.some((level) => wildcard(value, level)));
    return isLevel ? null : `${quoted(value)} is no level; there are ${LEVELS.join(', ')}`;
  }
  if (operator === '' || QUANTITY.test(value)) return null;
  return `${quoted(value)} after ${operator} is no number; for times there are --from and --to`;
}

function holds(term: Term, entry: Entry): boolean {
  if (term.key === null) return holdsAnywhere(term.value, entry);
  if (OF_ROW.has(term.key)) return holdsOfRow(term, entry);
  if (term.key === 'message') return holdsOfText(term, entry.message);
  if (term.key === 'id')
    return entry.ids.some((id) => [id.value, id.normalised].some((text) => holdsOfText(term, text)));
  const key = term.key;
  return entry.fields.some((field) => isKey(field.key.toLowerCase(), key) && holdsOfText(term, textOf(field.value)));
}

/** `code` means `http.status.code` too, for whoever does not know where it is nested. */
function isKey(key: string, wanted: string): boolean {
  return key === wanted || key.endsWith(`.${wanted}`);
}

function holdsOfRow(term: Term, row: EntryRow): boolean {
  if (term.key === 'level') return holdsOfLevel(term, row.level);
  const text = term.key === 'service' ? row.service : row.file;
  return text !== null && holdsOfText(term, text);
}

function holdsOfLevel(term: Term, level: Level | null): boolean {
  if (level === null) return false;
  const difference = LEVELS.indexOf(level) - levelIndex(term.value);
  return term.operator === '' ? wildcard(term.value, level) || difference === 0 : compares(term.operator, difference);
}

function levelIndex(value: string): number {
  const name = value === 'warning' ? 'warn' : value;
  return (LEVELS as readonly string[]).indexOf(name);
}

function holdsOfText(term: Term, text: string): boolean {
  if (term.operator !== '') return compares(term.operator, leadingNumber(text) - leadingNumber(term.value));
  const lower = text.toLowerCase();
  if (term.key === 'message')
    return term.isPhrase || !term.value.includes('*') ? lower.includes(term.value) : wildcard(term.value, lower);
  return term.isPhrase ? lower === term.value : wildcard(term.value, lower);
}

function holdsAnywhere(value: string, entry: Entry): boolean {
  const found = (text: string): boolean => text.toLowerCase().includes(value);
  return found(entry.message) || found(entry.service ?? '') || entry.fields.some((field) => found(textOf(field.value)));
}

function textOf(value: Entry['fields'][number]['value']): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `"3.8%"` and `"10ms"` compare by their number; their unit is the reader's to know. */
function leadingNumber(text: string): number {
  return Number.parseFloat(text);
}

/** False where either side was no number, as NaN compares false. */
function compares(operator: Term['operator'], difference: number): boolean {
  switch (operator) {
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '<':
      return difference < 0;
    default:
      return difference <= 0;
  }
}

/** `*` stands for any text. Not a regular expression, so that no pattern can run away. */
function wildcard(pattern: string, text: string): boolean {
  const pieces = pattern.split('*');
  const [first = '', last = ''] = [pieces[0], pieces.at(-1)];
  if (pieces.length === 1) return pattern === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}
