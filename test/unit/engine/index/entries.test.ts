import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sniffPacking } from '../../../../src/engine/content/sniff.ts';
import { findId } from '../../../../src/engine/correlation/lookup.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { at, json } from './lines.ts';

describe('lines that are no entry', () => {
  const entry = json({ time: at(1), level: 'info', msg: 'a' });
  const springEntry = '2026-08-01 10:00:01.000 ERROR 1 --- [main] c.e.Pool : refused\n';
  const cases: [
    name: string,
    text: string,
    entries: number,
    blank: number,
    continuation: number,
    unrecognised: number,
  ][] = [
    ['a broken line', `${entry}{"time":"2026\n${entry}`, 2, 0, 0, 1],
    ['a half last line', `${entry}${entry.slice(0, 20)}`, 1, 0, 0, 1],
    ['blank lines', `\n${entry}\r\n  \n${entry}`, 2, 3, 0, 0],
    ['a stack trace under JSON', `${entry}\tat com.example.Pool\nCaused by: x\n${entry}`, 2, 0, 2, 0],
    [
      'a stack trace under text',
      `${springEntry}java.net.ConnectException: refused\n\tat c.e.Pool\n${springEntry}`,
      2,
      0,
      2,
      0,
    ],
    ['text before the first entry', `hello\n${entry}`, 1, 0, 0, 1],
    ['a byte order mark', `\ufeff${entry}`, 1, 0, 0, 0],
    ['NUL bytes', `${entry}\0\0\0\n${entry}`, 2, 0, 0, 1],
  ];
  for (const [name, text, entries, blank, continuation, unrecognised] of cases) {
    it(`${name}: counted, nothing lost`, async () => {
      const { log } = await openMemoryLog({ 'a.log': text }, { paths: ['/log/a.log'] });
      const file = log.files[0];
      assert.deepEqual(
        [file.entries, file.blankLines, file.continuationLines, file.unrecognisedLines],
        [entries, blank, continuation, unrecognised],
      );
      assert.equal(file.lines, entries + blank + continuation + unrecognised);
    });
  }

  it('each line of any bytes is counted once', async () => {
    const piece = fc.oneof(
      fc.constantFrom(entry, springEntry, '\r', '\n', '{', '[pod/a-1/b] ', 'a-1 | ', '\t at x', entry.slice(0, 30)),
      fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const text = Buffer.from(pieces.join(''), 'latin1');
        // UTF-16 has lines of its own.
        fc.pre(sniffPacking(text) === null);
        const { log } = await openMemoryLog({ 'a.log': text }, { paths: ['/log/a.log'] });
        const file = log.files[0];
        const lines = text.toString('latin1').split(/\r\n|\r|\n/);
        if (lines.at(-1) === '') lines.pop();
        assert.equal(file.lines, lines.length);
        assert.equal(file.entries + file.blankLines + file.continuationLines + file.unrecognisedLines, lines.length);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the lines of a stack trace with their entry', async () => {
    const { log } = await openMemoryLog({
      'a.log': `${springEntry}java.net.ConnectException: refused\n\tat c.e.Pool\n`,
    });
    const [read] = await log.read([0]);
    assert.deepEqual([read.line, read.endLine, read.message], [1, 3, 'refused']);
    assert.match(
      String(read.fields.find((field) => field.key === 'stack_trace')?.value),
      /ConnectException: refused\n\tat/,
    );
    assert.equal(log.entryAt(0, 3), 0);
  });

  it('reads a line of 1 MB and invalid UTF-8 without losing an entry', async () => {
    const long = json({ time: at(1), level: 'info', msg: 'x'.repeat(1 << 20) });
    const invalid = Buffer.concat([
      Buffer.from(`{"time":"${at(2)}","level":"warn","msg":"`),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('"}\n'),
    ]);
    const { log } = await openMemoryLog({ 'a.log': Buffer.concat([Buffer.from(long), invalid, Buffer.from(entry)]) });
    assert.equal(log.count, 3);
    const read = await log.read([0, 1]);
    assert.equal(read[0].message.length, 1 << 20);
    assert.equal(read[1].message, '\ufffd\ufffd');
  });
});

describe('lines of several containers in one file', () => {
  const compose = [
    `api-1    | {"time":"${at(1)}","level":"error","msg":"refused","correlation_id":"abc-123-def"}`,
    'api-1    | Traceback (most recent call last):',
    'api-1    |   File "/app/main.py", line 12, in checkout',
    'db-1     | terminating connection abc-123-def-9 of trace_id=abc-123-def',
    'shop-1   | 2026-08-01 10:00:02.000 ERROR 1 --- [main] c.e.Pool : refused',
    'shop-1   | java.net.ConnectException: refused',
    'db-1     | shutting down',
    '',
  ].join('\n');

  it('are entries of their services, known format or not', async () => {
    const { log } = await openMemoryLog({ 'a.log': compose });
    const read = await log.read([0, 1, 2, 3]);
    assert.deepEqual(
      read.map((entry) => [entry.line, entry.endLine, entry.service, entry.level, entry.message]),
      [
        [1, 3, 'api', 'error', 'refused'],
        [4, 4, 'db', null, 'terminating connection abc-123-def-9 of trace_id=abc-123-def'],
        [5, 6, 'shop', 'error', 'refused'],
        [7, 7, 'db', null, 'shutting down'],
      ],
    );
    assert.deepEqual([...log.ids.entries(findId(log, 'abc-123-def'))], [0, 1]);
    assert.deepEqual(
      read.map((entry) => entry.timestamp === null),
      [false, true, false, true],
    );
  });

  it('keep all lines of a trace, however long', async () => {
    const entry = (second: number) => `2026-08-01 10:00:0${second}.000 ERROR 1 --- [main] c.e.Pool : refused\n`;
    const text = `${entry(1)}${'\tat a.b.C\n'.repeat(70_000)}${entry(2)}${'\tat a.b.C\n'.repeat(66_000)}`;
    const { log } = await openMemoryLog({ 'a.log': text }, { paths: ['/log/a.log'] });
    assert.deepEqual([log.entryAt(0, 70_000), log.entryAt(0, 70_002), log.entryAt(0, 136_002)], [0, 1, 1]);
    assert.deepEqual([log.row(0).endLine, log.row(1).endLine], [70_001, 136_002]);
  });

  it('of another stream, after a pause or with a level of their own begin an entry', async () => {
    const cri = (second: number, stream: string, text: string) => `${at(second)} ${stream} F ${text}\n`;
    const { log } = await openMemoryLog({
      'a.log': [
        cri(1, 'stdout', '2026-08-01 10:00:01,000 INFO [main] c.e.Pool - x'),
        cri(1, 'stdout', 'java.net.ConnectException: refused'),
        cri(2, 'stdout', '\tat c.e.Pool'),
        cri(2, 'stderr', 'panicking'),
        cri(3, 'stdout', '2026-08-01 10:00:03,000 INFO [main] c.e.Pool - y'),
        cri(5, 'stdout', 'Listening on 8080'),
        cri(6, 'stdout', '2026-08-01 10:00:06,000 INFO [main] c.e.Pool - z'),
        cri(6, 'stdout', 'ERROR: could not connect'),
        cri(6, 'stdout', '[warn] slow'),
        cri(6, 'stdout', 'Error messages follow'),
      ].join(''),
    });
    const read = await log.read(Array.from({ length: log.count }, (_, i) => i));
    assert.deepEqual(
      read.map((entry) => [entry.line, entry.endLine, entry.level, entry.message]),
      [
        [1, 3, 'info', 'x'],
        [4, 4, null, 'panicking'],
        [5, 5, 'info', 'y'],
        [6, 6, null, 'Listening on 8080'],
        [7, 7, 'info', 'z'],
        [8, 8, 'error', 'ERROR: could not connect'],
        [9, 9, 'warn', '[warn] slow'],
        [10, 10, null, 'Error messages follow'],
      ],
    );
  });

  it('on two lines are one entry, and go on below it', async () => {
    const { log } = await openMemoryLog({
      'a.log': [
        'Aug 01, 2026 10:00:00 AM com.example.Pool get',
        'SEVERE: refused',
        'java.net.ConnectException: refused',
        '\tat c.e.Pool',
        'Aug 01, 2026 10:00:01 AM com.example.Pool get',
        'INFO: up',
        '',
      ].join('\n'),
    });
    const read = await log.read([0, 1]);
    assert.deepEqual(
      read.map((entry) => [entry.line, entry.endLine, entry.level, entry.message]),
      [
        [1, 4, 'error', 'refused'],
        [5, 6, 'info', 'up'],
      ],
    );
  });

  it('of a crash are one entry, whatever the log is made of', async () => {
    const { log } = await openMemoryLog({
      'a.log': `${json({ time: at(1), level: 'info', msg: 'a' })}panic: boom\n\ngoroutine 1 [running]:\nmain.main()\n`,
    });
    const [, crash] = await log.read([0, 1]);
    assert.deepEqual([crash.line, crash.endLine, crash.level, crash.message], [2, 5, 'fatal', 'boom']);
  });

  it('take no level word for a container', async () => {
    const { log } = await openMemoryLog({ 'a.log': 'INFO | started\n' }, { paths: ['/log/a.log'] });
    assert.equal(log.count, 0);
  });

  it('keep an unindented stack trace with its entry in docker json-file lines', async () => {
    const line = (text: string) => json({ log: `${text}\n`, stream: 'stdout', time: at(1) });
    const { log } = await openMemoryLog({
      'a.log':
        line('10:00:01.000 ERROR c.e.Pool - x') + line('java.net.ConnectException: refused') + line('\tat c.e.Pool'),
    });
    assert.deepEqual([log.count, log.row(0).endLine], [1, 3]);
  });
});
