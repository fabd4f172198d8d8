/**
 * What users set about rules: severities, thresholds, symptoms of their own, what is muted. Each fault is told at its
 * place, and what is right beside it is used all the same: the values come from a settings file.
 */
import type { Severity } from '../../model.ts';
import type { AnalysisRules, SettingPath, SettingProblem, TemplateMute } from '../../protocol.ts';
import { readMutes } from './mutes.ts';
import { ownSymptoms } from './ownSymptoms.ts';
import { RULE_NAMES } from './ruleNames.ts';
import type { Tuning } from './study.ts';
import { BOUNDS, THRESHOLDS, type Thresholds } from './thresholds.ts';

export interface RuleSettings extends Tuning {
  /** Of the rules whose findings are to have another severity than their own. */
  severities: ReadonlyMap<string, Severity>;
  off: ReadonlySet<string>;
  mutes: readonly TemplateMute[];
}

const SEVERITIES: readonly Severity[] = ['hint', 'information', 'warning', 'error'];
const OFF = 'off';

type Table = Record<string, Record<string, number>>;

export function readRuleSettings(given: AnalysisRules = {}): { settings: RuleSettings; problems: SettingProblem[] } {
  const severities = new Map<string, Severity>();
  const off = new Set<string>();
  const thresholds: Table = structuredClone(THRESHOLDS);
  const problems: SettingProblem[] = [];
  const fault = (path: SettingPath, problem: string): void => void problems.push({ path: ['rules', ...path], problem });

  const readSeverity = (rule: string, value: unknown, path: SettingPath): void => {
    if (value === OFF) off.add(rule);
    else if (isSeverity(value)) severities.set(rule, value);
    else fault(path, `a severity is one of ${[OFF, ...SEVERITIES].join(', ')}`);
  };
  const readThreshold = (rule: string, name: string, value: unknown): void => {
    const own = thresholds[rule] ?? {};
    const names = ['severity', ...Object.keys(own)];
    const [least, most] = Object.hasOwn(own, name) ? BOUNDS[name] : [0, 0];
    if (!Object.hasOwn(own, name)) fault([rule, name], `${rule} has no "${name}"; it has ${names.join(', ')}`);
    else if (typeof value === 'number' && value >= least && value <= most) own[name] = value;
    else fault([rule, name], `${name} is a number from ${least} to ${most}`);
  };

  const rules = given.rules ?? {};
  if (!isObject(rules)) fault([], 'must be an object that holds settings by the name of a rule');
  for (const [rule, value] of Object.entries(isObject(rules) ? rules : {})) {
    if (!RULE_NAMES.includes(rule)) fault([rule], `no rule is called "${rule}"; there are ${RULE_NAMES.join(', ')}`);
    else if (!isObject(value)) readSeverity(rule, value, [rule]);
    else {
      for (const [name, wanted] of Object.entries(value)) {
        if (name === 'severity') readSeverity(rule, wanted, [rule, name]);
        else readThreshold(rule, name, wanted);
      }
    }
  }
  const symptoms = ownSymptoms(given.symptoms);
  const mutes = readMutes(given.muted);
  return {
    settings: {
      severities,
      off,
      thresholds: thresholds as Thresholds,
      ownSymptom: symptoms.find,
      mutes: mutes.mutes,
    },
    problems: [...problems, ...symptoms.problems, ...mutes.problems],
  };
}

export const NO_SETTINGS: RuleSettings = readRuleSettings().settings;

function isSeverity(value: unknown): value is Severity {
  return SEVERITIES.some((severity) => severity === value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
