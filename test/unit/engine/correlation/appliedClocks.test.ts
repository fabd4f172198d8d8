import { deepEqual, equal, ok } from 'node:assert/strict';
import { clockShifts } from '../../../../src/engine/correlation/appliedClocks.ts';
import { createEngine } from '../../../../src/engine/engine.ts';
import type { ClockOffset } from '../../../../src/model.ts';
import type { TimelineScope } from '../../../../src/protocol.ts';
import { memorySource } from '../memorySource.ts';

type Interval = [reference: string, service: string, lowMs: number | null, highMs: number | null, calls?: number];

const shifts = (...all: Interval[]): [string, number][] =>
  [
    ...clockShifts(
      all.map(([reference, service, lowMs, highMs, calls = 9]) => {
        return { reference, service, lowMs, highMs, calls } as ClockOffset;
      }),
    ),
  ].sort();

describe('clock offsets, applied', () => {
  it('move a service back by the middle of what it is ahead, whichever of the two is the reference', () => {
    const more: Interval = ['shop', 'gate', -1, 1];
    deepEqual(shifts(['shop', 'stock', 300, 500], more), [['stock', -400]]);
    deepEqual(shifts(['stock', 'shop', -500, -300], more), [['stock', -400]]);
  });

  it('add up along calls, from the service with the most calls', () => {
    deepEqual(shifts(['shop', 'stock', 300, 500, 20], ['stock', 'depot', -120, -100]), [
      ['depot', 110],
      ['shop', 400],
    ]);
  });

  it('move nothing that may be right, or that calls leave undetermined', () => {
    deepEqual(shifts(['shop', 'stock', -40, 500], ['shop', 'depot', null, null], ['shop', 'till', 300, null]), []);
  });

  it('end where calls go round', () => {
    deepEqual(shifts(['a', 'b', 10, 20], ['b', 'c', 10, 20], ['a', 'c', 20, 40]), [
      ['b', -15],
      ['c', -30],
    ]);
  });

  const START = Date.UTC(2026, 7, 1, 10);
  const line = (service: string, ms: number, level: string, message: string, trace: number, fields = {}) =>
    JSON.stringify({
      time: new Date(START + ms).toISOString(),
      level,
      service,
      message,
      trace_id: `4bf92f3577b3${String(trace).padStart(4, '0')}`,
      ...fields,
    });
  /** The clock of `stock` is 400 ms behind, so that it seems to answer before it is asked. */
  const lines = Array.from({ length: 6 }, (_, trace) => {
    const sent = trace * 10_007 + 3;
    return [
      line('shop', sent, 'info', 'Calling peer', trace, { upstream: 'stock' }),
      line('stock', sent + 10 - 400, 'info', 'Reserving', trace),
      line('stock', sent + 50 - 400, 'warn', 'Booked late', trace),
      line('shop', sent + 60, 'info', 'Response of peer', trace, { upstream: 'stock' }),
    ];
  }).flat();

  it('move the times of a trace where that is asked for, and nothing else', async () => {
    const engine = createEngine({ source: memorySource({ 'a.jsonl': lines.join('\n') }), sentence: ({ key }) => key });
    await engine.open({ root: '/log', paths: ['/log/a.jsonl'] });
    const written: TimelineScope = { kind: 'trace', id: '4bf92f3577b30002' };
    const applied: TimelineScope = { ...written, clocks: 'applied' };
    const shown = async (scope: TimelineScope) => {
      const model = await engine.timeline('/log', scope);
      ok(model);
      const marks = await engine.marks('/log', scope, model.from, model.to, 100);
      const start = model.from;
      return {
        shiftMs: model.shiftMs,
        rows: model.rows.map(({ name }) => name),
        marks: Array.from(marks.time, (time, i) => [model.rows[marks.row[i]].name, (time - start) / 1000]),
        onsets: model.rows.map(({ onset }) => onset && (onset - start) / 1000),
        inside: model.bars.every(({ from, to }) => from >= model.from && to <= model.to),
        lags: model.hops.map(({ lagMs, fromTime, toTime }) => [lagMs, (toTime - fromTime) / 1000]),
      };
    };
    const before = await shown(written);
    equal(before.shiftMs, null);
    deepEqual(before.marks[0], ['stock', 0]);
    const report = JSON.stringify(await engine.report('/log'));
    const trace = JSON.stringify(await engine.trace('/log', written.id));

    deepEqual(await shown(applied), {
      shiftMs: [0, 400],
      rows: ['shop', 'stock'],
      marks: [
        ['shop', 0],
        ['stock', 10],
        ['stock', 50],
        ['shop', 60],
      ],
      onsets: [null, 50],
      inside: true,
      lags: [[10, 10]],
    });
    deepEqual(await shown(written), before);
    equal(JSON.stringify(await engine.report('/log')), report);
    equal(JSON.stringify(await engine.trace('/log', written.id)), trace);
  });
});
