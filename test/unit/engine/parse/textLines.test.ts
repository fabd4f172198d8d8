import assert from 'node:assert/strict';
import { builtinFormats } from '../../../../src/engine/formats/builtin.ts';
import type { Format } from '../../../../src/engine/formats/spec.ts';
import { Clock } from '../../../../src/engine/parse/clock.ts';
import { LineParser } from '../../../../src/engine/parse/lineParser.ts';
import { formatSet, inferProfile } from '../../../../src/engine/parse/profile.ts';
import { ENTRY } from '../../../../src/engine/parse/record.ts';
import { ShapeScanner } from '../../../../src/engine/templates/shape.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

/** Format, level, service, message and ids of each entry of a file. */
async function read(lines: string[]) {
  const { log } = await openMemoryLog({ '.log': lines.map((line) => `${line}\n`).join('') });
  const entries = await log.read(Array.from({ length: log.count }, (_, entry) => entry));
  return { file: log.files[0], entries };
}

const rows = (entries: Awaited<ReturnType<typeof read>>['entries']) =>
  entries.map(({ level, service, message }) => [level, service, message]);

describe('lines of text', () => {
  it('peels envelopes in whatever order, record by record', async () => {
    const docker = JSON.stringify({
      log: '2026-08-01 10:00:00.067 ERROR [main] c.e.Pool - exhausted\n',
      stream: 'stdout',
      time: '2026-08-01T10:00:00.123456789Z',
    });
    const { entries } = await read([
      `stock-1  | 2026-08-01T10:00:00.067Z stdout F ${docker}`,
      'web-1    | 10.0.0.1 - - [01/Aug/2026:10:00:30 +0000] "POST /orders HTTP/1.1" 504 167 "-" "curl"',
      'db-1     | 2026-08-01 10:00:00.067 UTC [77] FATAL:  too many clients',
      'web-1    | {"level":"warn","msg":"slow","time":"2026-08-01T10:00:00Z"}',
      'Aug  1 10:00:05 h0 stock[7]: {"level":"debug","msg":"up"}',
      '<27>Aug  1 10:00:06 h0 stock[7]: no words for it',
    ]);
    assert.deepEqual(rows(entries), [
      ['error', 'stock', 'exhausted'],
      ['error', 'web', 'POST /orders HTTP/1.1'],
      ['fatal', 'db', 'too many clients'],
      ['warn', 'web', 'slow'],
      ['debug', 'stock', 'up'],
      ['error', 'stock', 'no words for it'],
    ]);
  });

  it('keeps the ids of an envelope whose record stands elsewhere', async () => {
    const docker = JSON.stringify({ log: 'down\n', stream: 'stderr', time: '2026-08-01T10:00:00.1Z' });
    const { entries } = await read([
      `<11>1 2026-08-01T10:00:00Z h0 stock 8 - [ctx@32473 request_id="req-17"] ${docker}`,
    ]);
    assert.deepEqual(rows(entries), [['error', 'stock', 'down']]);
    assert.deepEqual(entries[0].ids, [{ key: 'request_id', value: 'req-17', normalised: 'req-17' }]);
  });

  it('takes the colours of a collector off with its prefix', async () => {
    const { entries } = await read([
      '\u001b[33mweb-1    | \u001b[0m{"level":"error","time":"2026-08-01T10:00:03.123Z","msg":"refused"}',
      '\u001b[36mdb-1     |\u001b[0m 2026-08-01 10:00:04.000 WARN  [main] c.e.Pool - slow',
    ]);
    assert.deepEqual(rows(entries), [
      ['error', 'web', 'refused'],
      ['warn', 'db', 'slow'],
    ]);
  });

  it('takes a record out of a record, and no data that a message quotes', async () => {
    const order = JSON.stringify({ message: 'order', time: '2026-08-01T09:00:00Z' });
    const inner = JSON.stringify({ level: 'error', msg: 'refused' });
    const { entries } = await read([
      JSON.stringify({
        time: '2026-08-01T10:00:00Z',
        level: 'info',
        service: 'shop',
        requestId: 'r-17',
        message: order,
      }),
      JSON.stringify({ time: '2026-08-01T10:00:01Z', service: 'shop', requestId: 'r-17', message: inner }),
      JSON.stringify({ time: '2026-08-01T10:00:02Z', service: 'shop', message: '{"id":17}' }),
      `2026-08-01T10:00:03Z order {"id":17}`,
    ]);
    assert.deepEqual(rows(entries), [
      ['info', 'shop', order],
      ['error', 'shop', 'refused'],
      [null, 'shop', '{"id":17}'],
      [null, null, 'order {"id":17}'],
    ]);
    assert.deepEqual(
      entries[1].ids.map(({ key, value }) => [key, value]),
      [['requestId', 'r-17']],
    );
  });

  it('finds ids behind a word, and takes neither ids nor threads for their keys', async () => {
    const id = '38101a0b-2096-447d-96ea-a692162415ae';
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { entries } = await read([
      `2026-08-01 10:00:00.067 INFO nova.api [req-${id} ${trace} - - -] done`,
      `2026-08-01 10:00:01.067 INFO c.e.Pool - [worker-1] [${trace}] done`,
      '2026-08-01 10:00:02.067 INFO c.e.Pool - instance_id=i-0123abcd app_id=17 container_id=12345',
    ]);
    assert.deepEqual(
      entries.map((entry) => entry.ids.map(({ key, value }) => [key, value])),
      [
        [
          ['id', `req-${id}`],
          ['id', trace],
        ],
        [['id', trace]],
        [],
      ],
    );
  });

  it('joins what the container runtime split', async () => {
    const { file, entries } = await read([
      '2026-08-01T10:00:00.067Z stdout P {"level":"error",',
      '2026-08-01T10:00:00.068Z stdout P "msg":',
      '2026-08-01T10:00:00.069Z stdout F "refused"}',
    ]);
    assert.deepEqual(rows(entries), [['error', null, 'refused']]);
    assert.equal(file.continuationLines, 2);
  });

  it('reads coloured lines as if they were not, wherever colours begin', async () => {
    const plain = Array.from({ length: 3 }, (_, i) => `2026-08-01T10:00:0${i}.067Z  INFO 1 --- [main] c.e.Pool : up`);
    const coloured = [
      '\u001b[2m2026-08-01T10:00:03.067Z\u001b[0;39m \u001b[31mERROR\u001b[m \u001b[35m1\u001b[m --- [main] \u001b[36mc.e.Pool\u001b[m : request_id=\u001b[1mreq-17\u001b[m failed',
    ];
    const { entries } = await read([...plain, ...coloured]);
    assert.deepEqual(rows(entries).at(-1), ['error', null, 'request_id=req-17 failed']);
    assert.deepEqual(
      entries.at(-1)?.ids.map(({ value }) => value),
      ['req-17'],
    );
  });

  it('finds the ids of an object of JSON at the end of a message', async () => {
    const { entries } = await read([
      '2026-08-01 10:00:00.067 | INFO     | app:f:7 - done {"request_id":"req-17","n":1}',
    ]);
    assert.deepEqual(
      entries[0].ids.map(({ key, value }) => [key, value]),
      [['request_id', 'req-17']],
    );
    assert.equal(entries[0].message, 'done {"request_id":"req-17","n":1}');
  });

  it('reads text of no known format by its times, and keeps stack traces to their entry', async () => {
    const { file, entries } = await read([
      '<<< 2026-08-01 10:00:00 >>> job start',
      '[app] [8/1/2026 10:00:03 AM] [Error] disk full',
      'java.io.IOException: No space left',
      '\tat com.example.Disk.write(Disk.java:9)',
      'Caused by: x',
      '',
      'node7 Aug  1 10:00:05 WARN low memory',
      'Sat Aug  1 10:00:09 2026: closed',
    ]);
    assert.deepEqual(
      entries.map(({ level, timestamp }) => [level, new Date((timestamp ?? 0) / 1000).toISOString().slice(0, 19)]),
      [
        [null, '2026-08-01T10:00:00'],
        ['error', '2026-08-01T10:00:03'],
        ['warn', '2026-08-01T10:00:05'],
        [null, '2026-08-01T10:00:09'],
      ],
    );
    assert.deepEqual([file.entries, file.continuationLines, file.blankLines, file.unrecognisedLines], [4, 3, 1, 0]);
    assert.deepEqual(file.assumed, { zone: 'UTC', year: 2026 });
  });

  it('takes no line for an entry that only mentions a time, where lines begin with theirs', async () => {
    const { file } = await read([
      ...Array.from({ length: 9 }, (_, i) => `2026-08-01 10:00:0${i},067 ERROR [main] c.e.Pool - exhausted`),
      'Caused by: refused at 2026-08-01 09:59:59 by peer',
    ]);
    assert.deepEqual([file.entries, file.continuationLines], [9, 1]);
  });

  it('reads a line that begins with NULs', async () => {
    const { entries } = await read(['\0\0\0\x002026-08-01 10:00:00,067 ERROR [main] c.e.Pool - exhausted']);
    assert.deepEqual(rows(entries), [['error', null, 'exhausted']]);
  });

  it('switches a pattern off that takes too many steps too often, and says which', () => {
    const wild: Format = {
      kind: 'pattern',
      name: 'wild',
      title: 'Wild',
      pattern: '^(?<message>(?:a+)+)$',
      samples: [],
    };
    const formats = formatSet([wild, ...builtinFormats()], {}, 1);
    const line = new TextEncoder().encode(`${'a'.repeat(60)}!`);
    const clock = new Clock({ zone: 'UTC', year: null, path: '' });
    const parser = new LineParser(inferProfile(line, formats), formats, clock, new ShapeScanner());
    for (let i = 0; i < 19; i++) parser.parse(line, 0, line.length);
    assert.deepEqual(parser.switchedOff, []);
    assert.equal(parser.parse(line, 0, 60).kind, ENTRY);
    parser.parse(line, 0, line.length);
    assert.deepEqual(parser.switchedOff, ['wild']);
    assert.notEqual(parser.parse(line, 0, 60).kind, ENTRY);
  });
});
