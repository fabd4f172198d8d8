import { deepEqual, doesNotThrow, equal } from 'node:assert/strict';
import fc from 'fast-check';
import library from '../../../../src/engine/alerts/library.yaml';
import { rulesIn } from '../../../../src/engine/alerts/ruleFile.ts';

const RULES = `
# comment
groups:
  - name: one
    rules:
      - record: job:x
        expr: sum(x)
      - alert: First
        expr: |
          a > 1
        for: 1h30m
      - alert: Second
        for: soon
        expr: b > 1
      - alert: Third
`;

describe('rule files', () => {
  it('give their alerts with their lines, and what is wrong with them', () => {
    const found = rulesIn(RULES).map(({ name, expr, forMs, line, problem }) => [
      name,
      expr.trim(),
      forMs,
      line,
      problem?.key,
    ]);
    deepEqual(found, [
      ['First', 'a > 1', 5_400_000, 8, undefined],
      ['Second', 'b > 1', Number.NaN, 12, 'alert.no-duration'],
      ['Third', '', 0, 15, 'alert.no-expr'],
    ]);
  });

  it('may be a PrometheusRule, a bare list, or several documents', () => {
    const list = '- alert: A\n  expr: a > 1\n';
    const resource = `kind: PrometheusRule\nspec:\n  groups:\n    - rules:\n        - alert: B\n          expr: b > 1\n`;
    deepEqual(
      rulesIn(`${list}---\n${resource}`).map(({ name, line }) => [name, line]),
      [
        ['A', 1],
        ['B', 8],
      ],
    );
  });

  it('may be anything at all', () => {
    fc.assert(fc.property(fc.string(), (text) => doesNotThrow(() => rulesIn(text))));
    for (const text of ['', '{', 'a: *b', '&a [*a]', '- alert: [1]\n  expr: {}', '\u0000', 'alert: x']) {
      doesNotThrow(() => rulesIn(text));
    }
  });

  it('do not blow up by aliases', () => {
    const bomb = [
      'a0: &a0 [x, x]',
      ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`),
    ].join('\n');
    equal(rulesIn(bomb).length, 0);
  });

  it('of the library are all in order', () => {
    const rules = rulesIn(library);
    equal(rules.length > 8, true);
    deepEqual(
      rules.filter(({ problem }) => problem !== null),
      [],
    );
  });
});
