import { deepEqual, equal, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { LINE_RULES, LOG_RULES, STANDALONE_RULES } from '../../../src/engine/anomalies/rules.ts';
import { MESSAGES, NOUNS } from '../../../src/render/messages.ts';
import { RULE_TITLES } from '../../../src/render/rules.ts';
import { sentence } from '../../../src/render/sentence.ts';

const FORMS = new Set(['duration', 'time', 'clock', 'number', 'percent', ...Object.keys(NOUNS)]);

/**
 * What the engine asks for: literals that stand as a message's key, and those that look like the
 * keys there are, for where a table holds them.
 */
function keysOfEngine(): string[] {
  const files = readdirSync('src/engine', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const text = files.map((file) => readFileSync(`src/engine/${file}`, 'utf8')).join('\n');
  const prefixes = new Set(Object.keys(MESSAGES).map((key) => key.split('.')[0]));
  const keys = [...text.matchAll(/(\bkey: )?'([a-z-]+)\.([a-zA-Z-]+)'/g)]
    .filter(([, asKey, prefix]) => asKey !== undefined || prefixes.has(prefix))
    .map(([, , prefix, name]) => `${prefix}.${name}`);
  return [...new Set(keys)].sort();
}

describe('the sentences', () => {
  const wanted = keysOfEngine();
  const known = Object.keys(MESSAGES);

  it('are there for every key of the engine', () => {
    ok(wanted.length > 5, 'the engine asks for sentences');
    deepEqual(
      wanted.filter((key) => !known.includes(key)),
      [],
    );
  });

  it('are all asked for', () => {
    deepEqual(
      known.filter((key) => !wanted.includes(key)),
      [],
    );
  });

  it('use forms that exist', () => {
    const slots = Object.values(MESSAGES).flatMap((text) => text.match(/\{[^}]*\}/g) ?? []);
    const forms = slots.flatMap((slot) => [...slot.matchAll(/\w+, (\w+)/g)].map(([, form]) => form));
    ok(forms.length > 5, 'sentences use forms');
    deepEqual(
      forms.filter((form) => !FORMS.has(form ?? '')),
      [],
    );
  });

  it('are short, of one line and without a full stop', () => {
    deepEqual(
      Object.values(MESSAGES).filter((text) => text.length > 140 || /[\n.]$|\n/.test(text)),
      [],
    );
  });
});

describe('the titles of rules', () => {
  it('are there for every rule, and for no other', () => {
    const rules = [...STANDALONE_RULES, ...LINE_RULES, ...LOG_RULES].map((rule) => rule.name);
    deepEqual(Object.keys(RULE_TITLES).sort(), [...rules, 'time-oddity', 'clock-skew'].sort());
  });
});

describe('a sentence', () => {
  it('counts, rounds and carries units', () => {
    const args = { count: 23, peak: 9, bucketMs: 60_000, usual: 0.333333, text: 'no connection' };
    equal(sentence({ key: 'error-burst.count', args }), '23 errors, 9 in 60 s where 0.33 is usual: no connection');
  });

  it('lists what there is, and leaves out what is zero', () => {
    const tell = (warnings: number, errors: number, fatals: number): string =>
      sentence({ key: 'why.levels', args: { warnings, errors, fatals } });
    equal(tell(2, 1, 0), '2 warnings and 1 error about it');
    equal(tell(1, 2, 3), '1 warning, 2 errors and 3 fatals about it');
    equal(tell(0, 0, 4), '4 fatals about it');
  });

  it('keeps log text plain, on one line and in bounds', () => {
    const text = `\u001b[31mred\u001b[0m\nFORGED ${'x'.repeat(500)}`;
    const said = sentence({ key: 'fatal.entry', args: { text } });
    ok(said.startsWith('FATAL: red FORGED x'), said);
    ok(said.length < 220 && said.endsWith('…'), said);
  });

  it('takes log text that looks like a slot, or like a replacement, as text', () => {
    equal(sentence({ key: 'fatal.entry', args: { text: "{text} $& $'" } }), "FATAL: {text} $& $'");
  });

  it('shows an unknown key with its arguments', () => {
    equal(sentence({ key: 'new.rule', args: { count: 3, text: 'x' } }), 'new.rule, count 3, text x');
    equal(sentence({ key: 'toString', args: {} }), 'toString');
  });

  it('leaves a slot standing whose argument is missing', () => {
    equal(sentence({ key: 'fatal.entry', args: {} }), 'FATAL: {text}');
  });
});
