/** The ids of a segment get the numbers that a table like the log's gives, wherever they are kept. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { IdTable } from '../../../../src/engine/index/idTable.ts';
import { SegmentIds } from '../../../../src/engine/index/segmentIds.ts';
import { SPELLINGS_MAX } from '../../../../src/engine/kernel/memory.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

const id = fc.oneof(
  fc.constantFrom(
    'null',
    '0',
    'ab1',
    'AB1',
    'Ab1',
    'x',
    '-',
    '  T17 ',
    'é1',
    `${'x'.repeat(300)}1`,
    'y1'.repeat(40_000),
  ),
  fc.constantFrom(
    '4BF92F3577B34DA6A3CE929D0E0E4736',
    '4bf92f3577b34da6a3ce929d0e0e4736',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    '1-58406520-a006649127e371903a2de979',
  ),
  fc.stringMatching(/^[0-9a-g_-]{1,40}$/),
  fc.string({ maxLength: 6 }),
);
const raw = fc.oneof(
  { weight: 9, arbitrary: id.map(bytes) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 9 }) },
);

describe('ids of a segment', () => {
  it('get the numbers that they get in a table, in the kernel and when they leave it', () => {
    fc.assert(
      fc.property(fc.array(raw, { maxLength: 200 }), fc.nat(220), (ids, leaveAt) => {
        const table = new IdTable();
        const expected = ids.map((one) => table.intern(one, 0, one.length));
        const segment = new SegmentIds();
        const found = ids.map((one, i) => {
          if (i === leaveAt) segment.leave();
          return segment.intern(one, 0, one.length);
        });
        assert.deepEqual(found, expected);
        assert.equal(segment.count, table.count);
        const { spellings, used, numbers } = segment.finish();
        assert.deepEqual(spellings, { ...table.spellings });
        assert.deepEqual(used, table.firstSpellings);
        assert.deepEqual(
          numbers,
          used.map((_, i) => i + 1),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('are no other’s when two segments are indexed by turns', () => {
    const first = new SegmentIds();
    assert.deepEqual([first.internText('a1'), first.internText('b1')], [1, 2]);
    const second = new SegmentIds();
    assert.deepEqual([second.internText('b1'), first.internText('c1'), second.internText('d1')], [1, 3, 2]);
    assert.deepEqual([first.internText('b1'), second.internText('b1')], [2, 1]);
    assert.equal(first.finish().used.length, 3);
    assert.equal(second.finish().used.length, 2);
  });

  it('may be more than the kernel has room for', () => {
    const segment = new SegmentIds();
    const count = SPELLINGS_MAX + 1000;
    for (let i = 1; i <= count; i++) assert.equal(segment.internText(`t${i}`), i);
    for (let i = 1; i <= count; i += 97) assert.equal(segment.internText(`t${i}`), i);
    assert.notEqual(segment.table, null);
    assert.equal(segment.finish().used.length, count);
  });
});
