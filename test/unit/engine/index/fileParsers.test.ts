/** A parser that read other lines before must read the next segment as a new one would. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FileParsers } from '../../../../src/engine/index/fileParser.ts';
import { SegmentIndexer } from '../../../../src/engine/index/segmentIndexer.ts';
import { readLines } from '../../../../src/engine/parse/lines.ts';
import { inferProfile } from '../../../../src/engine/parse/profile.ts';
import { at, json } from './lines.ts';
import { byteFile, formats } from './quickIndex.ts';

const line = fc.oneof(
  fc
    .record({
      second: fc.nat(59),
      level: fc.constantFrom('info', 'warn', 'odd'),
      service: fc.constantFrom('a', 'b', 'c'),
      id: fc.constantFrom('ab12', 'AB12', 'cd34'),
      message: fc.constantFrom('took 3 ms', 'ready', 'id=ef56', 'order_id=77a1 is late'),
      keys: fc.nat(3),
    })
    .map(({ second, level, service, id, message, keys }) =>
      json({
        time: at(second),
        level,
        ...(keys & 1 && { service }),
        msg: message,
        ...(keys & 2 && { trace_id: id, took_ms: second }),
      }),
    ),
  fc.constantFrom(
    '\n',
    '\tat c.e.Pool\n',
    '{"time":"2026\n',
    '10:00:01.000 WARN c.e.Pool - bare\n',
    '2026-08-01 10:00:05.000  INFO 1 --- [main] c.e.Pool : id=4bf92f3577b34da6a3ce929d0e0e4736\n',
    `time=${at(7)} level=info msg="hi 3" trace_id=7abcdefabcdef01\n`,
  ),
);
const text = fc.array(line, { minLength: 1, maxLength: 40 }).map((lines) => lines.join(''));

describe('a parser that is lent again', () => {
  it('gives the index that a new one gives', async () => {
    const head = new TextEncoder().encode(
      [json({ time: at(1), level: 'info', service: 'a', msg: 'ready' }), `time=${at(7)} level=info msg=hi\n`].join(''),
    );
    const profile = inferProfile(head, formats);
    const rules = { formats, options: { zone: '+02:00', year: null } };
    const indexed = async (parsers: FileParsers, path: string, log: string) => {
      const bytes = new TextEncoder().encode(log);
      const parser = parsers.borrow(path, profile);
      const indexer = new SegmentIndexer(path, parser, 0, bytes.length);
      await readLines(byteFile(bytes), indexer);
      const segment = indexer.finish(bytes.length);
      parsers.giveBack(parser, profile);
      return segment;
    };
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), text, async (before, log) => {
        const parsers = new FileParsers(rules);
        for (const [i, other] of before.entries()) await indexed(parsers, `2026-08-0${i + 1}.log`, other);
        const expected = await indexed(new FileParsers(rules), 'one.log', log);
        assert.deepEqual(await indexed(parsers, 'one.log', log), expected);
      }),
      { numRuns: 200 },
    );
  });

  it('is lent to one at a time', () => {
    const profile = inferProfile(new TextEncoder().encode(json({ time: at(1), msg: 'ready' })), formats);
    const parsers = new FileParsers({ formats, options: { zone: 'UTC', year: null } });
    const first = parsers.borrow('a.log', profile);
    assert.notEqual(parsers.borrow('a.log', profile), first);
    parsers.giveBack(first, profile);
    assert.equal(parsers.borrow('b.log', profile), first);
  });
});
