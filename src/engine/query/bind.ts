/**
 * A query held against one log. Each term is asked of the columns first, which say yes, no, or that the
 * entry's text must be read; operators know how to go on with that, so that little text is read.
 */
import type { Message } from '../../incident.ts';
import type { Entry, TimeRange } from '../../model.ts';
import type { Log } from '../index/log.ts';
import { bestOf, eitherOf, type Needles } from './needles.ts';
import type { ParsedQuery } from './parse.ts';
import { type Predicate, predicateOf } from './predicates.ts';
import type { QueryNode } from './syntax.ts';
import { NO, UNREAD, type Verdict, YES } from './verdict.ts';

/** A query as it means one log; valid for one generation of it. */
export interface BoundQuery {
  /** From columns alone. */
  verdict(entry: number): Verdict;
  /** Whether the entry is worth reading. */
  mayMatch(entry: number): boolean;
  /** Of entries that are worth reading, in their order, those that their bytes do not rule out. */
  byBytes(entries: readonly number[]): Promise<readonly number[]>;
  /** With the entry's text. */
  matches(entry: Entry): boolean;
  /** What must stand in the bytes of an entry whose text is asked. */
  needles: Needles;
  /** What is not asked of this log, because it knows no such thing. */
  notes: readonly Message[];
}

type Node = { kind: 'leaf'; leaf: Predicate } | { kind: 'and' | 'or'; nodes: Node[] } | { kind: 'not'; node: Node };

export function bindQuery(
  query: ParsedQuery,
  log: Log,
  root: string,
  tailKeys: ReadonlySet<string> = new Set(),
): BoundQuery {
  const notes: Message[] = query.ignored.map((part) => ({ key: 'query.part-ignored', args: { part } }));
  const surroundings = { log, root, tailKeys, range: rangeOf(log), timeOf: timesOf(log) };
  const bind = (node: QueryNode): Node | null => {
    switch (node.kind) {
      case 'term': {
        const leaf = predicateOf(node, surroundings);
        if (leaf === null) notes.push({ key: 'query.ignored', args: { text: node.text } });
        return leaf && { kind: 'leaf', leaf };
      }
      case 'not': {
        const inner = bind(node.node);
        return inner && { kind: 'not', node: inner };
      }
      default: {
        // What is ignored is neither true nor false: it is as if it had not been written.
        const nodes = node.nodes.map(bind).filter((each) => each !== null);
        return nodes.length === 0 && node.nodes.length > 0 ? null : { kind: node.kind, nodes };
      }
    }
  };
  const bound = query.node && bind(query.node);
  if (bound === null) {
    const always = {
      mayMatch: () => true,
      matches: () => true,
      byBytes: async (entries: readonly number[]) => entries,
    };
    return { verdict: () => YES, ...always, needles: null, notes };
  }
  const verdict = (entry: number): Verdict => verdictOf(bound, entry, null);
  const needles = settled(needlesOfNode(bound));
  return {
    verdict,
    mayMatch: (entry) => verdict(entry) !== NO,
    byBytes: async (entries) => {
      if (needles === null) return entries;
      const open = entries.filter((entry) => verdict(entry) !== YES);
      const holding = new Set(await log.holding(open, needles));
      const ruledOut = new Set(open.filter((entry) => !holding.has(entry)));
      return entries.filter((entry) => !ruledOut.has(entry));
    },
    matches: (entry) => verdictOf(bound, entry.entry, entry) === YES,
    needles,
    notes,
  };
}

const settled = (needles: Needles | 'decided'): Needles => (needles === 'decided' ? null : needles);

/** Of a node that columns leave open. What they decide is not asked of the text: it neither needs a word nor saves one. */
function needlesOfNode(node: Node): Needles | 'decided' {
  if (node.kind === 'leaf') return node.leaf.needles;
  if (node.kind === 'not') return needlesOfNode(node.node) === 'decided' ? 'decided' : null;
  const each = node.nodes.map((inner) => ({ needles: needlesOfNode(inner), mayHold: mayHoldByColumns(inner) }));
  const asked = each.filter(({ needles }) => needles !== 'decided');
  if (asked.length === 0) return 'decided';
  if (node.kind === 'or') return eitherOf(asked.map(({ needles }) => settled(needles)));
  // Of AND, a part that columns may have said yes to is not what is open: its words need not be there.
  return bestOf(asked.map(({ needles, mayHold }) => (mayHold ? null : settled(needles))));
}

function mayHoldByColumns(node: Node): boolean {
  if (node.kind === 'leaf') return node.leaf.mayHold;
  if (node.kind === 'not') return true;
  return node.kind === 'and' ? node.nodes.every(mayHoldByColumns) : node.nodes.some(mayHoldByColumns);
}

function verdictOf(node: Node, entry: number, text: Entry | null): Verdict {
  switch (node.kind) {
    case 'leaf': {
      const known = node.leaf.column(entry);
      return known === UNREAD && text !== null ? (node.leaf.text(text) ? YES : NO) : known;
    }
    case 'not': {
      const inner = verdictOf(node.node, entry, text);
      return inner === UNREAD ? UNREAD : inner === YES ? NO : YES;
    }
    default: {
      // AND is settled by the first no, OR by the first yes.
      const settling = node.kind === 'and' ? NO : YES;
      let result: Verdict = node.kind === 'and' ? YES : NO;
      for (const each of node.nodes) {
        const one = verdictOf(each, entry, text);
        if (one === settling) return settling;
        if (one === UNREAD) result = UNREAD;
      }
      return result;
    }
  }
}

function rangeOf(log: Log): TimeRange {
  let [from, to]: [number | null, number | null] = [null, null];
  for (const file of log.files) {
    if (file.from !== null && (from === null || file.from < from)) from = file.from;
    if (file.to !== null && (to === null || file.to > to)) to = file.to;
  }
  return { from, to };
}

/** An entry without time has that of the one above it in order, with which it is shown; NaN before the first. */
function timesOf(log: Log): (entry: number) => number {
  let lent: Map<number, number> | null = null;
  return (entry) => {
    const own = log.time[entry];
    if (!Number.isNaN(own)) return own;
    if (lent === null) {
      lent = new Map();
      let last = Number.NaN;
      for (const each of log.order) {
        if (Number.isNaN(log.time[each])) lent.set(each, last);
        else last = log.time[each];
      }
    }
    return lent.get(entry) ?? Number.NaN;
  };
}
