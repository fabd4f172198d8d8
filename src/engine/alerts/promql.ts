/** PromQL as Prometheus' own grammar reads it, reduced to what an alert over logs can mean. */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { durationMs } from '../../base/durationText.ts';
import { type Expression, Unsupported, unquoted } from './expression.ts';
import type { Comparison, ValueTest } from './rule.ts';

const ARITHMETIC: Readonly<Record<string, '+' | '-' | '*' | '/'>> = { Add: '+', Sub: '-', Mul: '*', Div: '/' };
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  Gtr: '>',
  Gte: '>=',
  Lss: '<',
  Lte: '<=',
  EqlC: '==',
  Neq: '!=',
};

/** Throws Unsupported. */
export function parsePromQl(text: string): Expression {
  const tree = parser.parse(text);
  tree.iterate({
    enter(node) {
      if (node.type.isError) throw new Unsupported('alert.syntax', { at: node.from + 1 });
    },
  });
  const top = tree.topNode.firstChild;
  if (!top) throw new Unsupported('alert.syntax', { at: 1 });
  return read(top, text);
}

function read(node: SyntaxNode, text: string): Expression {
  const said = text.slice(node.from, node.to);
  switch (node.name) {
    case 'ParenExpr':
      return read(inner(node, said), text);
    case 'NumberDurationLiteral':
      return { kind: 'number', value: numberOf(said) };
    case 'UnaryExpr': {
      const operand = node.lastChild;
      if (!operand) break;
      const value = read(operand, text);
      return node.firstChild?.name === 'Sub'
        ? { kind: 'binary', op: '-', left: { kind: 'number', value: 0 }, right: value }
        : value;
    }
    case 'VectorSelector':
      return metric(node, text, null);
    case 'MatrixSelector': {
      const selector = node.getChild('VectorSelector');
      const range = node.getChild('DurationExpr');
      if (!selector || !range) break;
      return metric(selector, text, durationMs(text.slice(range.from, range.to)));
    }
    case 'FunctionCall': {
      const name = node.getChild('FunctionIdentifier');
      return { kind: 'call', name: name ? text.slice(name.from, name.to) : '', args: argsOf(node, text) };
    }
    case 'AggregateExpr':
      return aggregate(node, text);
    case 'BinaryExpr':
      return binary(node, text, said);
  }
  throw new Unsupported('alert.unsupported', { part: said });
}

function metric(node: SyntaxNode, text: string, rangeMs: number | null): Expression {
  const identifier = node.getChild('Identifier');
  let name = identifier ? text.slice(identifier.from, identifier.to) : '';
  const labels: (ValueTest & { label: string })[] = [];
  for (const matcher of node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? []) {
    const label = matcher.getChild('LabelName');
    const op = matcher.getChild('MatchOp');
    const value = matcher.getChild('StringLiteral');
    if (!label || !op || !value) throw new Unsupported('alert.unsupported', { part: text.slice(node.from, node.to) });
    const test = {
      op: text.slice(op.from, op.to) as ValueTest['op'],
      value: unquoted(text.slice(value.from, value.to)),
    };
    const labelName = text.slice(label.from, label.to);
    if (labelName === '__name__' && test.op === '=') name = test.value;
    else labels.push({ label: labelName, ...test });
  }
  if (name === '') throw new Unsupported('alert.nameless');
  return { kind: 'metric', name, labels, rangeMs };
}

function argsOf(node: SyntaxNode, text: string): Expression[] {
  const body = node.getChild('FunctionCallBody');
  const args: Expression[] = [];
  for (let child = body?.firstChild ?? null; child; child = child.nextSibling) args.push(read(child, text));
  return args;
}

function aggregate(node: SyntaxNode, text: string): Expression {
  const op = node.getChild('AggregateOp');
  const name = op ? text.slice(op.from, op.to) : '';
  const modifier = node.getChild('AggregateModifier');
  if (modifier?.getChild('Without')) throw new Unsupported('alert.unsupported', { part: 'without' });
  const labels = modifier?.getChild('GroupingLabels')?.getChildren('LabelName') ?? null;
  const by = labels?.map((label) => text.slice(label.from, label.to)) ?? null;
  const arg = argsOf(node, text).at(-1);
  if (!arg || !['sum', 'max', 'min', 'avg', 'count'].includes(name)) {
    throw new Unsupported('alert.unsupported', { part: name });
  }
  return { kind: 'aggregate', name, by, arg };
}

function binary(node: SyntaxNode, text: string, said: string): Expression {
  const [left, right] = [node.firstChild, node.lastChild];
  const op = left?.nextSibling;
  if (!left || !right || !op) throw new Unsupported('alert.unsupported', { part: said });
  if (node.getChild('MatchingModifierClause'))
    throw new Unsupported('alert.unsupported', { part: 'on, ignoring, group' });
  const sides = { left: read(left, text), right: read(right, text) };
  if (ARITHMETIC[op.name]) return { kind: 'binary', op: ARITHMETIC[op.name], ...sides };
  if (COMPARISONS[op.name]) return { kind: 'compare', op: COMPARISONS[op.name], ...sides };
  throw new Unsupported('alert.unsupported', { part: text.slice(op.from, op.to) });
}

function inner(node: SyntaxNode, said: string): SyntaxNode {
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!/^[()]$/.test(child.name)) return child;
  }
  throw new Unsupported('alert.unsupported', { part: said });
}

function numberOf(said: string): number {
  const number = Number(said.replaceAll('_', ''));
  return Number.isNaN(number) ? durationMs(said) / 1000 : number;
}
