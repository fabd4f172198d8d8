/**
 * Reads a query: one line in the style of Lucene, or a query of Elasticsearch in JSON.
 *
 * The library reads operators and brackets; terms go through it by their number, because Lucene's own would
 * refuse or misread most of what is pasted out of a log.
 */
import lucene, { type LuceneNode } from '@hyperdx/lucene';
import { readElastic } from './elastic.ts';
import { QueryError, type QueryNode, type QueryProblem } from './syntax.ts';
import { readTerm } from './terms.ts';
import { type Token, tokens } from './tokens.ts';

/** A query that nobody types, and that would go deeper than the stack. */
const MOST_TERMS = 500;
const DEEPEST = 50;

export interface ParsedQuery {
  /** Null lets every entry pass. */
  node: QueryNode | null;
  /** Parts of a pasted request that have no meaning here. */
  ignored: readonly string[];
}

/** `zone` is that of times that name none. Never throws, whatever the text. */
export function parseQuery(text: string, zone = 'UTC'): ParsedQuery | QueryProblem {
  try {
    const readLine = (line: string): QueryNode | null => queryLine(line, zone);
    return readElastic(text, zone, readLine) ?? { node: readLine(text), ignored: [] };
  } catch (error) {
    if (error instanceof QueryError) return error.problem;
    throw error;
  }
}

function queryLine(text: string, zone: string): QueryNode | null {
  const found = tokens(text);
  if (found.length === 0) return null;
  checkOrder(found);
  const groups = found.map((token) => (token.kind === 'group' ? token.key : null));
  const read = (token: number, outer: string | null): QueryNode => {
    const written = found[token];
    if (written.kind !== 'term') throw new QueryError('query.unclear', {}, written.start, written.end);
    const place = { start: written.start, end: written.end, text: text.slice(written.start, written.end) };
    return readTerm(written.term, outer, place, zone);
  };
  try {
    return chain(lucene.parse(byNumber(found)), null, groups, read);
  } catch (error) {
    if (error instanceof QueryError) throw error;
    throw new QueryError('query.unclear', {}, 0, text.length);
  }
}

/** What the library would let pass or tell in its own words: operators without a term, brackets without a partner. */
function checkOrder(found: readonly Token[]): void {
  const open: Token[] = [];
  let terms = 0;
  let before: Token | null = null;
  const refuse = (key: string, { start, end }: Token): never => {
    throw new QueryError(key, {}, start, end);
  };
  for (const token of found) {
    const wantsTerm: boolean = before === null || !['term', 'close'].includes(before.kind);
    if ((token.kind === 'and' || token.kind === 'or') && wantsTerm) refuse('query.before', token);
    if (token.kind === 'open' || token.kind === 'group') open.push(token);
    if (token.kind === 'close') {
      if (open.length === 0) refuse('query.close', token);
      if (before?.kind === 'open' || before?.kind === 'group') refuse('query.empty', token);
      if (wantsTerm && before !== null) refuse('query.after', before);
      open.pop();
    }
    if (token.kind === 'term') terms++;
    if (terms > MOST_TERMS || open.length > DEEPEST) refuse('query.large', token);
    before = token;
  }
  const last = open.at(-1);
  if (last) refuse('query.open', last);
  if (before !== null && !['term', 'close'].includes(before.kind)) refuse('query.after', before);
}

/** The query with each term as its number. Two negations make none. */
function byNumber(found: readonly Token[]): string {
  let negated = false;
  const parts = found.map((token, number) => {
    if (token.kind === 'not') {
      negated = !negated;
      return '';
    }
    const not = negated && token.kind !== 'and' && token.kind !== 'or' ? 'NOT ' : '';
    if (not) negated = false;
    switch (token.kind) {
      case 'open':
        return `${not}(`;
      case 'group':
        return `${not}f${number}:(`;
      case 'close':
        return ')';
      case 'term':
        return `${not}t${number}`;
      default:
        return token.kind.toUpperCase();
    }
  });
  return parts.filter(Boolean).join(' ').replaceAll('( ', '(');
}

/**
 * The library joins what follows an operator first, whatever it is. In Kibana and Datadog AND binds closer
 * than OR, and NOT closest, so the chain is walked and joined anew.
 */
function chain(
  first: LuceneNode,
  key: string | null,
  groups: readonly (string | null)[],
  read: (token: number, outer: string | null) => QueryNode,
): QueryNode {
  const alternatives: QueryNode[][] = [[]];
  const item = (node: LuceneNode, isNegated: boolean): void => {
    const own = node.left ? (node.field === undefined ? key : groups[Number(node.field.slice(1))]) : key;
    const inner = node.left ? chain(node, own, groups, read) : read(Number((node.term ?? '').slice(1)), key);
    alternatives.at(-1)?.push(isNegated ? { kind: 'not', node: inner } : inner);
  };
  let node: LuceneNode = first;
  let isNegated = first.start === 'NOT';
  if (!first.left) {
    item(first, isNegated);
    return joined(alternatives);
  }
  for (;;) {
    if (node.left) item(node.left, isNegated);
    if (node.operator === undefined || !node.right) break;
    if (node.operator.startsWith('OR')) alternatives.push([]);
    isNegated = node.operator.endsWith('NOT');
    const next = node.right;
    if (!next.left || next.parenthesized) {
      item(next, isNegated);
      break;
    }
    node = next;
  }
  return joined(alternatives);
}

function joined(alternatives: readonly QueryNode[][]): QueryNode {
  return join(
    'or',
    alternatives.map((nodes) => join('and', nodes)),
  );
}

function join(kind: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode {
  return nodes.length === 1 ? nodes[0] : { kind, nodes };
}
