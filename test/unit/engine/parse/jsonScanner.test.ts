import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ARRAY, EMPTY_OBJECT, STRING } from '../../../../src/engine/parse/fieldList.ts';
import { JsonScanner } from '../../../../src/engine/parse/jsonScanner.ts';
import { unquote } from '../../../../src/engine/parse/jsonText.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The members of an object as the scanner lists them: nested ones dotted, empty ones whole. */
function flatten(value: object, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
    const name = prefix + key;
    const isObject = typeof member === 'object' && member !== null && !Array.isArray(member);
    return isObject && Object.keys(member).length > 0 ? flatten(member, `${name}.`) : [[name, member]];
  });
}

/** One scanner for all: what it learned from one record must not mislead it in another. */
const scanner = new JsonScanner();

function scan(text: string): [string, unknown][] | null {
  const bytes = encoder.encode(text);
  if (!scanner.scan(bytes, 0, bytes.length)) return null;
  return Array.from({ length: scanner.count }, (_, i) => {
    const [start, end] = [scanner.start[i], scanner.end[i]];
    const value =
      scanner.type[i] === STRING ? unquote(bytes, start, end) : JSON.parse(decoder.decode(bytes.subarray(start, end)));
    return [scanner.keys.names[scanner.key[i]], value];
  });
}

function parses(text: string): boolean {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

describe('JSON scanner', () => {
  it('lists the members of any object as JSON.parse does', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
        fc.constantFrom(0, 1),
        (object, space) => {
          const text = JSON.stringify(object, null, space);
          assert.deepEqual(scan(text), flatten(JSON.parse(text)));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('accepts exactly the objects that JSON.parse accepts, damaged ones included', () => {
    const damaged = fc
      .tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), fc.nat(3), fc.string({ maxLength: 2 }))
      .map(([object, at, cut, insert]) => {
        const text = JSON.stringify(object);
        const from = at % text.length;
        return text.slice(0, from) + insert + text.slice(from + cut);
      });
    fc.assert(
      fc.property(damaged, (text) => assert.equal(scan(text) !== null, parses(text), text)),
      { numRuns: 5000 },
    );
  });

  const cases: [string, boolean][] = [
    ['{}', true],
    ['  {"a":1}\t', true],
    ['{"a":01}', false],
    ['{"a":1.}', false],
    ['{"a":-0.5e+10}', true],
    ['{"a":"\\u00e9\\ud83d"}', true],
    ['{"a":"\\x"}', false],
    ['{"a":"\u0001"}', false],
    ['{"a":tru}', false],
    ['{"a":1,}', false],
    ['{"a":1', false],
    ['[1]', false],
    ['{"a":1} x', false],
  ];
  for (const [text, valid] of cases) {
    it(`${valid ? 'accepts' : 'refuses'} ${JSON.stringify(text)}`, () => {
      assert.equal(scan(text) !== null, valid);
      assert.equal(parses(text), valid);
    });
  }

  it('keeps both values of a repeated key, in order', () => {
    assert.deepEqual(scan('{"m":"a","n":1,"m":"b"}'), [
      ['m', 'a'],
      ['n', 1],
      ['m', 'b'],
    ]);
  });

  it('keeps a byte order mark that is part of a key or a value', () => {
    assert.deepEqual(scan('{"\ufeffa":"\ufeff"}'), [['\ufeffa', '\ufeff']]);
  });

  it('is not led astray by the keys of the record before', () => {
    assert.deepEqual(scan('{"a\\"b":1}'), [['a"b', 1]]);
    assert.equal(scan('{"a"b":1}'), null);
    assert.deepEqual(scan('{"o":{"k":1},"k":2}'), [
      ['o.k', 1],
      ['k', 2],
    ]);
    assert.deepEqual(scan('{"k":{"o":1},"k":2}'), [
      ['k.o', 1],
      ['k', 2],
    ]);
    assert.equal(scan('{"k'), null);
  });

  it('tells arrays and empty objects', () => {
    const scanner = new JsonScanner();
    const bytes = encoder.encode('{"a":[{"b":1}],"c":{}}');
    assert.ok(scanner.scan(bytes, 0, bytes.length));
    assert.deepEqual([...scanner.type.subarray(0, scanner.count)], [ARRAY, EMPTY_OBJECT]);
  });

  it('refuses nesting that would exhaust the stack instead of failing', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    assert.equal(scan(deep), null);
  });
});
