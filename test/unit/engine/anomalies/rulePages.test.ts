/** Every rule has a page, a title and its place in the settings; and no page or setting is of a rule that is none. */
import { deepEqual, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { RULE_NAMES } from '../../../../src/engine/anomalies/ruleNames.ts';
import { BOUNDS, THRESHOLDS } from '../../../../src/engine/anomalies/thresholds.ts';
import { RULE_TITLES } from '../../../../src/render/rules.ts';

const SECTIONS = ['## What it flags', '## Formula', '## Example', '## How to tune it'];
const SEVERITIES = ['off', 'hint', 'information', 'warning', 'error'];

interface RuleSchema {
  anyOf: [{ enum: string[] }, { properties: Record<string, { minimum?: number; maximum?: number; default?: number }> }];
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
const settings = contributes.configuration.properties;
const schemas: Record<string, RuleSchema> = settings['causeway.rules'].properties;
const thresholdsOf = (rule: string): Record<string, number> => (THRESHOLDS as Record<string, object>)[rule] as never;

describe('the pages of rules', () => {
  it('are one for each rule', () => {
    deepEqual(
      readdirSync('docs/rules').sort(),
      RULE_NAMES.map((name) => `${name}.md`),
    );
    deepEqual(Object.keys(RULE_TITLES).sort(), RULE_NAMES);
  });

  for (const name of RULE_NAMES) {
    it(`${name}: what it flags, how, an example, how to tune it`, () => {
      const page = readFileSync(`docs/rules/${name}.md`, 'utf8');
      ok(page.startsWith(`# ${name}\n\n${RULE_TITLES[name]}.\n`), page.slice(0, 200));
      deepEqual(
        [...page.matchAll(/^## .*$/gm)].map(([heading]) => heading),
        SECTIONS,
      );
      for (const [threshold, value] of Object.entries(thresholdsOf(name) ?? {})) {
        ok(page.includes(`\`${threshold}\``) && new RegExp(`\\b${value}\\b`).test(page), threshold);
      }
      for (const [, link] of page.matchAll(/\]\(([^)]+)\)/g)) ok(readdirSync('docs/rules').includes(link), link);
    });
  }
});

describe('the settings of rules in the manifest', () => {
  it('know each rule, with its thresholds', () => {
    deepEqual(Object.keys(schemas), RULE_NAMES);
    deepEqual(settings['causeway.muted'].items.properties.rule.enum, RULE_NAMES);
    for (const name of RULE_NAMES) {
      const [word, { properties }] = schemas[name].anyOf;
      deepEqual(word.enum, SEVERITIES);
      const { severity, ...thresholds } = properties;
      deepEqual(severity, { type: 'string', enum: SEVERITIES });
      const wanted = Object.entries(thresholdsOf(name) ?? {}).map(([key, value]) => {
        const [minimum, maximum] = BOUNDS[key];
        return [key, { type: 'number', minimum, maximum, default: value }];
      });
      deepEqual(thresholds, Object.fromEntries(wanted));
    }
  });
});
