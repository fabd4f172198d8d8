/** The names of all rules, those over single lines and those over logs. */
import { CLOCK_SKEW } from './clockSkew.ts';
import { LINE_RULES, LOG_RULES, STANDALONE_RULES } from './rules.ts';
import { TIME_ODDITY } from './timeOddity.ts';

/** In alphabetical order. */
export const RULE_NAMES: readonly string[] = [
  ...[...STANDALONE_RULES, ...LINE_RULES, ...LOG_RULES].map(({ name }) => name),
  TIME_ODDITY,
  CLOCK_SKEW,
].sort();
