import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isNormalised, normaliseId } from '../../../../src/engine/correlation/normalise.ts';
import { IdTable } from '../../../../src/engine/index/idTable.ts';
import { NO_ID } from '../../../../src/engine/index/log.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const intern = (table: IdTable, text: string) => table.intern(bytes(text), 0, bytes(text).length);

describe('ids', () => {
  const cases: [string, string | null][] = [
    ['4BF92F3577B34DA6A3CE929D0E0E4736', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['1-58406520-a006649127e371903a2de979', '58406520a006649127e371903a2de979'],
    ['Root=1-58406520-a006649127e371903a2de979', '58406520a006649127e371903a2de979'],
    ['projects/p/traces/4bf9', '4bf9'],
    ['00000000-0000-0000-0000-000000000000', null],
    ['null', null],
    ['-', null],
    ['', null],
    ['order_17', 'order_17'],
    ['efghi5678901', 'efghi5678901'],
    ['mobile-app', 'mobile-app'],
  ];
  for (const [text, expected] of cases)
    it(`${text} compares as ${expected}`, () => assert.equal(normaliseId(text), expected));

  it('are told to be in their compared form only where they are', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[0-9a-f-]{1,60}$/),
      fc.stringMatching(/^(0x|1-|0+)?[0-9a-gx_-]{1,40}$/),
      fc.constantFrom(...cases.map(([one]) => one)),
    );
    assert.ok(isNormalised(bytes('order_7f3a11b2'), 0, 14));
    fc.assert(
      fc.property(text, (id) => {
        if (isNormalised(bytes(id), 0, bytes(id).length)) assert.equal(normaliseId(id), id);
      }),
      { numRuns: 2000 },
    );
  });

  it('get one number for each compared form, and none for what names nothing', () => {
    const text = fc.oneof(fc.constantFrom('null', '0', 'ab1', 'AB1', 'Ab1', 'x', 'X'), fc.string({ maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 400 }), (texts) => {
        const table = new IdTable();
        const numbers = new Map<string, number>();
        for (const one of texts) {
          const normalised = normaliseId(one);
          const id = intern(table, one);
          assert.equal(id === 0, normalised === null);
          if (normalised === null) continue;
          assert.equal(id, numbers.get(normalised) ?? id);
          if (!numbers.has(normalised)) assert.equal(table.text(id), one);
          numbers.set(normalised, id);
          assert.equal(table.find(normalised), id);
        }
        assert.equal(new Set(numbers.values()).size, numbers.size);
        assert.equal(table.count, numbers.size);
      }),
      { numRuns: 500 },
    );
  });

  it('are found by the text they are shown as, whatever bytes it was made of', () => {
    const byte = fc.constantFrom(0x41, 0x61, 0x31, 0x80, 0xc3, 0xa9, 0xef, 0xbf, 0xbd, 0xf0);
    fc.assert(
      fc.property(fc.array(fc.array(byte, { maxLength: 6 }), { maxLength: 60 }), (ids) => {
        const table = new IdTable();
        for (const id of ids) {
          const number = table.intern(Uint8Array.from(id), 0, id.length);
          if (number !== 0) assert.equal(table.find(normaliseId(table.text(number)) ?? ''), number);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('stay apart by the hundred thousand', () => {
    const table = new IdTable();
    for (let i = 1; i <= 100_000; i++) assert.equal(intern(table, `t${i}`), i);
    for (let i = 1; i <= 100_000; i++) assert.equal(table.find(`t${i}`), i);
    assert.equal(table.find('t0x'), 0);
  });
});

describe('ids that hold a text', () => {
  it('are those of which a spelling does, and none across two of them', () => {
    const spelling = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', 'B'), minLength: 1, maxLength: 6 });
    const wanted = fc.string({ unit: fc.constantFrom('a', 'b', '1'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(spelling, { maxLength: 20 }), wanted, (spellings, text) => {
        const table = new IdTable();
        const holders = new Set<number>();
        for (const each of spellings) {
          const id = table.internText(each);
          if (id !== NO_ID && (each.includes(text) || (normaliseId(each) ?? '').includes(text))) holders.add(id);
        }
        assert.deepEqual(new Set(table.holding(text, 100)), holders);
        assert.equal(table.holding(text, 1).length, Math.min(1, holders.size));
      }),
    );
  });

  it('are none of an empty text', () => {
    const table = new IdTable();
    table.internText('a1');
    assert.deepEqual(table.holding('', 9), []);
  });
});
