import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NUMBER, STRING, WORD } from '../../../../src/engine/parse/fieldList.ts';
import { fieldsOf } from '../../../../src/engine/parse/fieldValues.ts';
import { LogfmtScanner } from '../../../../src/engine/parse/logfmtScanner.ts';
import { unquoteLogfmt } from '../../../../src/engine/parse/logfmtText.ts';
import type { Json } from '../../../../src/model.ts';

const encoder = new TextEncoder();
/** One scanner for all: what it learned from one line must not mislead it in another. */
const scanner = new LogfmtScanner();

function scan(line: string): [string, Json][] | null {
  const bytes = encoder.encode(line);
  if (!scanner.scan(bytes, 0, bytes.length)) return null;
  return fieldsOf(scanner, unquoteLogfmt, bytes).map(({ key, value }) => [key, value]);
}

describe('logfmt scanner', () => {
  const cases: [string, [string, Json][] | null][] = [
    [
      'level=info msg="a \\"b\\" c"',
      [
        ['level', 'info'],
        ['msg', 'a "b" c'],
      ],
    ],
    [
      'ts=1.5 ok=true n=-2 v=1.2ms x=null',
      [
        ['ts', 1.5],
        ['ok', true],
        ['n', -2],
        ['v', '1.2ms'],
        ['x', null],
      ],
    ],
    [
      'a= b="" c=""',
      [
        ['a', ''],
        ['b', ''],
        ['c', ''],
      ],
    ],
    [
      'a=1 a=2',
      [
        ['a', 1],
        ['a', 2],
      ],
    ],
    [
      'level=info a=1 b=2 alone',
      [
        ['level', 'info'],
        ['a', 1],
        ['b', 2],
        ['alone', true],
      ],
    ],
    [
      'url=http://x/?a=b&c=d level=info',
      [
        ['url', 'http://x/?a=b&c=d'],
        ['level', 'info'],
      ],
    ],
    [
      'http.status=200 user-id=7 @t=x',
      [
        ['http.status', 200],
        ['user-id', 7],
        ['@t', 'x'],
      ],
    ],
    [
      "error='it is Ruby''s' a=1",
      [
        ['error', "it is Ruby''s"],
        ['a', 1],
      ],
    ],
    [
      "a='b c=1 d=2",
      [
        ['a', "'b"],
        ['c', 1],
        ['d', 2],
      ],
    ],
    [
      'a=1\t b=2  ',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    [
      'a=1 msg="cut off in the mid',
      [
        ['a', 1],
        ['msg', 'cut off in the mid'],
      ],
    ],
    [
      'a=1 msg="cut off \\',
      [
        ['a', 1],
        ['msg', 'cut off \\'],
      ],
    ],
    [
      'größe=1 名=x',
      [
        ['größe', 1],
        ['名', 'x'],
      ],
    ],
    [
      'n=007 big=12345678901234567890',
      [
        ['n', '007'],
        ['big', '12345678901234567890'],
      ],
    ],
    ['s="tab\\t nul\\x00 e\\u00e9 \\U0001f600 \\q"', [['s', 'tab\t nul\0 eé 😀 \\q']]],
    // Not logfmt.
    ['', null],
    ['   ', null],
    ['  a=1 b=2', null],
    ['plain words only', null],
    ['2026-08-01T10:00:00Z level=info msg=x', null],
    ['Error while a=1 b=2', null],
    ['a=1 and then some more words', null],
    ['"a"=1', null],
    ['f(x)=1', null],
    ['=1 a=2', null],
  ];
  for (const [line, fields] of cases) it(line || 'nothing', () => assert.deepEqual(scan(line), fields));

  it('reads back any keys and values as Go writes them', () => {
    const key = fc.string({ unit: fc.constantFrom(...'abzAZ09_.-/@é'), minLength: 1, maxLength: 8 });
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('1', 'true', 'null', '1.5e3', '-'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { minLength: 1 }), (pairs) => {
        // A string is quoted where anything in it could be taken for something else.
        const line = pairs
          .map(([name, text]) => `${name}=${/^[a-z][\w/.]*$/i.test(text) ? text : JSON.stringify(text)}`)
          .join(' ');
        const isWord = (text: string) => /^(?:true|false|null)$/.test(text);
        const expected = pairs.map(([name, text]) => [
          name,
          isWord(text) ? JSON.parse(text) : new TextDecoder().decode(encoder.encode(text)),
        ]);
        assert.deepEqual(scan(line), expected, line);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes any bytes without a throw, and stays inside of its line', () => {
    const unit = fc.constantFrom(...'a=b "\\\'{}[]:,1-e\tn\n');
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }),
      fc.string({ unit, maxLength: 40 }).map((text) => encoder.encode(text)),
    );
    fc.assert(
      fc.property(bytes, fc.nat(5), fc.nat(5), (all, before, after) => {
        const [start, end] = [Math.min(before, all.length), Math.max(Math.min(before, all.length), all.length - after)];
        if (!scanner.scan(all, start, end)) return;
        for (let i = 0; i < scanner.count; i++) {
          assert.ok(scanner.start[i] >= start && scanner.start[i] <= scanner.end[i] && scanner.end[i] <= end);
          assert.ok([STRING, NUMBER, WORD].includes(scanner.type[i]) && scanner.key[i] > 0);
        }
        fieldsOf(scanner, unquoteLogfmt, all);
      }),
      { numRuns: 5000 },
    );
  });

  it('gives equal layouts to lines with the same keys in the same order, and to no others', () => {
    const layout = (line: string) => (scan(line) ? scanner.layout : null);
    assert.equal(layout('a=1 b=2'), layout('a="x y" b='));
    assert.notEqual(layout('a=1 b=2'), layout('b=1 a=2'));
    assert.notEqual(layout('a=1 b=2'), layout('a=1 b=2 c=3'));
  });
});
