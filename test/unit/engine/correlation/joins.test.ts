import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinsOf } from '../../../../src/engine/correlation/joins.ts';
import { findId, traceOf } from '../../../../src/engine/correlation/lookup.ts';
import { createEngine } from '../../../../src/engine/engine.ts';
import { type Log, NO_ID } from '../../../../src/engine/index/log.ts';
import { memoryLog } from '../memoryLog.ts';
import { memorySource } from '../memorySource.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

/** Lines of other business, so that no id is in half of a file. */
const OTHERS = Array.from({ length: 40 }, (_, i) => line(1 + i / 100, 'tick', {}));

function line(second: number, message: string, ids: Record<string, string>): string {
  const time = new Date(Date.UTC(2026, 7, 1, 10) + second * 1000).toISOString();
  return JSON.stringify({ time, service: 'any', message, ...ids });
}

function logOf(...lines: string[]): Log {
  return memoryLog({ 'a.jsonl': lines.join('\n'), 'b.jsonl': OTHERS.join('\n'), 'c.jsonl': '' });
}

const withOthers = (...lines: string[]): Log => logOf(...lines, ...OTHERS);

function joined(log: Log, trace: string): string[] {
  return joinsOf(log, findId(log, trace)).joined.map(({ entry }) => `${log.row(entry).line}`);
}

const begun = (trace: string, order: string, second: number): string[] => [
  line(second, 'received', { trace_id: trace }),
  line(second + 0.5, 'order made', { trace_id: trace, order_id: order }),
  line(second + 2, 'answered', { trace_id: trace }),
];

describe('joining entries to a trace', () => {
  it('takes those that share its order, and says through what', async () => {
    const log = withOthers(...begun('aa11', 'o-7', 1), line(1.7, 'order packed', { order_id: 'o-7' }));
    const trace = await traceOf(log, findId(log, 'aa11'));
    assert.deepEqual(
      trace.entries.map(({ message, joined, via }) => [message, joined, via]),
      [
        ['received', 'recorded', null],
        ['order made', 'recorded', null],
        ['order packed', 'inferred', { key: 'order_id', id: 'o-7', traces: 1 }],
        ['answered', 'recorded', null],
      ],
    );
    assert.equal(trace.unclear, 0);
  });

  it('shows where the id stands that they share', async () => {
    const lines = [...begun('aa11', 'order_7', 1), line(1.7, 'packed', { order_id: 'order_7' }), ...OTHERS];
    const engine = createEngine({
      source: memorySource({ 'a.jsonl': lines.join('\n') }),
      sentence: () => '',
    });
    await engine.open({ root: '/log' });
    const { total, unclear, entries } = await engine.inferred('/log', 'AA11', 10);
    assert.deepEqual([total, unclear, entries.length], [1, 0, 1]);
    const start = lines[3].indexOf('order_7') + 1;
    assert.deepEqual(entries[0].ranges, [{ line: 4, start, end: start + 7 }]);
    assert.equal(entries[0].joined, 'inferred');
    assert.equal((await engine.occurrences('/log', 'aa11', 10)).total, 3);
  });

  it('goes on from what has joined: from the payment to the order to the trace', () => {
    const log = withOthers(
      ...begun('aa11', 'o-7', 1),
      line(1.7, 'to be paid', { order_id: 'o-7', payment_id: 'p-1' }),
      line(1.8, 'paid', { payment_id: 'p-1' }),
    );
    assert.deepEqual(joined(log, 'aa11'), ['4', '5']);
  });

  it('takes an entry that has the id of a request of the trace only, and none of a request on its own', async () => {
    const lines = [
      line(1, 'received', { trace_id: 'aa11', request_id: 'req_100', order_id: 'order_7' }),
      line(1.1, 'looked up', { request_id: 'req_100' }),
      line(1.2, 'answered', { trace_id: 'aa11' }),
      line(1.3, 'counted', { request_id: 'req_200', order_id: 'order_7' }),
      ...OTHERS,
    ];
    const { log } = await openMemoryLog({ 'a.jsonl': lines.join('\n') });
    assert.notEqual(log.trace[1], NO_ID);
    assert.deepEqual(joined(log, 'aa11'), ['2']);
    assert.deepEqual(joined(log, 'req_200'), []);
  });

  it('leaves an entry that names a trace to that trace', () => {
    const log = withOthers(...begun('aa11', 'o-7', 1), line(1.6, 'other', { trace_id: 'bb22', order_id: 'o-7' }));
    assert.deepEqual(joined(log, 'aa11'), []);
    assert.deepEqual(joined(log, 'bb22'), []);
  });

  it('tells of several traces by the time', () => {
    const later = [...begun('bb22', 'o-7', 60), ...begun('cc33', 'o-7', 120)];
    const log = withOthers(...begun('aa11', 'o-7', 1), ...later, line(61, 'order packed', { order_id: 'o-7' }));
    assert.deepEqual(joined(log, 'aa11'), []);
    assert.deepEqual(joined(log, 'bb22'), ['10']);
    assert.equal(joinsOf(log, findId(log, 'bb22')).joined[0].traces, 3);
  });

  it('leaves alone what two traces of the same time share, and counts it', () => {
    const both = [...begun('aa11', 'o-7', 1), ...begun('bb22', 'o-7', 1.2)];
    const log = withOthers(...both, line(1.9, 'order packed', { order_id: 'o-7' }));
    for (const trace of ['aa11', 'bb22']) {
      assert.deepEqual(joinsOf(log, findId(log, trace)), { joined: [], unclear: 1 });
    }
  });

  it('leaves alone what comes long after the trace, or has no time', () => {
    const untimed = JSON.stringify({ message: 'order packed', order_id: 'o-7' });
    const log = withOthers(...begun('aa11', 'o-7', 1), line(900, 'order found', { order_id: 'o-7' }), untimed);
    assert.deepEqual(joinsOf(log, findId(log, 'aa11')), { joined: [], unclear: 2 });
  });

  it('never goes through an id that more than a few traces share', () => {
    const traces = ['aa11', 'bb22', 'cc33', 'dd44'];
    const log = withOthers(
      ...traces.flatMap((trace, i) => begun(trace, 'o-7', 1 + 60 * i)),
      line(1.9, 'order packed', { order_id: 'o-7' }),
    );
    for (const trace of traces) assert.deepEqual(joinsOf(log, findId(log, trace)), { joined: [], unclear: 0 });
  });

  it('never goes through an id that half of a file shares', () => {
    const packed = Array.from({ length: 6 }, (_, i) => line(1.1 + i / 10, `packed ${i}`, { order_id: 'o-7' }));
    const among = (others: number) => logOf(...begun('aa11', 'o-7', 1), ...packed, ...OTHERS.slice(0, others));
    // With the entry of the trace seven hold the id.
    assert.deepEqual(joined(among(5), 'aa11'), []);
    assert.equal(joined(among(6), 'aa11').length, 6);
  });

  it('joins nothing to an id that leads more entries than one would follow', () => {
    const packed = line(1.7, 'order packed', { order_id: 'o-7' });
    const long = (count: number) =>
      withOthers(
        ...begun('aa11', 'o-7', 1),
        packed,
        ...Array<string>(count - 3).fill(line(2, 'x', { trace_id: 'aa11' })),
      );
    assert.deepEqual(joined(long(20_000), 'aa11'), ['4']);
    assert.deepEqual(joined(long(20_001), 'aa11'), []);
  });

  it('gives no entry to two traces, and none that names one itself', () => {
    const ids = fc.record(
      {
        trace_id: fc.constantFrom('aa11', 'bb22', 'cc33', 'dd44', 'ee55'),
        order_id: fc.constantFrom('o-1', 'o-2', 'o-3', 'o-4'),
        payment_id: fc.constantFrom('p-1', 'p-2', 'p-3', 'p-4'),
        request_id: fc.constantFrom('r-1', 'r-2', 'r-3', 'r-4'),
      },
      { requiredKeys: [] },
    );
    const entry = fc.tuple(fc.integer({ min: 0, max: 20 }), ids);
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), (entries) => {
        const log = withOthers(...entries.map(([second, own]) => line(second, 'x', own)));
        const taken = new Set<number>();
        for (let id = 1; id <= log.ids.count; id++) {
          for (const { entry: one, via } of joinsOf(log, id).joined) {
            if (log.ids.isTrace(id)) {
              assert.ok(!taken.has(one));
              taken.add(one);
            }
            assert.ok(!log.ids.entries(id).includes(one));
            assert.ok(log.ids.of(one).includes(via));
            assert.equal(entries[log.row(one).line - 1][1].trace_id, undefined);
          }
        }
      }),
    );
  });
});

describe('joining entries to an order, where no trace tells what belongs together', () => {
  const order = (id: string, second: number, payment: string, more = {}): string[] => [
    line(second, 'order made', { order_id: id }),
    line(second + 0.5, 'to be paid', { order_id: id, payment_id: payment, ...more }),
    line(second + 1, 'order done', { order_id: id }),
  ];

  it('goes through the payment that stands beside it, and from the payment to the order', () => {
    const log = withOthers(...order('o-7', 1, 'p-1'), line(1.7, 'captured', { payment_id: 'p-1' }));
    const { joined: found, unclear } = joinsOf(log, findId(log, 'o-7'));
    assert.deepEqual([found.map(({ via }) => log.ids.text(via)), unclear], [['p-1'], 0]);
    assert.deepEqual(joined(log, 'o-7'), ['4']);
    assert.deepEqual(joined(log, 'p-1'), ['1', '3']);
  });

  it('leaves alone what stands beside another of the same kind, by its key or by its look', () => {
    const second = [{ order_id: 'o-8' }, { Order_Id: 'xyz' }, { other_id: 'o-8' }];
    for (const ids of second) {
      const both = [...order('o-7', 1, 'p-1'), line(1.2, 'order made', { ...ids, payment_id: 'p-1' })];
      const log = withOthers(...both, line(1.7, 'captured', { payment_id: 'p-1' }));
      assert.deepEqual(joinsOf(log, findId(log, 'o-7')), { joined: [], unclear: 2 }, JSON.stringify(ids));
    }
  });

  it('leaves alone what comes long after it, and what names a trace', () => {
    const later = line(90, 'captured', { payment_id: 'p-1' });
    const traced = line(1.2, 'captured', { payment_id: 'p-1', trace_id: 'aa11' });
    const log = withOthers(...order('o-7', 1, 'p-1'), later, traced);
    assert.deepEqual(joinsOf(log, findId(log, 'o-7')), { joined: [], unclear: 1 });
  });

  it('takes long hexadecimal ids for one kind where their groups are as long', () => {
    const uuid = (n: number) => `a08c9b00-bc6a-4ac0-a7b1-d8cedba3571${n}`;
    const made = (id: string) => [...order(id, 1, uuid(1)), line(1.7, 'captured', { payment_id: uuid(1) })];
    const beside = (id: string) => line(1.2, 'made', { other_id: id, payment_id: uuid(1) });
    const clear = withOthers(...made('6902dc29e2c84800016ceb21'), beside(uuid(2)));
    assert.equal(joined(clear, '6902dc29e2c84800016ceb21').length, 2);
    const unclear = withOthers(...made('6902dc29e2c84800016ceb21'), beside('ab02dc29e2c84800016ceb2f'));
    assert.deepEqual(joined(unclear, '6902dc29e2c84800016ceb21'), []);
  });
});
