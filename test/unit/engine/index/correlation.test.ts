import assert from 'node:assert/strict';
import { findId, occurrence } from '../../../../src/engine/correlation/lookup.ts';
import { idAt, lineTokens } from '../../../../src/engine/lineTokens.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { at, json } from './lines.ts';

describe('correlation', () => {
  it('compares ids normalised and never joins what names nothing', async () => {
    const { log } = await openMemoryLog({
      'a.jsonl':
        json({ time: at(1), level: 'info', traceId: '4BF92F3577B34DA6A3CE929D0E0E4736', msg: 'a' }) +
        json({
          time: at(2),
          level: 'info',
          traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
          msg: 'b',
        }) +
        json({ time: at(3), level: 'info', msg: 'c 4bf92f3577b34da6a3ce929d0e0e4736 d' }) +
        json({ time: at(4), level: 'info', traceId: '00000000000000000000000000000000', msg: 'e' }) +
        json({ time: at(5), level: 'info', traceId: '-', msg: 'f' }),
    });
    const id = findId(log, '4bf92f3577b34da6a3ce929d0e0e4736');
    assert.deepEqual([...log.ids.entries(id)], [0, 1, 2]);
    assert.equal(log.trace[3], 0);
    assert.equal(log.trace[4], 0);
  });

  it('knows the ids of each entry as it knows the entries of each id', async () => {
    const { log } = await openMemoryLog({
      'a.jsonl': Array.from({ length: 700 }, (_, i) =>
        json({
          time: at(i % 60),
          level: 'info',
          ...(i % 3 > 0 && { trace_id: `00c0ffee${1000 + (i % 50)}` }),
          ...(i % 5 === 0 && { 'dd.trace_id': '11803532876627986230', order_id: `order_${i}` }),
          msg: 'a',
        }),
      ).join(''),
      'b.jsonl': json({ time: at(1), level: 'info', trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', msg: 'b' }),
    });
    let pairs = 0;
    for (let id = 1; id <= log.ids.count; id++) {
      pairs += log.ids.entries(id).length;
      for (const entry of log.ids.entries(id)) assert.ok(log.ids.of(entry).includes(id), `${entry} holds ${id}`);
    }
    const all = Array.from({ length: log.count }, (_, entry) => log.ids.of(entry).length);
    assert.equal(
      all.reduce((sum, count) => sum + count, 0),
      pairs,
    );
    assert.equal(pairs, 466 + 140 + 140 + 1);
  });

  it('lists the leading id of an entry first, wherever it stands in the line', async () => {
    const { log } = await openMemoryLog({
      'a.jsonl': json({
        time: at(1),
        level: 'info',
        order_id: 'order_17',
        span_id: 'span_1',
        msg: 'a',
        trace_id: 't1',
      }),
    });
    const [entry] = await log.read([0]);
    assert.deepEqual(
      entry.ids.map((id) => id.value),
      ['t1', 'order_17', 'span_1'],
    );
  });

  it('finds ids of unknown keys by the shape of their values', async () => {
    const lines = Array.from({ length: 40 }, (_, i) =>
      json({
        zeit: at(i % 60),
        stufe: i % 9 === 0 ? 'ERROR' : 'INFO',
        dienst: 'lager',
        spur: `a${(i % 12) * 7919}f3c9b2`,
        satz: `Schritt ${i} ist getan`,
      }),
    );
    const { log } = await openMemoryLog({ 'a.jsonl': lines.join('') });
    const [entry] = await log.read([9]);
    assert.deepEqual([entry.level, entry.service, entry.message], ['error', 'lager', 'Schritt 9 ist getan']);
    assert.equal(entry.timestamp, Date.parse(at(9)) * 1000);
    assert.equal(log.ids.entries(findId(log, entry.ids[0].value)).length, 3);
  });

  describe('a record that docker split', () => {
    const inner = JSON.stringify({ time: at(7), level: 'error', trace_id: 'k-1', msg: 'x'.repeat(20_000) });
    const [head, tail] = [inner.slice(0, 16_384), `${inner.slice(16_384)}\n`];
    const piece = (log: string, stream = 'stdout') => json({ log, stream, time: '2026-08-01T10:00:07.1Z' });
    const short = `${JSON.stringify({ time: at(8), level: 'warn', msg: 'short' })}\n`;

    it('is one entry', async () => {
      const { log } = await openMemoryLog({ 'a.log': piece(head) + piece(tail) + piece(short) });
      const read = await log.read([0, 1]);
      assert.deepEqual(
        read.map((entry) => [entry.line, entry.endLine, entry.level, entry.message.length]),
        [
          [1, 2, 'error', 20_000],
          [3, 3, 'warn', 5],
        ],
      );
      assert.equal(read[0].ids[0].value, 'k-1');
      assert.equal(log.files[0].continuationLines, 1);
    });

    it('costs no other entry where another stream interrupts it', async () => {
      const { log } = await openMemoryLog({ 'a.log': piece(head) + piece(short, 'stderr') + piece(tail) });
      const read = await log.read([0, 1]);
      assert.deepEqual([read[0].line, read[0].level, read[0].message], [2, 'warn', 'short']);
      assert.equal(log.files[0].unrecognisedLines, 1);
    });

    it('is counted where its rest is missing', async () => {
      const { log } = await openMemoryLog({ 'a.log': piece(short) + piece(head) });
      assert.deepEqual([log.count, log.files[0].unrecognisedLines], [1, 1]);
    });

    it('leaves nothing behind for the next line that is looked at', async () => {
      const { log, reader } = await openMemoryLog({ 'a.log': piece(head) + piece(tail) + piece(short) });
      const parser = reader.parser(0);
      lineTokens(parser, piece(head).trim());
      assert.equal((await log.read([1]))[0].message, 'short');
      idAt(parser, piece(head).trim(), 5);
      assert.ok(lineTokens(parser, piece(short).trim()).some((token) => token.level === 'warn'));
    });
  });

  it('shows what stands inside a message, and the message only where nothing does', async () => {
    const line = 'é 2026-08-01T10:00:00.067Z\tc793869b-ee49-115b-a5b6-4fd21e8dedac\tERROR\tpool exhausted';
    const { reader } = await openMemoryLog({ 'a.log': `${line}\n` }, { paths: ['/log/a.log'] });
    assert.deepEqual(
      lineTokens(reader.parser(0), line).map(({ role, start, length }) => [role, line.slice(start, start + length)]),
      [
        ['time', '2026-08-01T10:00:00.067Z'],
        ['id', 'c793869b-ee49-115b-a5b6-4fd21e8dedac'],
        ['level', 'ERROR'],
      ],
    );
  });

  it('keeps the last words of a process, which lack a line end', async () => {
    const last = JSON.stringify({ level: 'fatal', msg: 'panic' });
    const { log } = await openMemoryLog({ 'a.log': json({ log: last, stream: 'stderr', time: at(1) }) });
    const [entry] = await log.read([0]);
    assert.deepEqual([entry.level, entry.message], ['fatal', 'panic']);
  });

  it('reads services and ids that are written with escapes', async () => {
    const { log, reader } = await openMemoryLog({
      'a.jsonl':
        json({ time: at(1), level: 'info', service: 'café', order_id: 'Zürich-1', msg: 'a' }) +
        `{"time":"${at(2)}","level":"info","service":"caf\\u00e9","order_id":"Z\\u00fcrich-1","msg":"b"}\n`,
    });
    assert.deepEqual(log.services, ['café']);
    const entries = log.ids.entries(findId(log, 'zürich-1'));
    assert.deepEqual([...entries], [0, 1]);
    const [, escaped] = (await reader.readLines(entries)).map((entry) => occurrence(entry, (id) => id === 'zürich-1'));
    const [{ start, end }] = escaped.ranges;
    assert.equal(end - start, 'Z\\u00fcrich-1'.length);
  });

  it('keeps numbers that JavaScript would round as they were written', async () => {
    const line = `{"time":"${at(1)}","level":"info","msg":"a","big":12345678901234567890,"huge":1e999,"small":0.27}\n`;
    const { log } = await openMemoryLog({ 'a.jsonl': line });
    const [entry] = await log.read([0]);
    assert.deepEqual(
      entry.fields.slice(3).map((field) => field.value),
      ['12345678901234567890', '1e999', 0.27],
    );
  });

  it('never takes one service for another, however many there are', async () => {
    const lines = Array.from({ length: 70_000 }, (_, i) =>
      json({ time: at(1), level: 'info', service: `s${i}`, msg: 'a' }),
    );
    const { log } = await openMemoryLog({ 'a.jsonl': lines.join('') });
    for (const entry of [0, 65_534, 65_535, 65_536, 69_999]) {
      assert.ok([`s${entry}`, null].includes(log.row(entry).service), `${entry}: ${log.row(entry).service}`);
    }
  });

  it('finds in text what headers say of a trace', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const lines = [
      `sent traceparent: 00-${trace}-00f067aa0ba902b7-01`,
      `got b3: ${trace}-00f067aa0ba902b7-1`,
      `got X-B3-TraceId: ${trace.toUpperCase()}`,
      `X-Amzn-Trace-Id: Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=53995c3f42cd8ad8;Sampled=1`,
      `projects/p/traces/${trace}`,
      `{"trace_id": "${trace}"}`,
      `[dd.trace_id=11803532876627986230 dd.span_id=1]`,
    ];
    const { log } = await openMemoryLog({
      'a.log': lines.map((line, i) => `2026-08-01 10:00:0${i}.000Z INFO ${line}\n`).join(''),
    });
    const id = findId(log, trace);
    assert.deepEqual([...log.ids.entries(id)], [0, 1, 2, 3, 4, 5, 6]);
    assert.deepEqual([...log.trace], [id, id, id, id, 0, id, id]);
  });
});
