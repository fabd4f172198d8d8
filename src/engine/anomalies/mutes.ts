/**
 * What users expect and want to hear no more of: a rule on one kind of message. A template may become more general as
 * a log grows, so that a variable on either side fits whatever the other has there.
 */
import type { SettingPath, SettingProblem, TemplateMute } from '../../protocol.ts';
import type { Log } from '../index/log.ts';
import { MASK } from '../templates/shapeTokens.ts';
import { RULE_NAMES } from './ruleNames.ts';

export function readMutes(given: unknown = []): { mutes: TemplateMute[]; problems: SettingProblem[] } {
  const mutes: TemplateMute[] = [];
  const problems: SettingProblem[] = [];
  const fault = (path: SettingPath, problem: string): void => void problems.push({ path: ['muted', ...path], problem });
  if (!Array.isArray(given)) fault([], 'must be a list of { "rule", "template" }');
  for (const [at, value] of (Array.isArray(given) ? given : []).entries()) {
    const { rule, template } = typeof value === 'object' && value !== null ? value : {};
    if (typeof rule !== 'string' || !RULE_NAMES.includes(rule)) fault([at, 'rule'], 'rule: must be the name of a rule');
    else if (typeof template !== 'string') fault([at, 'template'], 'template: must be text');
    else mutes.push({ rule, template });
  }
  return { mutes, problems };
}

/** By rule and template: the place of the mute that silences it, or -1. */
export function muteFinder(log: Log, mutes: readonly TemplateMute[]): (rule: string, entry: number) => number {
  const tokens = mutes.map(({ template }) => template.split(/\s+/));
  const known = new Map<number, number[]>();
  return (rule, entry) => {
    const template = log.template[entry];
    let fitting = known.get(template);
    if (!fitting) {
      const own = log.templates[template].text.split(/\s+/);
      fitting = mutes.flatMap((_, place) => (isLike(own, tokens[place]) ? [place] : []));
      known.set(template, fitting);
    }
    return fitting.find((place) => mutes[place].rule === rule) ?? -1;
  };
}

function isLike(one: readonly string[], other: readonly string[]): boolean {
  return (
    one.length === other.length &&
    one.every((token, at) => token === other[at] || token.includes(MASK) || other[at].includes(MASK))
  );
}
