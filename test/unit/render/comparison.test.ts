import { deepEqual, doesNotMatch, equal } from 'node:assert/strict';
import type { EntryRow, Level } from '../../../src/model.ts';
import type { ComparedStep, ComparedTrace, Comparison } from '../../../src/overview.ts';
import { comparedTexts, comparisonText } from '../../../src/render/comparison.ts';
import { NO_PAINT } from '../../../src/render/paint.ts';

const row = (line: number, level: Level = 'info'): EntryRow => {
  return { entry: line, file: 'a.log', line, column: 1, endLine: line, timestamp: 0, level, service: 'shop' };
};
const trace = (id: string, worstLevel: Level): ComparedTrace => {
  return { id, key: 'trace_id', entries: 3, leftOut: 0, services: 1, durationMs: 1200, worstLevel };
};
const step = (
  text: string,
  left: EntryRow | null,
  right: EntryRow | null,
  more: Partial<ComparedStep> = {},
): ComparedStep => {
  return { text, left, right, took: null, isSlower: false, ...more };
};
const comparison: Comparison = {
  left: trace('good', 'info'),
  right: trace('bad', 'error'),
  services: [
    {
      name: 'shop',
      steps: [
        step('Begin', row(1), row(11)),
        step('Query <*>', row(2), row(12), { took: { left: 80, right: 85, isSaid: true } }),
        step('Wait', row(3), row(13), { took: { left: 10, right: 1200, isSaid: false }, isSlower: true }),
        step('Paid', row(4), null),
        step('Refused\n# forged \u001b[2J\u202e', null, row(14, 'error')),
      ],
    },
  ],
};

describe('a comparison as text', () => {
  it('differs exactly where a step is missing, extra or slower', () => {
    const { left, right } = comparedTexts(comparison);
    const onlyIn = (one: string[], other: string[]) => one.filter((line) => !other.includes(line));
    deepEqual(onlyIn(left.lines, right.lines), ['  INFO  Wait  [+10 ms]', '  INFO  Paid']);
    deepEqual(onlyIn(right.lines, left.lines), [
      '  INFO  Wait  [+10 ms → +1.2 s, 120 times as long]',
      '  ERROR Refused # forged \ufffd',
    ]);
    equal(left.lines.includes('  INFO  Query <*>  [80 ms → 85 ms]'), true);
  });

  it('sums up at its head', () => {
    const { left } = comparedTexts(comparison);
    deepEqual(left.lines.slice(0, 8), [
      '# bad (trace_id): 3 entries in 1 service, 1.2 s, worst level ERROR',
      '# beside good (trace_id): 3 entries in 1 service, 1.2 s, worst level INFO',
      '# missing 1 step:',
      '#   shop: Paid',
      '# extra 1 step:',
      '#   shop: Refused # forged \ufffd',
      '# slower 1 step:',
      '#   shop: Wait (+10 ms → +1.2 s)',
    ]);
  });

  it('leads from each step to its entry', () => {
    const { left, right } = comparedTexts(comparison);
    const lineOf = ({ lines, rows }: typeof left, text: string) =>
      rows[lines.findIndex((each) => each.includes(`  INFO  ${text}`))]?.line;
    equal(lineOf(left, 'Query'), 2);
    equal(lineOf(right, 'Query'), 12);
    equal(lineOf(left, 'Paid'), 4);
    for (const { lines, rows } of [left, right]) equal(lines.length, rows.length);
  });

  it('marks lines by signs in a terminal, and lets no log text forge any', () => {
    const text = comparisonText(comparison, NO_PAINT);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there.
    doesNotMatch(text, /\u001b|\u202e/);
    deepEqual(
      text.split('\n').filter((line) => /^[-+!] /.test(line)),
      ['! INFO  Wait  [+10 ms → +1.2 s, 120 times as long]', '- INFO  Paid', '+ ERROR Refused # forged \ufffd'],
    );
  });
});
