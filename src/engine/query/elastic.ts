/**
 * Elasticsearch's query in JSON, as it is pasted from Kibana or a runbook. What it cannot say of a log in
 * files is refused by its name, for an answer to half of a question misleads.
 */
import type { Json } from '../../model.ts';
import { QueryError, type QueryNode, type Test } from './syntax.ts';
import { bounded, isTimeKey, levelIndex } from './terms.ts';
import { wordsOf } from './values.ts';

type JsonObject = { [key: string]: Json };
type ReadLine = (line: string) => QueryNode | null;

/** As Kibana's console copies it: `GET /logs/_search` above the body. */
const REQUEST_LINE = /^\s*(?:GET|POST)\s+\S+\s*(?=\{)/;
const COMPARISONS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const MOST_CLAUSES = 500;
const DEEPEST = 50;

interface Reading {
  zone: string;
  readLine: ReadLine;
  length: number;
  clauses: number;
}

/** Null where the text is no such query. */
export function readElastic(
  text: string,
  zone: string,
  readLine: ReadLine,
): { node: QueryNode | null; ignored: string[] } | null {
  const body = text.replace(REQUEST_LINE, '').trim();
  if (!body.startsWith('{')) return null;
  const parsed = parsedJson(body, text.length);
  const reading: Reading = { zone, readLine, length: text.length, clauses: 0 };
  const query = isObject(parsed.query) ? parsed.query : parsed;
  const ignored = query === parsed ? [] : Object.keys(parsed).filter((key) => key !== 'query');
  return { node: clause(query, reading, 0), ignored };
}

function parsedJson(body: string, length: number): JsonObject {
  try {
    const value = JSON.parse(body) as Json;
    if (isObject(value)) return value;
  } catch {
    // Said below, in words of our own.
  }
  throw new QueryError('query.json', {}, 0, length);
}

/** Null lets every entry pass. */
function clause(value: Json, reading: Reading, depth: number): QueryNode | null {
  const [name, ...more] = isObject(value) ? Object.keys(value) : [];
  if (!isObject(value) || name === undefined || more.length > 0) throw refusal('query.clause', {}, reading);
  if (++reading.clauses > MOST_CLAUSES || depth > DEEPEST) throw refusal('query.large', {}, reading);
  const inner = value[name];
  switch (name) {
    case 'match_all':
      return null;
    case 'bool':
      return bool(object(inner, name, reading), reading, depth);
    case 'constant_score':
      return clause(object(inner, name, reading).filter ?? null, reading, depth + 1);
    case 'query_string':
    case 'simple_query_string':
      return reading.readLine(String(object(inner, name, reading).query ?? ''));
    case 'exists':
      return {
        ...field(String(object(inner, name, reading).field ?? ''), { kind: 'exists' }),
        text: `exists:${JSON.stringify(inner)}`,
      };
    default:
      return leaf(name, object(inner, name, reading), reading);
  }
}

function bool(value: JsonObject, reading: Reading, depth: number): QueryNode | null {
  const known = ['must', 'filter', 'should', 'must_not', 'minimum_should_match', 'boost', '_name'];
  const other = Object.keys(value).find((key) => !known.includes(key));
  if (other !== undefined) throw refusal('query.unknown', { name: `bool.${other}` }, reading);
  const all = (name: string): (QueryNode | null)[] => list(value[name]).map((each) => clause(each, reading, depth + 1));
  const must = [...all('must'), ...all('filter')];
  const nodes = must.filter((node) => node !== null);
  for (const node of all('must_not')) nodes.push({ kind: 'not', node: node ?? { kind: 'and', nodes: [] } });
  const should = all('should');
  // As there: where something else must hold, what should hold only counts for the rank, and there is no rank here.
  const least = value.minimum_should_match ?? (must.length === 0 && should.length > 0 ? 1 : 0);
  if (least !== 0 && least !== 1 && least !== '1' && least !== '0') {
    throw refusal('query.unknown', { name: `minimum_should_match ${JSON.stringify(least)}` }, reading);
  }
  if (Number(least) === 1) {
    const some = should.filter((node) => node !== null);
    if (some.length === should.length) nodes.push({ kind: 'or', nodes: some });
  }
  return nodes.length === 0 ? null : nodes.length === 1 ? nodes[0] : { kind: 'and', nodes };
}

function leaf(name: string, value: JsonObject, reading: Reading): QueryNode {
  const [key, ...more] = Object.keys(value).filter((each) => each !== 'boost');
  if (key === undefined || more.length > 0) throw refusal('query.clause', {}, reading);
  const given = value[key];
  const made = (test: Test): QueryNode => ({ ...field(key, test), text: `${key}:${JSON.stringify(given)}` });
  switch (name) {
    case 'match': {
      const { query, operator } = isObject(given) ? given : { query: given, operator: 'or' };
      const written = scalar(query ?? null, reading);
      if (plainKey(key) === 'level' || levelIndex(written) >= 0) return made(equalTo(written));
      return made({ kind: 'words', words: wordsOf(written), all: String(operator).toLowerCase() === 'and' });
    }
    case 'match_phrase':
      return made({
        kind: 'words',
        words: [wordsOf(scalar(isObject(given) ? (given.query ?? null) : given, reading)).join(' ')],
        all: true,
      });
    case 'term':
      return made(equalTo(scalar(isObject(given) ? (given.value ?? null) : given, reading)));
    case 'terms':
      return { kind: 'or', nodes: list(given).map((each) => made(equalTo(scalar(each, reading)))) };
    case 'wildcard':
      return made({
        kind: 'text',
        value: scalar(isObject(given) ? (given.value ?? given.wildcard ?? null) : given, reading),
        isPhrase: false,
      });
    case 'prefix':
      return made({
        kind: 'text',
        value: `${scalar(isObject(given) ? (given.value ?? null) : given, reading)}*`,
        isPhrase: false,
      });
    case 'range':
      return made(range(key, object(given, name, reading), reading));
    default:
      throw refusal('query.unknown', { name }, reading);
  }
}

function range(key: string, given: JsonObject, reading: Reading): Test {
  const zone =
    typeof given.time_zone === 'string' && /^[+-]\d{2}:\d{2}$/.test(given.time_zone) ? given.time_zone : reading.zone;
  const bounds = Object.entries(COMPARISONS).flatMap(([name, operator]) => {
    const value = given[name];
    return value === undefined || value === null ? [] : [{ operator, value: String(value) }];
  });
  const place = { start: 0, end: reading.length, text: key };
  return bounded(isTimeKey(plainKey(key)) ? '@timestamp' : plainKey(key), bounds, place, zone);
}

function field(key: string, test: Test): QueryNode & { kind: 'term' } {
  return { kind: 'term', key: plainKey(key), test, text: key };
}

/** `service.keyword` is a second index of the same field. */
function plainKey(key: string): string {
  return key.toLowerCase().replace(/\.keyword$/, '');
}

function equalTo(value: string): Test {
  return { kind: 'text', value, isPhrase: true };
}

/** In lower case, as everything is compared. */
function scalar(value: Json, reading: Reading): string {
  if (value === null || typeof value === 'object') throw refusal('query.clause', {}, reading);
  return String(value).toLowerCase();
}

function object(value: Json | undefined, name: string, reading: Reading): JsonObject {
  if (!isObject(value)) throw refusal('query.unknown', { name }, reading);
  return value;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: Json | undefined): Json[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function refusal(key: string, args: Record<string, string>, { length }: Reading): QueryError {
  return new QueryError(key, args, 0, length);
}
