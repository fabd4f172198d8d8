/** An alert rule of Prometheus or Loki, as it means one log. */
import type { Message } from '../../incident.ts';
import type { Log } from '../index/log.ts';
import { type Expression, Unsupported } from './expression.ts';
import { Labels } from './labels.ts';
import { parseLogQl } from './logql.ts';
import { Metrics } from './metrics.ts';
import { parsePromQl } from './promql.ts';
import type { AlertRule, Comparison } from './rule.ts';

export interface WrittenRule {
  name: string;
  expr: string;
  forMs: number;
}

const FLIPPED: Readonly<Record<Comparison, Comparison>> = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '==': '==',
  '!=': '!=',
};
/** A function over a selector without a metric. */
const FOR_LOKI = /_(?:over_)?time\s*\((?:\s*[\d.]+\s*,)?\s*\{|(?:rate|_seconds)\s*\(\s*\{/;
const SERVICE_GROUPS = /^(?:service|service_name|app|application|job|component|container|deployment|workload)$/;

/** Throws Unsupported, and NotEvaluable for a pattern that cannot be run. */
export function readRule({ name, expr, forMs }: WrittenRule, log: Log): AlertRule {
  const labels = new Labels(log);
  const expression = parse(expr, labels);
  const condition = conditionOf(expression);
  const metrics = new Metrics(log, labels, condition.threshold);
  return {
    name,
    measure: metrics.measure(condition.measured),
    op: condition.op,
    threshold: condition.threshold,
    forMs,
    perService: isPerService(expression),
    meaning: eachOnce(labels.meaning),
  };
}

function eachOnce(messages: readonly Message[]): Message[] {
  return [...new Map(messages.map((message) => [JSON.stringify(message), message])).values()];
}

/** Both languages write `{app="x"}`; only Prometheus needs the name of a metric before it. */
function parse(expr: string, labels: Labels): Expression {
  try {
    return parsePromQl(expr);
  } catch (error) {
    if (!(error instanceof Unsupported) || !FOR_LOKI.test(expr)) throw error;
    return parseLogQl(expr, labels);
  }
}

function conditionOf(expression: Expression): { measured: Expression; op: Comparison; threshold: number } {
  // What is there at all fires: `absent(up)` gives 1.
  if (expression.kind !== 'compare') return { measured: expression, op: '>', threshold: Number.NEGATIVE_INFINITY };
  const { left, op, right } = expression;
  const [low, high] = [constant(left), constant(right)];
  if (high !== null) return { measured: left, op, threshold: high };
  if (low !== null) return { measured: right, op: FLIPPED[op], threshold: low };
  return { measured: { kind: 'binary', op: '-', left, right }, op, threshold: 0 };
}

/** `80 / 100`, `2 * 60`. */
function constant(expression: Expression): number | null {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind !== 'binary') return null;
  const [left, right] = [constant(expression.left), constant(expression.right)];
  if (left === null || right === null) return null;
  const by: Record<typeof expression.op, number> = {
    '+': left + right,
    '-': left - right,
    '*': left * right,
    '/': left / right,
  };
  return by[expression.op];
}

/** Every service has series of its own, unless a rule adds them up. */
function isPerService(expression: Expression): boolean {
  switch (expression.kind) {
    case 'aggregate':
      return expression.by?.some((label) => SERVICE_GROUPS.test(label)) ?? false;
    case 'binary':
    case 'compare': {
      const sides = [expression.left, expression.right].filter((side) => side.kind !== 'number');
      return sides.every(isPerService);
    }
    case 'call':
      if (expression.name.startsWith('absent')) return false;
      return expression.args.filter((arg) => arg.kind !== 'number').every(isPerService);
    default:
      return true;
  }
}
