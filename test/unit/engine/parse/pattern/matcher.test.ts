import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodeUtf8 } from '../../../../../src/base/utf8.ts';
import { compilePattern } from '../../../../../src/engine/parse/pattern/compile.ts';
import { Matcher, type TimeAtom } from '../../../../../src/engine/parse/pattern/matcher.ts';

const NO_TIMES: TimeAtom = { matchAt: () => -1 };
/** Takes exactly eight characters for a time. */
const EIGHT: TimeAtom = { matchAt: (_, at, limit) => (at + 8 <= limit ? at + 8 : -1) };

/** The texts of all groups, null where a group took no part; null for no match, 'overrun' where it was given up. */
function match(pattern: string, input: string, time = NO_TIMES): (string | null)[] | null | 'overrun' {
  const program = compilePattern(pattern);
  const matcher = new Matcher(program, time);
  // The text stands amid others, as a line in a buffer does.
  const bytes = encodeUtf8(`ab1 ${input}ab1 `);
  const end = bytes.length - 4;
  if (!matcher.match(bytes, 4, end)) return matcher.overrun ? 'overrun' : null;
  return program.groups.map((_, i) => {
    const from = matcher.slots[i * 2];
    return from < 0 ? null : new TextDecoder().decode(bytes.subarray(from, matcher.slots[i * 2 + 1]));
  });
}

function expected(pattern: string, input: string): (string | null)[] | null {
  const found = new RegExp(pattern, 's').exec(input);
  return found && [...found].map((group) => group ?? null);
}

const atom = fc.constantFrom(
  'a',
  'b',
  '1',
  ' ',
  '.',
  '\\d',
  '\\w',
  '\\s',
  '\\S',
  '\\W',
  '[ab]',
  '[^a]',
  '[a-b1]',
  'ab',
  '\\[',
);
const count = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?', '{2,}', '{1,}?');
const assertion = fc.constantFrom('^', '$', '\\b', '\\B');
const { pattern } = fc.letrec<{ pattern: string; term: string; sequence: string }>((tie) => ({
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((options) => options.join('|')),
  sequence: fc.array(tie('term'), { maxLength: 4 }).map((terms) => terms.join('')),
  term: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    { arbitrary: fc.tuple(atom, count).map(([a, n]) => (a === 'ab' ? `(?:ab)${n}` : a + n)), weight: 6 },
    { arbitrary: assertion, weight: 1 },
    { arbitrary: fc.tuple(tie('pattern'), count).map(([p, n]) => `(${p})${n}`), weight: 3 },
    { arbitrary: fc.tuple(tie('pattern'), count).map(([p, n]) => `(?:${p})${n}`), weight: 2 },
    { arbitrary: fc.tuple(fc.constantFrom('=', '!'), tie('pattern')).map(([k, p]) => `(?${k}${p})`), weight: 1 },
  ),
}));
const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', ' ', '-', '['), maxLength: 12 });

describe('pattern matcher', () => {
  it('finds what JavaScript finds, groups included, in ASCII text', () => {
    let given = 0;
    fc.assert(
      fc.property(pattern, text, (source, input) => {
        const found = match(source, input);
        // Few random patterns multiply so wildly that they are given up.
        if (found === 'overrun') given++;
        else assert.deepEqual(found, expected(source, input));
      }),
      { numRuns: 2000 },
    );
    assert.ok(given < 60, `${given} of 2000 given up`);
  });

  const cases: [pattern: string, input: string][] = [
    ['(a*)?', 'b'],
    ['(?:(a)|b)*', 'ab'],
    ['(?=(a+))a*b\\1?'.replace('\\1?', ''), 'aab'],
    ['(?!(a)b)a', 'ac'],
    ['((a)|(b)){2}', 'ab'],
    ['^(?:[^|]*\\|){2}(.*)$', 'a|b|c'],
    ['(?:a|ab)(?:c|bcd)(d*)', 'abcd'],
    ['a{0}b', 'b'],
    ['[]|a', 'a'],
    ['x{,3}', 'x{,3}'],
    ['\\x41\\u0042', 'AB'],
  ];
  for (const [source, input] of cases) {
    it(`${source} on ${input}`, () => assert.deepEqual(match(source, input), expected(source, input)));
  }

  it('reads characters outside ASCII as their bytes, and takes them for letters', () => {
    assert.deepEqual(match('^(caf\\w+) (é+)$', 'café éé'), ['café éé', 'café', 'éé']);
    assert.deepEqual(match('[äé]', 'xé'), ['é']);
  });

  it('ignores case where asked', () => {
    assert.deepEqual(match('(?i:err[ao]r)-X', 'ERRor-X'), ['ERRor-X']);
    assert.equal(match('(?i:error)-X', 'ERROR-x'), null);
    assert.deepEqual(match('(?i)error', 'ERROR'), ['ERROR']);
  });

  it('takes an empty group named time for a time', () => {
    assert.deepEqual(match('^\\[(?<time>)\\] (?<message>.*)$', '[10:00:00] up', EIGHT), [
      '[10:00:00] up',
      '10:00:00',
      'up',
    ]);
    assert.equal(match('^\\[(?<time>)\\]', '[10:00]', EIGHT), null);
  });

  const wild = ['(a+)+$', '(a|a)*$', '(?:a?){40}a{40}$', '(.*)*x', '(?:(?:a*)*)*b', 'a*a*a*a*a*a*a*a*b', '(?=(a+)+$)b'];
  for (const source of wild) {
    it(`gives ${source} up instead of hanging`, () => {
      assert.ok(['overrun', null].includes(match(source, `${'a'.repeat(5000)}!`) as string | null));
    });
  }

  it('says that it gave up, and finds the next match all the same', () => {
    const matcher = new Matcher(compilePattern('^(a+)+$'), NO_TIMES);
    const bytes = encodeUtf8(`${'a'.repeat(40)}!`);
    assert.equal(matcher.match(bytes, 0, bytes.length), false);
    assert.equal(matcher.overrun, true);
    assert.equal(matcher.match(bytes, 0, 40), true);
    assert.equal(matcher.overrun, false);
  });

  it('never reads past its text, whatever the bytes', () => {
    fc.assert(
      fc.property(pattern, fc.uint8Array({ maxLength: 40 }), (source, bytes) => {
        const matcher = new Matcher(compilePattern(source), NO_TIMES);
        const middle = bytes.length >> 1;
        const inside = matcher.match(bytes, 0, middle) ? [...matcher.slots] : null;
        const alone = matcher.match(bytes.slice(0, middle), 0, middle) ? [...matcher.slots] : null;
        assert.deepEqual(inside, alone);
      }),
    );
  });

  it('repeats nothing but once, however often it is asked for', () => {
    const nothing = Array.from({ length: 20 }).reduce<string>((inner) => `(?:${inner}){300}`, '');
    assert.deepEqual(match(`${nothing}(?<message>.*)$`, 'text'), expected('(?<message>.*)$', 'text'));
  });

  const refused: [pattern: string, message: RegExp][] = [
    ['(a)\\1', /backreferences are not supported at character 4 /],
    ['a(?<=b)', /lookbehind is not supported at character 2 /],
    ['\\p{L}', /Unicode properties .* at character 1 /],
    ['(a', /group without its \) at character 1 /],
    ['a)', /unmatched \) at character 2 /],
    ['[a', /class without its \] at character 1 /],
    ['*a', /nothing to repeat at character 1 /],
    ['a{3,2}', /numbers out of order .* at character 2 /],
    ['[b-a]', /range out of order at character 2 /],
    ['[à-ü]', /ranges of characters outside ASCII .* at character 2 /],
    ['[^é]', /a negated class holds ASCII only at character 3 /],
    ['(?<a>x)(?<a>y)', /group a stands twice/],
    ['(?:(?:a{100}b){100}c){100}', /too many repetitions/],
    [`(?:a${'(?:)'.repeat(300)}){500}`, /too many repetitions/],
    ['a{2000}', /more than 1000 repetitions/],
    [`${'('.repeat(200)}a${')'.repeat(200)}`, /nested too deeply/],
    ['\\y', /unknown escape \\y at character 1 /],
  ];
  for (const [source, message] of refused) {
    it(`refuses ${source.slice(0, 40)}`, () => assert.throws(() => compilePattern(source), message));
  }
});
