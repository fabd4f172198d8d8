/** What log stores give back, and JSON that is not a record a line. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { openMemoryLog } from '../openMemoryLog.ts';
import { contentLines, contentRecords } from './contentLines.ts';

const NS = '1785578400123456789';

async function entriesOf(document: unknown, name = 'export.json') {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const { log } = await openMemoryLog({ [name]: text });
  const entries = await log.read(Array.from({ length: log.count }, (_, n) => n));
  return {
    format: log.files[0]?.format,
    entries: entries.map(({ timestamp, level, service, message, ids }) => ({
      time: timestamp === null ? null : new Date(timestamp / 1000).toISOString(),
      level,
      service,
      message,
      ids: ids.map(({ normalised }) => normalised),
    })),
  };
}

describe('an export of Loki', () => {
  const loki = (values: unknown[][], stream: object = { service_name: 'inv', pod: 'inv-1' }) => ({
    status: 'success',
    data: { resultType: 'streams', result: [{ stream, values }], stats: {} },
  });

  it('gives logfmt and JSON with what the store knew beside it', async () => {
    const { format, entries } = await entriesOf(
      loki([
        [NS, 'level=error msg="pool empty" order_id=order_17', { trace_id: '4bf92f3577b34da6a3ce929d0e0e4736' }],
        [NS, '{"severity":"warn","message":"slow","ts":"2026-08-01T10:00:00Z","service":"own"}'],
      ]),
    );
    assert.equal(format, 'loki > json');
    assert.deepEqual(entries, [
      {
        time: '2026-08-01T10:00:00.123Z',
        level: 'error',
        service: 'inv',
        message: 'pool empty',
        ids: ['4bf92f3577b34da6a3ce929d0e0e4736', 'order_17'],
      },
      { time: '2026-08-01T10:00:00.000Z', level: 'warn', service: 'own', message: 'slow', ids: [] },
    ]);
  });

  it('gives text of any format, told by what is left when the envelope is off', async () => {
    const line = '2026-08-01 18:00:00.120 ERROR 1 --- [main] c.e.Pool : refused';
    const { format, entries } = await entriesOf(
      loki([
        [NS, line, { trace_id: 'abcdef0123456789' }],
        [NS, line],
      ]),
    );
    assert.match(format ?? '', /^loki > exported > compose > /);
    assert.deepEqual(
      entries.map(({ time, level, service, ids }) => [time, level, service, ids]),
      [
        ['2026-08-01T10:00:00.120Z', 'error', 'inv', ['abcdef0123456789']],
        ['2026-08-01T10:00:00.120Z', 'error', 'inv', []],
      ],
    );
  });

  it('takes time, level and service from the store where the line has none', async () => {
    const { entries } = await entriesOf(loki([[NS, 'just words']], { app: 'inv', level: 'warn' }));
    assert.deepEqual(entries, [
      { time: '2026-08-01T10:00:00.123Z', level: 'warn', service: 'inv', message: 'just words', ids: [] },
    ]);
  });

  it('may tell labels apart by their origin, and be lines of logcli', async () => {
    const labels = { structuredMetadata: { trace_id: 'abcdef0123456789' }, parsed: { level: 'error' } };
    const [record] = await contentRecords(loki([[NS, 'words', labels]], {}));
    assert.deepEqual(record.metadata, { level: 'error', trace_id: 'abcdef0123456789' });
    const line = (n: number) =>
      `{"labels":{"app":"inv"},"line":"words ${n}","timestamp":"2026-08-01T10:00:0${n}.5Z"}\n`;
    const { format, entries } = await entriesOf(line(1) + line(2), 'logcli.jsonl');
    assert.equal(format, 'loki > json');
    assert.deepEqual(
      entries.map(({ time, service, message }) => [time, service, message]),
      [
        ['2026-08-01T10:00:01.500Z', 'inv', 'words 1'],
        ['2026-08-01T10:00:02.500Z', 'inv', 'words 2'],
      ],
    );
  });
});

describe('an export of CloudWatch', () => {
  it('gives messages of any format', async () => {
    const events = [
      { timestamp: 1785578400123, message: '{"level":"error","msg":"refused"}\n', ingestionTime: 1785578401000 },
      { timestamp: 1785578400124, message: '2026-08-01 10:00:00.124 WARN 1 --- [main] c.e.Pool : slow\n' },
      { timestamp: 1785578400125, message: 'Traceback:\n  File "a.py"' },
    ];
    const { entries } = await entriesOf({ events, nextForwardToken: 'f/1' }, 'shop.json');
    assert.deepEqual(
      entries.map(({ time, level, message }) => [time, level, message]),
      [
        ['2026-08-01T10:00:00.123Z', 'error', 'refused'],
        ['2026-08-01T10:00:00.124Z', 'warn', 'slow'],
        ['2026-08-01T10:00:00.125Z', null, 'Traceback:\n  File "a.py"'],
      ],
    );
  });

  it('may be a subscription, whose group names the service, and documents without a line end between', async () => {
    const batch = JSON.stringify({
      messageType: 'DATA_MESSAGE',
      logGroup: '/aws/lambda/checkout',
      logStream: '2026/08/01/[$LATEST]abc',
      logEvents: [{ id: '1', timestamp: 1785578400123, message: 'hello' }],
    });
    const { entries } = await entriesOf(batch + batch);
    assert.deepEqual(
      entries.map(({ service, message }) => [service, message]),
      [
        ['checkout', 'hello'],
        ['checkout', 'hello'],
      ],
    );
  });

  it('may be the rows of a query', async () => {
    const row = [
      { field: '@timestamp', value: '2026-08-01 10:00:00.123' },
      { field: '@message', value: 'hello' },
    ];
    const { entries } = await entriesOf({ results: [row], status: 'Complete' });
    assert.deepEqual([entries[0].time, entries[0].message], ['2026-08-01T10:00:00.123Z', 'hello']);
  });

  it('is not a record that has events of its own', async () => {
    const record = '{"time":"2026-08-01T10:00:00Z","msg":"x","events":[{"timestamp":1785578400123,"message":"y"}]}\n';
    assert.deepEqual((await contentLines(record)).content.layers, []);
  });
});

describe('an export of Elasticsearch', () => {
  const hit = { _index: 'logs', _id: 'x1', _score: 1, _source: { '@timestamp': '2026-08-01T10:00:00Z', message: 'm' } };
  const record = { '@timestamp': '2026-08-01T10:00:00Z', message: 'm', _index: 'logs', _id: 'x1' };

  it('gives the documents, of an answer and of a dump', async () => {
    for (const text of [
      JSON.stringify({ took: 1, hits: { total: { value: 1 }, hits: [hit] } }),
      JSON.stringify({ rawResponse: { hits: { hits: [hit] } } }, null, 2),
      `${JSON.stringify(hit)}\n`,
    ]) {
      assert.deepEqual(await contentRecords(text), [record]);
    }
    const fields = { '@timestamp': ['2026-08-01T10:00:00Z'], message: ['m'] };
    assert.deepEqual(await contentRecords({ hits: { hits: [{ _index: 'logs', _id: 'x1', fields }] } }), [record]);
  });
});

describe('a JSON document of records', () => {
  const records = [
    { time: '2026-08-01T10:00:00Z', msg: 'a', n: 1 },
    { time: '2026-08-01T10:00:01Z', msg: 'b\n{', n: 2 },
  ];

  it('is a record a line, however it is laid out', async () => {
    for (const text of [
      JSON.stringify(records),
      JSON.stringify(records, null, 2),
      `\ufeff${JSON.stringify(records)}`,
      records.map((record) => JSON.stringify(record, null, 2)).join('\n'),
      records.map((record) => JSON.stringify(record)).join(''),
      records
        .map((record) => `\u001e${JSON.stringify(record, null, 1)}\n`)
        .join('')
        .slice(1),
      JSON.stringify({ total: 2, items: records }),
    ]) {
      assert.deepEqual(await contentRecords(text), records, text);
    }
  });

  it('keeps every byte of a value: repeated keys, long numbers', async () => {
    const { lines } = await contentLines('[ {"time":"2026-08-01T10:00:00Z","a":1,"a":12345678901234567890} ]');
    assert.deepEqual(lines, ['{"time":"2026-08-01T10:00:00Z","a":1,"a":12345678901234567890}']);
  });

  it('that is cut off keeps what stands before, and the rest as text', async () => {
    const whole = JSON.stringify(records, null, 2);
    const { lines, content } = await contentLines(whole.slice(0, -12));
    assert.deepEqual(JSON.parse(lines[0]), records[0]);
    assert.equal(lines.length, 2);
    assert.match(lines[1], /^\{"time":"2026-08-01T10:00:01Z"/);
    assert.equal(content.loss, 'it ends in the middle of a record');
  });

  it('with an export that is cut off gives the records before the cut', async () => {
    const hits = Array.from({ length: 5 }, (_, n) => ({
      _index: 'i',
      _id: `${n}`,
      _source: { time: NS, msg: `m${n}` },
    }));
    const { lines } = await contentLines(JSON.stringify({ hits: { hits } }).slice(0, -30));
    assert.deepEqual(
      lines.slice(0, 4).map((line) => JSON.parse(line).msg),
      ['m0', 'm1', 'm2', 'm3'],
    );
  });

  it('is not any other JSON, nor JSON Lines', async () => {
    for (const text of [
      '{"name":"package","version":"1.0.0","scripts":{"a":"b"}}\n',
      '{\n  "name": "package",\n  "files": ["a", "b"]\n}\n',
      '[2026-08-01 10:00:00] [main] INFO started\n',
      '[{thread-1}] hello\n',
      '{"time":"2026-08-01T10:00:00Z","msg":"a"}\n{"time":"2026-08-01T10:00:01Z","msg":"b"}\n',
      '{"time":"2026-08-01T10:00:00Z","msg":\n{"time":"2026-08-01T10:00:01Z","msg":"b"}\n',
      '{"time":"2026-08-01T10:00:00Z","msg":"a\n{"time":"2026-08-01T10:00:01Z","msg":"b"}\n',
      '{}',
      '[]',
      '',
    ]) {
      assert.deepEqual((await contentLines(text)).content.layers, [], text);
    }
  });

  it('may be compressed', async () => {
    const { content } = await contentLines(gzipSync(JSON.stringify(records)));
    assert.deepEqual(content.layers, ['gzip', 'json document']);
  });
});
