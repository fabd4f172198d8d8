import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { searchIds } from '../../../../src/engine/correlation/lookup.ts';
import { idList } from '../../../../src/engine/overview/ids.ts';
import { serviceTrends } from '../../../../src/engine/overview/services.ts';
import { traceList } from '../../../../src/engine/overview/traces.ts';
import type { TraceOrder } from '../../../../src/overview.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { inTrace, type Line, micros, story } from '../story.ts';

const log = story([
  [0, 'gate', 'INFO', 'Begin', inTrace('calm')],
  [1, 'shop', 'INFO', 'Done', inTrace('calm')],
  [10, 'gate', 'INFO', 'Begin', inTrace('slow')],
  [90, 'gate', 'WARN', 'Took 80 s', inTrace('slow')],
  [20, 'gate', 'INFO', 'Begin', inTrace('late', { order_id: 'o-1' })],
  [30, 'shop', 'ERROR', 'Refused by 10.0.0.3', inTrace('late', { order_id: 'o-1' })],
  [25, 'shop', 'FATAL', 'Out of memory', inTrace('dead')],
  [100, 'gate', 'ERROR', 'Unrelated'],
]);

const ids = (order: TraceOrder, text = '', from = 0, count = 10) => {
  const { total, traces } = traceList(log).page({ order, text }, from, count);
  return { total, ids: traces.map(({ id }) => id.replace('trace-', '')) };
};

describe('the list of traces', () => {
  it('comes in each order', () => {
    deepEqual(ids('worst').ids, ['dead', 'late', 'slow', 'calm']);
    deepEqual(ids('firstError').ids, ['dead', 'late', 'calm', 'slow']);
    deepEqual(ids('duration').ids, ['slow', 'late', 'calm', 'dead']);
    deepEqual(ids('time').ids, ['calm', 'slow', 'late', 'dead']);
  });

  it('tells what each is like', () => {
    const [, late] = traceList(log).page({ order: 'worst', text: '' }, 0, 2).traces;
    deepEqual(
      { ...late, first: late.first.line, firstError: late.firstError?.line },
      {
        id: 'trace-late',
        key: 'trace_id',
        entries: 2,
        errors: 1,
        services: ['gate', 'shop'],
        from: micros(20),
        durationMs: 10_000,
        worstLevel: 'error',
        first: 4,
        firstError: 2,
      },
    );
  });

  it('is narrowed by an id, a service or a message', () => {
    deepEqual(ids('time', 'TRACE-LA'), { total: 1, ids: ['late'] });
    deepEqual(ids('time', 'shop'), { total: 3, ids: ['calm', 'late', 'dead'] });
    deepEqual(ids('time', ' refused '), { total: 1, ids: ['late'] });
    deepEqual(ids('time', 'nothing'), { total: 0, ids: [] });
  });

  it('comes in pages that neither overlap nor leave anything out', () => {
    const level = fc.constantFrom('INFO', 'WARN', 'ERROR', 'FATAL');
    const line = fc.tuple(fc.nat(5), fc.constantFrom('gate', 'shop'), level, fc.constant('x'), fc.nat(12));
    fc.assert(
      fc.property(
        fc.array(line),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom<TraceOrder>('worst', 'firstError', 'duration', 'time'),
        (lines, size, order) => {
          const list = traceList(
            story(lines.map(([s, service, lv, m, trace]): Line => [s, service, lv, m, inTrace(trace)])),
          );
          const query = { order, text: '' };
          const { total, traces } = list.page(query, 0, 1000);
          equal(traces.length, total);
          const paged = [];
          for (let from = 0; from < total; from += size) paged.push(...list.page(query, from, size).traces);
          deepEqual(paged, traces);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('lasts until the last of its spans ends', async () => {
    const span = (service: string, id: string, parent: string, start: number, length: number) => ({
      traceID: 't1',
      spanID: id,
      operationName: 'op',
      references: parent === '' ? [] : [{ refType: 'CHILD_OF', traceID: 't1', spanID: parent }],
      startTime: 1_700_000_000_000_000 + start,
      duration: length,
      processID: service,
    });
    const spans = [span('p1', 'a', '', 0, 5_000_000), span('p2', 'b', 'a', 1_000_000, 1_000_000)];
    const processes = { p1: { serviceName: 'gate' }, p2: { serviceName: 'shop' } };
    const text = JSON.stringify({ data: [{ traceID: 't1', spans, processes }] });
    const { log: traced } = await openMemoryLog({ 'traces.json': text });
    const [trace] = traceList(traced).page({ order: 'time', text: '' }, 0, 10).traces;
    equal(trace.durationMs, 5000);
  });

  it('holds what entries share where there are no traces', () => {
    const orders = story([
      [0, 'shop', 'INFO', 'Created', { order_id: 'o-1' }],
      [1, 'shop', 'INFO', 'Created', { order_id: 'o-2' }],
      [2, 'shop', 'INFO', 'Paid', { order_id: 'o-2' }],
    ]);
    deepEqual(
      traceList(orders)
        .page({ order: 'time', text: '' }, 0, 10)
        .traces.map(({ id }) => id),
      ['o-2'],
    );
  });
});

describe('the ids that are offered before anything is typed', () => {
  const offered = (of: typeof log) => searchIds(of, ' ', 3).map(({ id }) => id);

  it('are the first of the list of traces', () => {
    deepEqual(offered(log), ['trace-dead', 'trace-late', 'trace-slow']);
    deepEqual(offered(log), ['trace-dead', 'trace-late', 'trace-slow'], 'asked again');
  });

  it('are any where no two entries share one', () => {
    deepEqual(offered(story([[0, 'shop', 'INFO', 'Created', { order_id: 'o-1' }]])), ['o-1']);
  });
});

describe('the list of ids', () => {
  it('has the keys of traces first, and values by how often they occur', () => {
    const list = idList(log);
    deepEqual(list.keys, [
      { key: 'trace_id', values: 4, entries: 7, leads: true },
      { key: 'order_id', values: 1, entries: 2, leads: false },
    ]);
    const { total, values } = list.page('trace_id', 0, 2);
    equal(total, 4);
    deepEqual(
      values.map(({ id, entries }) => [id, entries]),
      [
        ['trace-calm', 2],
        ['trace-slow', 2],
      ],
    );
    deepEqual(
      list.page('trace_id', 2, 9).values.map(({ id }) => id),
      ['trace-late', 'trace-dead'],
    );
    deepEqual(list.page('no_such_key', 0, 9), { total: 0, values: [] });
  });
});

describe('the trends of services', () => {
  it('count entries over the time of the whole log, the most troubled service first', () => {
    const trends = serviceTrends(log, 4);
    deepEqual(
      trends.map(({ name, entries, errors, fatals, trend }) => ({ name, entries, errors, fatals, trend })),
      [
        { name: 'shop', entries: 3, errors: 2, fatals: 1, trend: [1, 2, 0, 0] },
        { name: 'gate', entries: 5, errors: 1, fatals: 0, trend: [3, 0, 0, 2] },
      ],
    );
    equal(trends[0].first.timestamp, micros(1));
    equal(trends[0].firstError?.timestamp, micros(25));
    equal(trends[1].lastSeen, micros(100));
  });

  it('count entries without a time, in no stretch of it', async () => {
    const { log: timeless } = await openMemoryLog({
      'a.jsonl': '{"level":"INFO","service":"shop","message":"x"}\n'.repeat(3),
    });
    const [{ entries, trend, lastSeen }] = serviceTrends(timeless, 2);
    deepEqual({ entries, trend, lastSeen }, { entries: 3, trend: [0, 0], lastSeen: null });
  });
});
