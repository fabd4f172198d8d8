import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openMemoryLog } from '../openMemoryLog.ts';

const AT = '2026-08-01T10:00:00';
const MICROS = Date.parse(`${AT}Z`) * 1000;

async function read(lines: readonly (object | string)[]) {
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  // The file's name must not help: it would give a service.
  const { log } = await openMemoryLog({ '.log': text });
  const entries = await log.read(Uint32Array.from({ length: log.count }, (_, i) => i));
  return entries.map((entry, i) => ({ ...entry, durationMs: log.durationMs[i] }));
}

describe('records made of fields', () => {
  describe('levels are on the scale that their key, their siblings or their values tell', () => {
    const levels = async (key: string, values: unknown[], more: object = {}) =>
      (await read(values.map((value) => ({ time: `${AT}Z`, msg: 'x', [key]: value, ...more })))).map(
        ({ level }) => level,
      );
    const cases: [string, string, unknown[], (string | null)[], object?][] = [
      ['Bunyan', 'level', [10, 20, 30, 40, 50, 60], ['trace', 'debug', 'info', 'warn', 'error', 'fatal']],
      ['Pino with levels of its own', 'level', [30, 35, 50], ['info', 'info', 'error'], { pid: 1, hostname: 'h' }],
      ['syslog', 'level', [0, 2, 3, 4, 5, 6, 7], ['fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug']],
      ['syslog as text', 'priority', ['3', '6'], ['error', 'info']],
      ['OpenTelemetry', 'severityNumber', [1, 5, 9, 13, 17, 24], ['trace', 'debug', 'info', 'warn', 'error', 'fatal']],
      ['OpenTelemetry under another name', 'level', [9, 17, 13], ['info', 'error', 'warn']],
      ['Application Insights', 'severityLevel', [0, 1, 2, 3, 4], ['trace', 'info', 'warn', 'error', 'fatal']],
      ['Python', 'levelno', [10, 20, 25, 30, 40, 50], ['debug', 'info', 'info', 'warn', 'error', 'fatal']],
      ['Logback', 'level_value', [5000, 20000, 40000], ['trace', 'info', 'error']],
      ['Monolog', 'level', [100, 250, 400, 550], ['debug', 'info', 'error', 'fatal']],
      ['slog', 'level', ['DEBUG-2', 'INFO', 'ERROR+2'], ['debug', 'info', 'error']],
      ['coloured', 'level', ['\u001b[32minfo\u001b[39m', '\u001b[1;31mERROR\u001b[0m'], ['info', 'error']],
      ['none', 'level', [1731400000, 'loud', null], [null, null, null]],
    ];
    for (const [title, key, values, expected, more] of cases) {
      it(title, async () => assert.deepEqual(await levels(key, values, more), expected));
    }

    it('a word counts before a number, and a number where the word is none', async () => {
      const entries = await read([
        { time: `${AT}Z`, level_name: 'WARN', level: 6, msg: 'x' },
        { time: `${AT}Z`, severityText: 'custom', severityNumber: 17, msg: 'x' },
      ]);
      assert.deepEqual(
        entries.map(({ level }) => level),
        ['warn', 'error'],
      );
    });
  });

  describe('durations are in milliseconds', () => {
    const durations = async (lines: object[]) => (await read(lines)).map(({ durationMs }) => durationMs);
    const cases: [string, object[], number[]][] = [
      [
        'by unit in the key',
        [{ durMs: 3 }, { elapsed_us: 3 }, { duration_seconds: 3 }, { 'event.duration': 3e6 }],
        [3, 0.003, 3000, 3],
      ],
      [
        'by unit in the value',
        [{ latency: '30.0s' }, { took: '1.25ms' }, { elapsed: '00:00:02.5' }],
        [30_000, 1.25, 2500],
      ],
      ['the outer before the inner', [{ 'db.duration_ms': 1, duration_ms: 2 }], [2]],
      ['the last of a repeated key is the one', [{ duration_ms: 2 }], [2]],
      ['not of limits', [{ timeout_ms: 5, max_duration_ms: 6 }], [Number.NaN]],
    ];
    for (const [title, lines, expected] of cases) {
      it(title, async () => {
        const found = await durations(lines.map((line) => ({ time: `${AT}Z`, level: 'info', msg: 'x', ...line })));
        assert.deepEqual(found, expected.map(Math.fround));
      });
    }

    it('of slog, whole nanoseconds; of Zap, seconds', async () => {
      const slog = [1_532_000, 35_812_345].map((duration) => ({ time: `${AT}.5Z`, level: 'INFO', msg: 'x', duration }));
      assert.deepEqual(await durations(slog), [1.532, 35.812345].map(Math.fround));
      const zap = [0.00093, 1.25].map((duration) => ({
        level: 'info',
        ts: 1785578400.5,
        caller: 'a.go:1',
        msg: 'x',
        duration,
      }));
      assert.deepEqual(await durations(zap), [0.93, 1250].map(Math.fround));
      const pino = [12, 100_000].map((responseTime) => ({
        level: 30,
        time: 1785578400000,
        pid: 1,
        msg: 'x',
        responseTime,
      }));
      assert.deepEqual(await durations(pino), [12, 100_000]);
    });

    it('from begin to end, where a record tells both', async () => {
      const entries = [
        { '@t': `${AT}.750Z`, '@mt': 'x', SpanStartTimestamp: `${AT}.500Z` },
        { '@t': `${AT}.750Z`, '@mt': 'x', SpanStartTimestamp: `${AT}.900Z` },
      ];
      assert.deepEqual(await durations(entries), [250, Number.NaN]);
    });
  });

  it('each have the roles of their own logger, though many share a file', async () => {
    const entries = await read([
      { name: 'edge', hostname: 'h', pid: 1, level: 50, msg: 'a', time: `${AT}Z`, v: 0 },
      { level: 'info', time: `${AT}Z`, name: 'Bob', message: 'b' },
      { version: '1.1', short_message: 'c', timestamp: 1785578400.5, level: 4, _service: 'stock' },
      `ts=${AT}Z level=warn msg=d name=x service=pay`,
      { '@t': `${AT}Z`, '@mt': 'e {Name}', Name: 'Ann' },
    ]);
    assert.deepEqual(
      entries.map(({ level, service, message }) => [level, service, message]),
      [
        ['error', 'edge', 'a'],
        ['info', null, 'b'],
        ['warn', 'stock', 'c'],
        ['warn', 'pay', 'd'],
        ['info', null, 'e Ann'],
      ],
    );
  });

  it('keep all values of a repeated key, and count the last', async () => {
    const [entry] = await read([`{"time":"${AT}Z","level":"info","message":"a","message":"b","level":"error"}`]);
    assert.deepEqual([entry.level, entry.message], ['error', 'b']);
    assert.deepEqual(
      entry.fields.map(({ value }) => value),
      [`${AT}Z`, 'info', 'a', 'b', 'error'],
    );
  });

  it('take the next best key where the best holds nothing of use', async () => {
    const entries = await read([
      { timeUnixNano: '0', observedTimeUnixNano: '1785578400000000000', severityNumber: 9, body: { stringValue: 'x' } },
      {
        timestamp: 'soon',
        ts: 1785578400,
        level: 'loud',
        lvl: 'warn',
        service: '',
        app: 'stock',
        message: null,
        msg: 'y',
      },
    ]);
    assert.deepEqual(
      entries.map(({ timestamp, level, service, message }) => [timestamp, level, service, message]),
      [
        [MICROS, 'info', null, 'x'],
        [MICROS, 'warn', 'stock', 'y'],
      ],
    );
  });

  it('of pairs among text belong to the line above, unless their names say otherwise', async () => {
    const text = Array.from({ length: 9 }, (_, i) => `2026-08-01 10:00:0${i},123 INFO [main] c.e.Pool - reserve ${i}`);
    const entries = await read([
      ...text,
      'first=2026-08-01T09:00:00Z note="two words"',
      '  level=warn msg=inner',
      ...text,
    ]);
    assert.equal(entries.length, 18);
    assert.equal(entries[8].endLine, 11);
    assert.equal((await read([...text, `time=${AT}Z level=warn msg=own`])).length, 10);
  });

  it('are found by the last word of a key inside of another object', async () => {
    const lines = Array.from({ length: 9 }, (_, i) => ({
      agent: { version: '1' },
      data: { timestamp: `${AT}.${i}Z`, level: i % 3 ? 'info' : 'error', msg: `step ${i}`, traceId: `t${i}` },
      error: { message: 'not this one' },
    }));
    const entries = await read(lines);
    assert.deepEqual(
      [entries[3].level, entries[3].message, entries[3].timestamp],
      ['error', 'step 3', MICROS + 300_000],
    );
  });

  it('tell the time from other times by how it grows', async () => {
    const lines = Array.from({ length: 20 }, (_, i) => ({
      born: new Date(1e12 - ((i * 7919) % 13) * 1e9).toISOString(),
      wann: new Date(1785578400000 + i * 1000).toISOString(),
      stufe: 'INFO',
      satz: `Schritt ${i} ist getan`,
    }));
    const entries = await read(lines);
    assert.equal(entries[3].timestamp, MICROS + 3_000_000);
  });

  it('take no key named like an id for one whose values are prose', async () => {
    const entries = await read([
      { time: `${AT}Z`, level: 'error', msg: 'a', trace: 'Error: a at main.js line 3' },
      { time: `${AT}Z`, level: 'error', msg: 'a', trace: 'Error: b at main.js line 4' },
    ]);
    assert.deepEqual(
      entries.map(({ ids }) => ids),
      [[], []],
    );
  });

  it('of any keys and values are read without a throw, and hold what was written', async () => {
    const key = fc.oneof(
      fc.constantFrom(
        'time',
        '@t',
        '@mt',
        'level',
        'msg',
        'message',
        'MESSAGE',
        '__REALTIME_TIMESTAMP',
        'duration',
        'dd.trace_id',
        'trace_id',
        'instant',
        'timeUnixNano',
        'start_time',
        '__proto__',
        'service',
      ),
      fc.string(),
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('{x}', '{@level} {{', 'info', 30, 1785578400, '1h', '11803532876627986230', -1, 1e300),
      fc.array(fc.nat(300)),
    );
    const record = fc.array(fc.tuple(key, value), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 6 }), async (records) => {
        const lines = records.map(
          (pairs) => `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`,
        );
        for (const entry of await read(['{"time":"2026-08-01T10:00:00Z","msg":"x"}', ...lines])) {
          assert.ok(entry.timestamp === null || Number.isSafeInteger(Math.round(entry.timestamp)));
          assert.ok(!(entry.durationMs < 0));
        }
      }),
      { numRuns: 300 },
    );
  });
});
