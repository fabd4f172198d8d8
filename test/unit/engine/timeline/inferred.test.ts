import { deepEqual, equal } from 'node:assert/strict';
import { timelineHops } from '../../../../src/engine/timeline/hops.ts';
import { timelineMarks } from '../../../../src/engine/timeline/marks.ts';
import { timelineRows } from '../../../../src/engine/timeline/rows.ts';
import type { EntryRow, Hop } from '../../../../src/model.ts';
import { reportOf } from '../../emptyReport.ts';
import { logOfLines } from './logOfLines.ts';

const log = logOfLines([
  { at: 1, service: 'shop', trace: 't' },
  { at: 2, service: 'stock', level: 'warn' },
  { at: 3, service: 'shop', level: 'error', trace: 't' },
  { at: 4, service: 'stock', level: 'error', trace: 'u' },
]);
const rowsOf = (joined: number[]) => timelineRows(log, { kind: 'trace', id: 't' }, reportOf(), joined);

describe('entries that join a trace', () => {
  it('stand on their rows in order of time, and the trouble they tell of is inferred', () => {
    const rows = rowsOf([1]);
    deepEqual([...(rows?.entries ?? [])], [0, 1, 2]);
    deepEqual(
      rows?.rows.map(({ name, entries, onset, onsetCertainty }) => [name, entries, onset, onsetCertainty]),
      [
        ['shop', 2, 3e6, 'recorded'],
        ['stock', 1, 2e6, 'inferred'],
      ],
    );
  });

  it('are marked; one mark for several only where none of them holds the id', () => {
    const rows = rowsOf([1]);
    if (rows === null) throw new Error('there are rows');
    const marks = timelineMarks(log, rows, 0, 5e6, 10);
    deepEqual([...marks.entry], [0, 1, 2]);
    deepEqual([...marks.inferred], [0, 1, 0]);
    const crowded = logOfLines([
      { at: 1, service: 'shop', level: 'error' },
      { at: 2, service: 'shop', trace: 't' },
      { at: 3, service: 'shop' },
    ]);
    const merged = timelineRows(crowded, { kind: 'trace', id: 't' }, reportOf(), [0, 2]);
    if (merged === null) throw new Error('there are rows');
    const { count, inferred } = timelineMarks(crowded, merged, 0, 5e6, 1);
    deepEqual([[...count], [...inferred]], [[3], [0]]);
  });
});

describe('calls of a timeline', () => {
  const row = (entry: number, timestamp: number | null): EntryRow => {
    return { entry, file: 'a', line: 1, column: 1, endLine: 1, timestamp, level: null, service: null };
  };
  const hop = (over: Partial<Hop>): Hop => {
    const ends = { caller: 'shop', callee: 'stock', from: row(0, 1), to: row(1, 2) };
    return { ...ends, joined: 'inferred', how: 'peer', lagMs: 1, ...over };
  };
  const rows = [
    { name: 'shop', kind: 'service' as const },
    { name: 'stock', kind: 'service' as const },
    { name: 'ledger', kind: 'resource' as const },
  ];

  it('join rows of services at the times of both lines', () => {
    deepEqual(timelineHops(rows, [hop({ joined: 'recorded', how: 'span' })]), [
      { from: 0, to: 1, fromTime: 1, toTime: 2, inferred: false, how: 'span', lagMs: 1, entry: 1 },
    ]);
  });

  it('are left out where an end has no row, no line or no time', () => {
    const without = [hop({ callee: 'ledger' }), hop({ to: null }), hop({ from: null }), hop({ from: row(0, null) })];
    deepEqual(timelineHops(rows, without), []);
  });

  it('keep the first of each pair of rows where they are very many', () => {
    const many = [...Array.from({ length: 500 }, () => hop({})), hop({ caller: 'stock', callee: 'shop' })];
    const kept = timelineHops(rows, many);
    equal(kept.length, 300);
    equal(kept.filter(({ from }) => from === 1).length, 1);
  });
});
