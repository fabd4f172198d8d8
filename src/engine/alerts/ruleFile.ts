/** The alert rules of a rule file of Prometheus or Loki, with their places. Any YAML is read; what is no rule is passed over. */
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type YAMLMap } from 'yaml';
import { durationMs } from '../../base/durationText.ts';
import type { Message } from '../../incident.ts';
import type { WrittenRule } from './readRule.ts';

export interface PlacedRule extends WrittenRule {
  /** From 1. */
  line: number;
  /** What is wrong with it; it is then not evaluated. */
  problem: Message | null;
}

/** Aliases may multiply what a file says; rules have no need of many. */
const MOST_ALIASES = 100;
const MOST_RULES = 1000;

/** `groups:` with `rules:`, a bare list of rules, or the rules of a Kubernetes PrometheusRule, in order. */
export function rulesIn(text: string): PlacedRule[] {
  const lines = new LineCounter();
  const rules: PlacedRule[] = [];
  const visit = (node: unknown, depth: number): void => {
    if (rules.length >= MOST_RULES || depth > 12) return;
    if (isSeq(node)) for (const item of node.items) visit(item, depth + 1);
    if (!isMap(node)) return;
    if (node.has('alert')) rules.push(ruleOf(node as YAMLMap, lines));
    else for (const { value } of node.items) visit(value, depth + 1);
  };
  for (const document of parseAllDocuments(text, { lineCounter: lines, maxAliasCount: MOST_ALIASES } as object)) {
    if ('contents' in document) visit(document.contents, 0);
  }
  return rules;
}

function ruleOf(node: YAMLMap, lines: LineCounter): PlacedRule {
  const said = (key: string): string | null => {
    const value = node.get(key, true);
    return isScalar(value) && value.value !== null ? String(value.value) : null;
  };
  const name = said('alert') ?? '';
  const key = node.items.find((item) => isScalar(item.key) && item.key.value === 'alert')?.key;
  const offset = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
  const expr = said('expr');
  const held = said('for');
  const forMs = held === null ? 0 : durationMs(held);
  const rule = { name, expr: expr ?? '', forMs, line: lines.linePos(offset).line };
  if (expr === null) return { ...rule, problem: { key: 'alert.no-expr', args: {} } };
  if (Number.isNaN(forMs)) return { ...rule, problem: { key: 'alert.no-duration', args: { value: held ?? '' } } };
  return { ...rule, problem: null };
}
