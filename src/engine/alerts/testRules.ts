/** Tries the rules of a file, or of the library, on a log. */
import { letOthers } from '../../base/letOthers.ts';
import type { RuleTest } from '../../incident.ts';
import type { TimeRange } from '../../model.ts';
import type { Log } from '../index/log.ts';
import { type Against, backtest, notEvaluable } from './backtest.ts';
import { Unsupported } from './expression.ts';
import { readRule } from './readRule.ts';
import { type PlacedRule, rulesIn } from './ruleFile.ts';
import { NotEvaluable } from './select.ts';

/** In the order of the file. Nothing in a rule or in the log makes it throw. */
export async function testRules(
  log: Log,
  yaml: string,
  range: TimeRange,
  against: Against,
  signal?: AbortSignal,
): Promise<RuleTest[]> {
  const tests: RuleTest[] = [];
  for (const rule of rulesIn(yaml)) {
    await letOthers(signal);
    tests.push(await testRule(log, rule, range, against, signal));
  }
  return tests;
}

async function testRule(
  log: Log,
  rule: PlacedRule,
  range: TimeRange,
  against: Against,
  signal?: AbortSignal,
): Promise<RuleTest> {
  const { name, expr, forMs, line, problem } = rule;
  const placed = { name, expr, forMs: Number.isNaN(forMs) ? 0 : forMs, line };
  if (problem) return { ...placed, ...notEvaluable({ meaning: [] }, problem) };
  try {
    return { ...placed, ...(await backtest(log, readRule(rule, log), range, against, { signal })) };
  } catch (error) {
    if (!(error instanceof Unsupported || error instanceof NotEvaluable)) throw error;
    return { ...placed, ...notEvaluable({ meaning: [] }, error.why) };
  }
}
