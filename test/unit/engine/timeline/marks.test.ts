import { deepEqual, equal, ok } from 'node:assert/strict';
import type { Log } from '../../../../src/engine/index/log.ts';
import { timelineMarks } from '../../../../src/engine/timeline/marks.ts';
import { type TimelineRows, timelineRows } from '../../../../src/engine/timeline/rows.ts';
import { LEVELS } from '../../../../src/model.ts';
import type { TimelineMarks } from '../../../../src/protocol.ts';
import { reportOf } from '../../emptyReport.ts';
import { type Line, logOfLines, node } from './logOfLines.ts';

const ERROR = LEVELS.indexOf('error');

function rowsOf(log: Log, report = reportOf()): TimelineRows {
  const rows = timelineRows(log, { kind: 'incident' }, report);
  ok(rows);
  return rows;
}

function seconds(marks: TimelineMarks): number[] {
  return [...marks.time].map((time) => time / 1e6);
}

describe('timeline marks', () => {
  const lines: Line[] = [
    { at: 10, service: 'a' },
    { at: 20, service: 'b', level: 'error' },
    { at: null, service: 'b' },
    { at: 30, service: 'a', level: 'warn' },
    { at: 40, service: 'a' },
  ];

  it('are one an entry where they are few, both bounds included', () => {
    const log = logOfLines(lines);
    const marks = timelineMarks(log, rowsOf(log), 20e6, 40e6, 100);
    deepEqual(seconds(marks), [20, 30, 40]);
    deepEqual([...marks.row], [1, 0, 0]);
    deepEqual([...marks.entry], [1, 3, 4]);
    deepEqual([...marks.count], [1, 1, 1]);
    deepEqual([...marks.level], [ERROR, LEVELS.indexOf('warn'), 255]);
  });

  it('are none outside the entries', () => {
    const log = logOfLines(lines);
    equal(timelineMarks(log, rowsOf(log), 41e6, 99e6, 10).time.length, 0);
    equal(timelineMarks(log, rowsOf(log), 0, 9e6, 10).time.length, 0);
  });

  it('repeat the evidence of a resource on its own row', () => {
    const log = logOfLines(lines);
    const cascade = { nodes: [node('db', 'resource', 30, [3])], edges: [] };
    const marks = timelineMarks(log, rowsOf(log, reportOf({ cascade })), 30e6, 40e6, 10);
    deepEqual(
      [...marks.entry].map((entry, mark) => [entry, marks.row[mark]]),
      [
        [3, 1],
        [3, 0],
        [4, 1],
      ],
    );
  });

  it('of a full row lead to the first of the worst in each bucket', () => {
    const log = logOfLines([
      { at: 0, service: 'a', level: 'info' },
      { at: 1, service: 'a', level: 'error' },
      { at: 2, service: 'a', level: 'error' },
      { at: 3, service: 'b', level: 'fatal' },
      { at: 6, service: 'a' },
      { at: 7, service: 'a', level: 'trace' },
      { at: 10, service: 'a' },
    ]);
    const marks = timelineMarks(log, rowsOf(log), 0, 10e6, 2);
    deepEqual(
      seconds(marks).map((time, mark) => [time, marks.entry[mark], marks.count[mark], marks.level[mark]]),
      [
        [1, 1, 3, ERROR],
        [3, 3, 1, LEVELS.indexOf('fatal')],
        [7, 5, 3, LEVELS.indexOf('trace')],
      ],
    );
  });

  it('lose no entry and no worst level among 200,000 in 30 rows, and stay below the limit', () => {
    const rows = 30;
    const buckets = 512;
    const many: Line[] = Array.from({ length: 200_000 }, (_, index) => ({
      at: index / 100,
      service: `s${(index * 7) % rows}`,
      level: index === 123_456 ? 'fatal' : 'info',
    }));
    const log = logOfLines(many);
    const marks = timelineMarks(log, rowsOf(log), 0, 2_000e6, buckets);
    ok(marks.time.length <= rows * buckets, `${marks.time.length} marks`);
    equal(
      marks.count.reduce((sum, count) => sum + count, 0),
      many.length,
    );
    equal(
      [...marks.entry].filter((entry, mark) => entry === 123_456 && marks.level[mark] === LEVELS.indexOf('fatal'))
        .length,
      1,
    );
    ok(
      marks.time.every((time, mark) => mark === 0 || time >= marks.time[mark - 1]),
      'in order of time',
    );
  });

  it('stand where all entries share one time', () => {
    const log = logOfLines([
      { at: 5, service: 'a' },
      { at: 5, service: 'a' },
    ]);
    deepEqual([...timelineMarks(log, rowsOf(log), 5e6, 5e6, 1).count], [2]);
  });
});
