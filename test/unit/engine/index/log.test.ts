import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { findId, occurrence, searchIds, summarise } from '../../../../src/engine/correlation/lookup.ts';
import { timeOrder } from '../../../../src/engine/index/order.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

const SAMPLE = 'samples/primomart';
const sampleFiles = () =>
  Object.fromEntries(
    readdirSync(SAMPLE)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => [name, readFileSync(`${SAMPLE}/${name}`, 'utf8')]),
  );

const json = (fields: object) => `${JSON.stringify(fields)}\n`;
const at = (second: number) => `2026-08-01T10:00:${String(second).padStart(2, '0')}.000Z`;

describe('index of the PrimoMart sample', () => {
  it('holds 72 entries of 5 services, nothing unrecognised', async () => {
    const { log, summary } = await openMemoryLog(sampleFiles());
    assert.equal(summary.entries, 72);
    assert.equal(summary.services, 5);
    assert.equal(summary.unrecognisedLines, 0);
    assert.deepEqual(
      log.files.map((file) => file.entries),
      [10, 8, 18, 22, 14],
    );
  });

  for (const [id, entries, files] of [
    ['3d4e5f6a7b8c', 14, 4],
    ['1a2b3c4d5e6f', 12, 4],
    ['2c3d4e5f6a7b', 12, 4],
    ['order_65432', 9, 3],
    ['efghi5678901', 2, 1],
  ] as const) {
    it(`${id} has ${entries} entries in ${files} files, in order of time`, async () => {
      const { log, reader } = await openMemoryLog(sampleFiles());
      const summary = summarise(log, findId(log, id));
      assert.deepEqual([summary.entries, summary.files], [entries, files]);
      const read = await reader.readLines(log.ids.entries(findId(log, id)));
      const found = read.map((entry) => occurrence(entry, id));
      for (const [i, one] of found.entries()) {
        assert.ok(i === 0 || (one.timestamp ?? 0) >= (found[i - 1].timestamp ?? 0));
        const [{ line, start, end }] = one.ranges;
        assert.equal(line, one.line);
        assert.equal(
          sampleFiles()
            [one.file].split('\n')
            [line - 1].slice(start - 1, end - 1),
          id,
        );
      }
    });
  }

  it('keeps both values of a repeated key and shows the last', async () => {
    const { log } = await openMemoryLog(sampleFiles());
    const [entry] = await log.read([log.entryAt(1, 6)]);
    assert.deepEqual(
      entry.fields.filter((field) => field.key === 'message').map((field) => field.value),
      ['Connection count critical', 'Approaching connection limit'],
    );
    assert.equal(entry.message, 'Approaching connection limit');
  });

  it('is the same whatever the order in which files are listed', async () => {
    const forward = await openMemoryLog(sampleFiles());
    const backward = await openMemoryLog(Object.fromEntries(Object.entries(sampleFiles()).reverse()));
    assert.deepEqual(backward.log.order, forward.log.order);
    assert.deepEqual(backward.log.trace, forward.log.trace);
    assert.deepEqual(backward.log.services, forward.log.services);
  });

  it('offers failing traces of many services first', async () => {
    const { log } = await openMemoryLog(sampleFiles());
    assert.deepEqual(
      searchIds(log, '', 3).map((found) => found.id),
      ['3d4e5f6a7b8c', '2c3d4e5f6a7b', 'efghi5678901'],
    );
    assert.equal(searchIds(log, 'order_654', 5)[0].id, 'order_65432');
  });
});

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
        // UTF-16 has lines of its own and is refused as a whole.
        fc.pre(!(text[0] === 0xff && text[1] === 0xfe) && !(text[0] === 0xfe && text[1] === 0xff));
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

  it('keep an unindented stack trace with its entry in docker json-file lines', async () => {
    const line = (text: string) => json({ log: `${text}\n`, stream: 'stdout', time: at(1) });
    const { log } = await openMemoryLog({
      'a.log':
        line('10:00:01.000 ERROR c.e.Pool - x') + line('java.net.ConnectException: refused') + line('\tat c.e.Pool'),
    });
    assert.deepEqual([log.count, log.row(0).endLine], [1, 3]);
  });
});

describe('files of a folder', () => {
  const entry = json({ time: at(1), level: 'info', service: 'a', msg: 'a' });
  it('takes logs, skips the rest with a reason, survives what cannot be read', async () => {
    const { log, summary } = await openMemoryLog({
      'a.jsonl': entry,
      'empty.log': '',
      'notes.txt': 'Some prose.\nMore of it.\n',
      'package.json': '{\n  "name": "x"\n}\n',
      'picture.png': 'x',
      'secret.log': () => {
        throw new Error('no permission to read it');
      },
    });
    assert.deepEqual(
      log.files.map((file) => file.path),
      ['a.jsonl', 'empty.log'],
    );
    assert.deepEqual(
      summary.skipped.map((file) => file.path),
      ['notes.txt', 'package.json', 'secret.log'],
    );
    assert.equal(summary.skipped[2].reason, 'no permission to read it');
  });

  it('reads a file named outright whatever is in it', async () => {
    const { log } = await openMemoryLog({ 'notes.txt': 'Some prose.\n' }, { paths: ['/log/notes.txt'] });
    assert.equal(log.files[0].unrecognisedLines, 1);
  });

  it('gives back entries without text when their file is gone', async () => {
    const files: Record<string, string> = { 'a.jsonl': entry };
    const { log } = await openMemoryLog(files);
    delete files['a.jsonl'];
    const [read] = await log.read([0]);
    assert.deepEqual([read.level, read.message], ['info', '']);
  });

  it('honours include and exclude', async () => {
    const files = { 'x/a.jsonl': entry, 'x/b.jsonl': entry, 'c.data': entry };
    const paths = async (request: object) => (await openMemoryLog(files, request)).log.files.map((file) => file.path);
    assert.deepEqual(await paths({ exclude: ['x/a*'] }), ['x/b.jsonl']);
    assert.deepEqual(await paths({ include: ['**/*.data'] }), ['c.data']);
  });
});

describe('times', () => {
  it('takes whole hours between a record and its envelope as a zone', async () => {
    const line = (inner: string, outer: string) =>
      json({ log: `${inner} INFO  c.e.Pool - x\n`, stream: 'stdout', time: outer });
    const { log } = await openMemoryLog({
      'a.log':
        line('18:00:00.120', '2026-08-01T10:00:00.123456789Z') + line('00:00:01.000', '2026-08-01T16:00:01.001Z'),
    });
    assert.deepEqual(
      [...log.time],
      [Date.parse('2026-08-01T10:00:00.120Z') * 1000, Date.parse('2026-08-01T16:00:01Z') * 1000],
    );
    assert.equal(log.files[0].assumed.zone, '+08:00');
  });

  it('assumes UTC, or the zone asked for, and says so', async () => {
    const files = { 'a.log': '2026-08-01 10:00:00,000 INFO [main] c.e.Pool - x\n' };
    const utc = await openMemoryLog(files);
    const berlin = await openMemoryLog(files, { zone: 'Europe/Berlin' });
    assert.equal(utc.log.time[0] - berlin.log.time[0], 2 * 3600e6);
    assert.deepEqual([utc.log.files[0].assumed.zone, berlin.log.files[0].assumed.zone], ['UTC', 'Europe/Berlin']);
  });

  it('goes one day forward at midnight', async () => {
    const line = (time: string) => `${time} INFO [main] c.e.Pool - x\n`;
    const { log } = await openMemoryLog({
      'app-2026-08-01.log': line('23:59:59.000') + line('00:00:01.000') + line('00:00:00.500'),
    });
    assert.equal(log.time[1] - log.time[0], 2e6);
    assert.equal(log.time[1] - log.time[2], 0.5e6);
    assert.equal(new Date(log.time[0] / 1000).toISOString(), '2026-08-01T23:59:59.000Z');
  });

  it('orders entries of shuffled files by time, then file, then line', () => {
    const time = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(fc.array(time, { maxLength: 8 }), { maxLength: 5 }), (files) => {
        const flat = files.flat();
        const first = [0];
        for (const file of files) first.push((first.at(-1) ?? 0) + file.length);
        const effective: number[] = [];
        for (const file of files) {
          let last = Number.NEGATIVE_INFINITY;
          for (const t of file) {
            last = Number.isNaN(t) ? last : t;
            effective.push(last);
          }
        }
        const expected = flat
          .map((_, i) => i)
          .sort((a, b) => (effective[a] === effective[b] ? a - b : effective[a] < effective[b] ? -1 : 1));
        assert.deepEqual([...timeOrder(Float64Array.from(flat), first)], expected);
      }),
    );
  });
});

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

  it('joins the pieces of a record that docker split', async () => {
    const inner = JSON.stringify({ time: at(7), level: 'error', trace_id: 'k-1', msg: 'long' });
    const piece = (log: string) => json({ log, stream: 'stdout', time: '2026-08-01T10:00:07.1Z' });
    const { log } = await openMemoryLog({
      'a.log': piece(inner.slice(0, 30)) + piece(`${inner.slice(30)}\n`) + piece(`${inner}\n`),
    });
    assert.equal(log.count, 2);
    const [entry] = await log.read([0]);
    assert.deepEqual([entry.line, entry.endLine, entry.message, entry.ids[0].value], [1, 2, 'long', 'k-1']);
  });
});
