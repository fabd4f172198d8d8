import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contentSource } from '../../../../src/engine/content/contentSource.ts';
import { builtinFormats } from '../../../../src/engine/formats/builtin.ts';
import { fingerprintBytes } from '../../../../src/engine/index/fingerprint.ts';
import { type OpenLog, openLog } from '../../../../src/engine/openLog.ts';
import { formatSet } from '../../../../src/engine/parse/profile.ts';
import { logContent } from '../logContent.ts';
import { memorySource } from '../memorySource.ts';
import { at, json } from './lines.ts';

/** Logs that are read again: one source, whose files change, and a count of what is read of them. */
function growing(files: Record<string, string>) {
  const memory = memorySource(files);
  let bytes = 0;
  const source = contentSource({
    ...memory,
    async open(path) {
      const file = await memory.open(path);
      return {
        ...file,
        async read(target, position) {
          const read = await file.read(target, position);
          bytes += read;
          return read;
        },
      };
    },
  });
  const open = (previous?: OpenLog, changed?: string[]) =>
    openLog(
      { root: '/log' },
      {
        source,
        formats: formatSet(builtinFormats()),
        progress: () => {},
        signal: new AbortController().signal,
        segmentBytes: 100_000,
      },
      previous,
      changed,
    );
  return {
    open,
    fresh: () => open(),
    /** Reads again, and how many bytes that took. */
    async again(previous: OpenLog, changed = Object.keys(files).map((name) => `/log/${name}`)) {
      bytes = 0;
      const log = await open(previous, changed);
      return { log, bytes };
    },
  };
}

const line = (n: number) =>
  [
    json({ time: at(n % 60), level: 'info', service: `s${n % 3}`, msg: `took ${n} ms`, trace_id: `t${n % 977}a` }),
    json({ time: at((n * 7) % 60), level: 'error', service: `s${n % 5}`, msg: 'refused', order_id: `o-${n}` }),
    `\tat com.example.Pool${n % 4}\n`,
    json({ time: at(n % 60), level: 'warn', service: 'db', msg: `slow ${'abcdefg'[n % 7]}`, trace_id: `T${n % 977}A` }),
  ][(n * 13) % 4];
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i)).join('');
const BEFORE = lines(0, 4000);

describe('a file that grew', () => {
  it('gives the log that reading it anew gives, wherever the old end was', async () => {
    const whole = `${BEFORE}${lines(4000, 7000)}`;
    const ends = fc.array(fc.integer({ min: 0, max: whole.length - BEFORE.length }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(ends, async (places) => {
        const files = { 'a.jsonl': BEFORE, 'b.jsonl': lines(0, 50) };
        const log = growing(files);
        let open = await log.fresh();
        for (const end of places.sort((a, b) => a - b)) {
          files['a.jsonl'] = whole.slice(0, BEFORE.length + end);
          open = (await log.again(open)).log;
        }
        assert.deepEqual(logContent(open.log), logContent((await log.fresh()).log));
      }),
      { numRuns: 15 },
    );
  });

  it('costs what was added, and a little more', async () => {
    const files = { 'a.jsonl': BEFORE };
    const log = growing(files);
    let open = await log.fresh();
    for (let step = 0; step < 5; step++) {
      const added = lines(5000 + step, 5001 + step);
      files['a.jsonl'] += added;
      const before = open.log.count;
      const { log: next, bytes } = await log.again(open);
      assert.ok(next.log.count > before || added.startsWith('\t'));
      const checked = 2 * fingerprintBytes(files['a.jsonl'].length);
      assert.ok(bytes <= added.length + checked + 0x18000, `${bytes} bytes were read`);
      open = next;
    }
    assert.ok(open.log.segmentsOf(0).length < 8, 'lines that are appended are no segments of their own');
  });

  it('gives that log where records of several kinds share the file', async () => {
    const keysOf = (n: number) =>
      ['user', 'order', 'took', 'host'].filter((_, i) => (Math.imul(n, 0x9e3779b1) >>> (28 - i)) & 1);
    const record = (n: number) => {
      const fields = {
        time: at(n % 60),
        level: 'info',
        msg: `m${n}`,
        ...Object.fromEntries(keysOf(n).map((key) => [key, n])),
      };
      return n % 3 === 0
        ? json(fields)
        : `${Object.entries(fields)
            .map(([key, value]) => `${key}=${value}`)
            .join(' ')}\n`;
    };
    const mixed = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => record(from + i)).join('');
    const files = { 'a.log': mixed(0, 2500) };
    const log = growing(files);
    let open = await log.fresh();
    for (const end of [2501, 4000, 4003]) {
      files['a.log'] = mixed(0, end);
      open = (await log.again(open)).log;
      assert.deepEqual(logContent(open.log), logContent((await log.fresh()).log));
    }
  });

  it('costs no byte where another one grew', async () => {
    const files = { 'a.jsonl': BEFORE, 'b.jsonl': lines(0, 10) };
    const log = growing(files);
    const open = await log.fresh();
    files['b.jsonl'] += line(10);
    const { log: next, bytes } = await log.again(open, ['/log/b.jsonl']);
    assert.ok(bytes < 20_000, `${bytes} bytes were read`);
    assert.deepEqual(logContent(next.log), logContent((await log.fresh()).log));
  });

  for (const [name, text] of [
    ['was cut off', BEFORE.slice(0, BEFORE.length / 2)],
    ['was cut off and written anew, longer', `${lines(9000, 9001)}${BEFORE}${lines(0, 100)}`],
    ['has another end, and more behind it', `${BEFORE.slice(0, -40)}${lines(70, 200)}`],
    ['has as many bytes, others', BEFORE.replaceAll('refused', 'revised')],
    ['is empty', ''],
  ] as const) {
    it(`is read anew where it ${name}`, async () => {
      const files: Record<string, string> = { 'a.jsonl': BEFORE };
      const log = growing(files);
      const open = await log.fresh();
      files['a.jsonl'] = text;
      const { log: next } = await log.again(open);
      assert.deepEqual(logContent(next.log), logContent((await log.fresh()).log));
      assert.notDeepEqual(logContent(next.log), logContent(open.log));
    });
  }

  it('is read anew where times hang on the lines before', async () => {
    const bare = (n: number) => `${String(23 - (n % 24)).padStart(2, '0')}:00:01.000 WARN c.e.Pool - goes back ${n}\n`;
    const files = { 'a.log': Array.from({ length: 9000 }, (_, n) => bare(n)).join('') };
    const log = growing(files);
    const open = await log.fresh();
    files['a.log'] += bare(9000);
    const { log: next } = await log.again(open);
    assert.deepEqual(logContent(next.log), logContent((await log.fresh()).log));
  });
});
