import assert from 'node:assert/strict';
import { findId, occurrence, searchIds, summarise } from '../../../../src/engine/correlation/lookup.ts';
import { at, json } from '../index/lines.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

const DECIMAL = '11803532876627986230';
const HALF = 'a3ce929d0e0e4736';
const TRACE = `4bf92f3577b34da6${HALF}`;

const line = (second: number, fields: object) => json({ time: at(second), level: 'info', msg: 'x', ...fields });

describe('ids of Datadog', () => {
  it('are the low half of the one W3C id that ends so, however they are asked for', async () => {
    const { log, reader } = await openMemoryLog({
      'a.jsonl': line(1, { dd: { trace_id: DECIMAL, span_id: '67667974448284343' } }),
      'b.jsonl': line(2, { trace_id: TRACE }) + line(3, { trace_id: TRACE, 'dd.trace_id': DECIMAL }),
      'c.log': `time=${at(4)} level=info msg=x dd.trace_id=${DECIMAL}\n`,
    });
    for (const text of [DECIMAL, HALF, TRACE, TRACE.toUpperCase()]) {
      assert.deepEqual([...log.ids.entries(findId(log, text))], [0, 1, 2, 3], text);
    }
    const id = findId(log, DECIMAL);
    assert.deepEqual(new Set(log.trace), new Set([id]));
    assert.equal(summarise(log, id).id, TRACE);
    const found = await reader.readLines([0, 1]);
    const places = found.map((entry) => occurrence(entry, (other) => log.ids.find(other) === id).ranges.length);
    assert.deepEqual(places, [1, 1]);
    assert.deepEqual(
      searchIds(log, '', 10).map((each) => each.entries),
      [4],
    );
  });

  it('stand for themselves where no W3C id ends so, and span ids where one does', async () => {
    const { log } = await openMemoryLog({
      'a.jsonl': line(1, { dd: { trace_id: DECIMAL, span_id: '67667974448284343' } }),
      'b.jsonl': line(2, { span_id: '00f067aa0ba902b7' }),
    });
    assert.equal(BigInt('0x00f067aa0ba902b7'), 67667974448284343n);
    assert.deepEqual([...log.ids.entries(findId(log, '00f067aa0ba902b7'))], [0, 1]);
    assert.deepEqual([...log.ids.entries(findId(log, DECIMAL))], [0]);
  });

  it('join nothing where two W3C ids end so, nor where the key is not Datadog’s', async () => {
    const other = `${'b'.repeat(15)}1${HALF}`;
    const { log } = await openMemoryLog({
      'a.jsonl': line(1, { dd: { trace_id: DECIMAL } }),
      'b.jsonl': line(2, { trace_id: TRACE }) + line(3, { trace_id: other }),
    });
    assert.deepEqual([...log.ids.entries(findId(log, DECIMAL))], [0]);
    assert.deepEqual([...log.ids.entries(findId(log, TRACE))], [1]);
    const plain = await openMemoryLog({
      'a.jsonl': line(1, { order_id: DECIMAL }) + line(2, { trace_id: TRACE }) + line(3, { trace_id: HALF }),
    });
    assert.deepEqual([...plain.log.ids.entries(findId(plain.log, DECIMAL))], [0]);
    assert.deepEqual([...plain.log.ids.entries(findId(plain.log, TRACE))], [1]);
    assert.deepEqual([...plain.log.ids.entries(findId(plain.log, HALF))], [2]);
  });
});
