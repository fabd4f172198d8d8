/** LogQL as Grafana's own grammar reads it. It says of which entries it speaks, so little has to be guessed. */

import { parser } from '@grafana/lezer-logql';
import type { SyntaxNode } from '@lezer/common';
import { durationMs } from '../../base/durationText.ts';
import { type Expression, Unsupported, unquoted } from './expression.ts';
import type { Labels } from './labels.ts';
import { type Comparison, EVERYTHING, type Measure, type Selector, type Value, type ValueTest } from './rule.ts';

const ARITHMETIC: Readonly<Record<string, '+' | '-' | '*' | '/'>> = { Add: '+', Sub: '-', Mul: '*', Div: '/' };
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  Gtr: '>',
  Gte: '>=',
  Lss: '<',
  Lte: '<=',
  Eql: '==',
  Neq: '!=',
};
const GAUGES = { last: 'last', first: 'last', max: 'max', min: 'min', avg: 'avg', sum: 'sum' } as const;
const FILTERS: Readonly<Record<string, ValueTest['op']>> = { '|=': '=', '!=': '!=', '|~': '=~', '!~': '!~' };

/** Throws Unsupported. What labels mean in the log is noted in `labels`. */
export function parseLogQl(text: string, labels: Labels): Expression {
  const tree = parser.parse(text);
  tree.iterate({
    enter(node) {
      if (node.type.isError) throw new Unsupported('alert.syntax', { at: node.from + 1 });
    },
  });
  const reader = new Reader(text, labels);
  const top = tree.topNode.firstChild;
  if (!top) throw new Unsupported('alert.syntax', { at: 1 });
  return reader.read(top);
}

class Reader {
  readonly #text: string;
  readonly #labels: Labels;

  constructor(text: string, labels: Labels) {
    this.#text = text;
    this.#labels = labels;
  }

  read(node: SyntaxNode): Expression {
    switch (node.name) {
      case 'Expr':
      case 'MetricExpr':
      case 'ParenExpr':
        return this.read(this.#child(node));
      case 'LiteralExpr':
        return { kind: 'number', value: Number(this.#said(node).replaceAll(/\s/g, '')) };
      case 'VectorAggregationExpr':
        return this.#aggregate(node);
      case 'RangeAggregationExpr':
        return { kind: 'measure', measure: this.#measure(node) };
      case 'BinOpExpr':
        return this.#binary(node);
      default:
        throw new Unsupported('alert.unsupported', { part: this.#said(node) });
    }
  }

  #said(node: SyntaxNode): string {
    return this.#text.slice(node.from, node.to);
  }

  #child(node: SyntaxNode): SyntaxNode {
    for (let child = node.firstChild; child; child = child.nextSibling) if (!/^[()]$/.test(child.name)) return child;
    throw new Unsupported('alert.unsupported', { part: this.#said(node) });
  }

  #aggregate(node: SyntaxNode): Expression {
    const op = node.getChild('VectorOp');
    const arg = node.getChild('MetricExpr');
    const name = op ? this.#said(op) : '';
    const grouping = node.getChild('Grouping');
    if (!arg || grouping?.getChild('Without') || !['sum', 'max', 'min', 'avg'].includes(name)) {
      throw new Unsupported('alert.unsupported', { part: grouping?.getChild('Without') ? 'without' : name });
    }
    const by = grouping ? identifiers(grouping, (each) => this.#said(each)) : null;
    return { kind: 'aggregate', name, by, arg: this.read(arg) };
  }

  /** The grammar knows no precedence: `a / b > c` comes as `a / (b > c)`, so the chain is laid out and bound here. */
  #binary(node: SyntaxNode): Expression {
    const operands: Expression[] = [];
    const operators: string[] = [];
    for (let at: SyntaxNode | null = node; at; ) {
      const [left, right] = at.getChildren('Expr');
      const op = left?.nextSibling;
      if (!left || !right || !op) throw new Unsupported('alert.unsupported', { part: this.#said(at) });
      if (!ARITHMETIC[op.name] && !COMPARISONS[op.name]) {
        throw new Unsupported('alert.unsupported', { part: this.#said(op) });
      }
      operands.push(this.read(left));
      operators.push(op.name);
      const chained: SyntaxNode | null | undefined = right.getChild('MetricExpr')?.getChild('BinOpExpr');
      if (!chained) operands.push(this.read(right));
      at = chained ?? null;
    }
    for (const level of [/^(?:Mul|Div)$/, /^(?:Add|Sub)$/, /./]) bind(operands, operators, level);
    return operands[0];
  }

  #measure(node: SyntaxNode): Measure {
    const op = node.getChild('RangeOp');
    const entries = node.getChild('LogRangeExpr');
    const range = entries?.getChild('Range');
    if (!op || !entries || !range) throw new Unsupported('alert.unsupported', { part: this.#said(node) });
    const rangeMs = durationMs(this.#said(range).slice(1, -1));
    const of = this.#selector(entries);
    const name = this.#said(op);
    if (name === 'count_over_time') return { kind: 'count', of, rangeMs, perSecond: false, distinct: false };
    const unwrap = entries.getChild('UnwrapExpr');
    if (name === 'rate' && !unwrap) return { kind: 'count', of, rangeMs, perSecond: true, distinct: false };
    if (name === 'absent_over_time') return { kind: 'absent', of, rangeMs };
    const how = /^([a-z]+)_over_time$/.exec(name)?.[1] ?? '';
    if (!unwrap) throw new Unsupported('alert.unsupported', { part: name });
    const value = this.#value(unwrap);
    if (how === 'quantile') {
      const q = node.getChild('Number');
      return { kind: 'quantile', q: q ? Number(this.#said(q)) : Number.NaN, of, value, rangeMs };
    }
    if (!(how in GAUGES)) throw new Unsupported('alert.unsupported', { part: name });
    return { kind: 'gauge', over: GAUGES[how as keyof typeof GAUGES], of, value, rangeMs };
  }

  /** `unwrap duration(d)` gives seconds. */
  #value(unwrap: SyntaxNode): Value {
    const [label] = identifiers(unwrap, (each) => this.#said(each));
    const isDuration =
      unwrap.getChild('ConvOp')?.getChild('DurationConv') || /duration_seconds/.test(this.#said(unwrap));
    const keys = this.#labels.keysOf(label ?? '');
    if (keys.length === 0) throw new Unsupported('alert.no-field', { label: label ?? '' });
    return { kind: 'field', keys, unitMs: isDuration ? 1000 : null, isShare: false };
  }

  #selector(entries: SyntaxNode): Selector {
    let selector: Selector = EVERYTHING;
    const stream = entries.getChild('Selector');
    stream?.cursor().iterate((node) => {
      if (node.name === 'Matcher') selector = this.#matcher(selector, node.node, true);
    });
    entries
      .getChild('PipelineExpr')
      ?.cursor()
      .iterate((node) => {
        if (node.name === 'LineFilter')
          selector = { ...selector, text: [...selector.text, this.#lineFilter(node.node)] };
        else if (node.name === 'Matcher') selector = this.#matcher(selector, node.node, false);
        else if (node.name === 'NumberFilter') selector = this.#numberFilter(selector, node.node);
        else if (
          node.name === 'Or' ||
          /^(?:UnitFilter|IpLabelFilter|LineFormatExpr|LabelFormatExpr)$/.test(node.name)
        ) {
          throw new Unsupported('alert.unsupported', { part: this.#said(node.node) });
        }
      });
    return selector;
  }

  #matcher(selector: Selector, node: SyntaxNode, isStream: boolean): Selector {
    const label = node.getChild('Identifier');
    const value = node.getChild('String');
    const op = label?.nextSibling;
    if (!label || !value || !op) throw new Unsupported('alert.unsupported', { part: this.#said(node) });
    const test = { op: this.#said(op) as ValueTest['op'], value: unquoted(this.#said(value)) };
    return this.#labels.narrow(selector, this.#said(label), test, isStream);
  }

  #numberFilter(selector: Selector, node: SyntaxNode): Selector {
    const label = node.getChild('Identifier');
    const number = node.getChild('LiteralExpr');
    const op = label?.nextSibling;
    if (!label || !number || !op) throw new Unsupported('alert.unsupported', { part: this.#said(node) });
    const said = this.#said(op);
    const test = { op: (said === '==' ? '=' : said) as ValueTest['op'], value: this.#said(number) };
    return this.#labels.narrow(selector, this.#said(label), test, false);
  }

  #lineFilter(node: SyntaxNode): ValueTest {
    const filter = node.getChild('Filter');
    const value = node.getChild('String');
    const op = filter ? FILTERS[this.#said(filter)] : undefined;
    if (!value || op === undefined) throw new Unsupported('alert.unsupported', { part: this.#said(node) });
    return { op, value: unquoted(this.#said(value)) };
  }
}

/** Joins what stands around operators of one level, from the left. */
function bind(operands: Expression[], operators: string[], level: RegExp): void {
  for (let at = 0; at < operators.length; ) {
    const name = operators[at];
    if (!level.test(name)) {
      at++;
      continue;
    }
    const sides = { left: operands[at], right: operands[at + 1] };
    const joined: Expression = ARITHMETIC[name]
      ? { kind: 'binary', op: ARITHMETIC[name], ...sides }
      : { kind: 'compare', op: COMPARISONS[name], ...sides };
    operands.splice(at, 2, joined);
    operators.splice(at, 1);
  }
}

function identifiers(node: SyntaxNode, said: (node: SyntaxNode) => string): string[] {
  const found: string[] = [];
  node.cursor().iterate((each) => {
    if (each.name === 'Identifier') found.push(said(each.node));
  });
  return found;
}
