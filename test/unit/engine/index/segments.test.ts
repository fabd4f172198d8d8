import assert from 'node:assert/strict';
import fc from 'fast-check';
import { logContent } from '../logContent.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { at, json } from './lines.ts';

const docker = (text: string) => json({ log: text, stream: 'stdout', time: at(3) });

/** Lines of files of one kind each: entries, what goes on with them, and what is neither. */
const KINDS: Record<string, (n: number) => string> = {
  json: (n) =>
    [
      json({ time: at(n % 60), level: 'info', service: `s${n % 3}`, msg: `took ${n} ms`, trace_id: `t${n % 7}a` }),
      json({ time: at(n % 60), level: 'error', service: 'db', msg: 'refused', order_id: `o-${n % 5}`, took_ms: n }),
      '\tat com.example.Pool\n',
      '\r\n',
      '{"time":"2026\n',
    ][n % 5],
  text: (n) =>
    [
      `2026-08-01 10:00:${String(n % 60).padStart(2, '0')}.000 ERROR 1 --- [main] c.e.Pool : refused ${n}\r\n`,
      'java.net.ConnectException: refused\n',
      '\tat c.e.Pool\r',
      `2026-08-01 10:00:${String(n % 60).padStart(2, '0')}.000  INFO 1 --- [main] c.e.Pool : id=4bf92f3577b34da6a3ce929d0e0e47${n % 100}\n`,
    ][n % 4],
  mixed: (n) =>
    [
      json({ time: at(n % 60), level: 'info', service: `s${n % 3}`, msg: `took ${n} ms` }),
      `time=${at(n % 60)} level=info msg="hi ${n}" trace_id=${n % 7}abcdefabcdef01\n`,
      `time=${at(n % 60)} level=warn msg="hi ${n}"\n`,
    ][n % 3],
  bare: (n) => `${String(23 - (n % 24)).padStart(2, '0')}:00:01.000 WARN c.e.Pool - goes back ${n}\n`,
};

const file = fc
  .tuple(fc.constantFrom(...Object.keys(KINDS)), fc.array(fc.nat(60), { minLength: 3, maxLength: 60 }))
  .map(([kind, numbers]) => numbers.map(KINDS[kind]).join(''));

describe('segments', () => {
  it('give the same log wherever a file is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.stringMatching(/^[a-c]$/), file),
        fc.integer({ min: 200, max: 2000 }),
        async (files, segmentBytes) => {
          const named = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${name}.log`, text]));
          const paths = Object.keys(named).map((name) => `/log/${name}`);
          const whole = logContent((await openMemoryLog(named, { paths })).log);
          assert.deepEqual(logContent((await openMemoryLog(named, { paths }, { segmentBytes })).log), whole);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('take no rest of a record that a collector split for an entry', async () => {
    const whole = json({ time: at(1), level: 'info', msg: 'whole', trace_id: 't1a' });
    const split = `{"time":"${at(2)}","level":"warn","msg":"${'x'.repeat(1 << 14)}`;
    const pieces = [
      docker(whole),
      docker(whole),
      docker(split),
      docker(whole),
      docker(split),
      docker(' and the rest"}\n'),
    ];
    const text = Array.from({ length: 40 }, (_, n) => pieces[(n * 7) % pieces.length]).join('');
    const expected = logContent((await openMemoryLog({ 'a.log': text })).log);
    for (let segmentBytes = 16_000; segmentBytes < 50_000; segmentBytes += 1999) {
      assert.deepEqual(logContent((await openMemoryLog({ 'a.log': text }, {}, { segmentBytes })).log), expected);
    }
  });

  it('know which keys an entry has, in whatever way its fields are written', async () => {
    const text = Array.from({ length: 30 }, (_, n) => KINDS.mixed(n)).join('');
    const { log } = await openMemoryLog({ 'a.log': text });
    const keys = Array.from(log.layout, (layout) => log.layouts[layout].join(' '));
    const expected = ['time level service msg', 'time level msg trace_id', 'time level msg'];
    assert.deepEqual(
      keys,
      keys.map((_, n) => expected[n % 3]),
    );
  });

  it('are many where a file is cut small', async () => {
    const text = Array.from({ length: 200 }, (_, n) => KINDS.json(n)).join('');
    const { log } = await openMemoryLog({ 'a.log': text }, {}, { segmentBytes: 1000 });
    assert.ok(log.segmentsOf(0).length > 5);
  });
});
