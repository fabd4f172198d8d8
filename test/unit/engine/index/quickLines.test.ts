/** What the kernel takes many lines at a time must come out as if the parser had read each. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holdsForLogs, indexLines as index } from './quickIndex.ts';

const two = (n: number) => String(n).padStart(2, '0');
const time = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: 58, max: 59 }),
      fc.nat(60),
      fc.constantFrom('', '.5', '.123', ',123456789'),
      fc.constantFrom('Z', '', '+02:00', ' UTC'),
    )
    .map(([minute, second, fraction, zone]) =>
      JSON.stringify(`2026-08-01T10:${two(minute)}:${two(second)}${fraction}${zone}`),
    ),
  fc.constantFrom(
    '1785578400123',
    '1785578400.25',
    '1.785578400e9',
    '"/Date(1785578400123)/"',
    '1785578400',
    '"10:00:01"',
    '"soon"',
    'null',
    '"2026-08-01T10:00:61Z"',
  ),
);
const level = fc.constantFrom('"INFO"', '"info"', '"ERROR"', '"odd"', '30', '""', 'null', '"in\\u0066o"');
const service = fc.constantFrom('"shop"', '"stock"', '"st\\u006fck"', '""', '7', `"${'s'.repeat(80)}"`);
const message = fc.oneof(
  fc.constantFrom(
    '"ready"',
    '"it\'s \\"open\\""',
    '"took 17 ms"',
    '"took 3 ms"',
    '"order_id=ab17"',
    '"é 5"',
    '""',
    '"x"',
    'null',
  ),
  fc.constantFrom(
    `"${'long '.repeat(60)}"`,
    '"GET \\"/a b\\" 7"',
    '"trace 4bf92f3577b34da6a3ce929d0e0e4736"',
    '"a--5 \'q 1\' "',
  ),
  fc.string({ maxLength: 12 }).map((text) => JSON.stringify(text)),
);
const id = fc.constantFrom(
  '"t-17"',
  '"T-17"',
  '"null"',
  '"a\\u002d1"',
  '12',
  '""',
  '"4bf92f3577b34da6a3ce929d0e0e4736"',
  '[1]',
  '[]',
  '["a-1700", "b-1800"]',
);
const took = fc.constantFrom('12', '0.1', '3.75', '1e3', '-4', '"12ms"', '123456789.123456789', 'null');
const record = fc
  .tuple(time, level, service, message, id, id, took, fc.nat(7), fc.constantFrom('', ' '))
  .map(([t, l, s, m, i, j, d, keys, blank]) => {
    const more = [
      keys & 1 ? `"trace_id":${i},"order_id":${j}` : '',
      keys & 2 ? `"took_ms":${d},"tags":[1, {"a":2}]` : '',
    ];
    const all = [`"time":${t}`, `"level":${l}`, keys & 4 ? `"service":${s}` : '', `"msg":${m}`, ...more].filter(
      Boolean,
    );
    return `{${all.join(`,${blank}`)}}`;
  });
const line = fc.oneof(
  { weight: 12, arbitrary: record },
  { weight: 1, arbitrary: fc.constantFrom('', '\tat x', '{"time":', 'plain') },
);
const log = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n', '\n', '\r\n', '\r')), { maxLength: 60 })
  .map((lines) => lines.flat().join(''));

describe('lines taken many at a time', () => {
  it('give the index that they give one by one', () => holdsForLogs(log, 200));

  it('are most of the lines of a log', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) =>
      JSON.stringify({
        time: new Date(1_785_578_400_000 + i * 20).toISOString(),
        level: i % 9 === 0 ? 'ERROR' : 'INFO',
        service: `s${i % 5}`,
        trace_id: `${i % 300}abc`,
        msg: `took ${i} ms`,
        took_ms: i,
      }),
    );
    const { parsed, segment } = await index(`${lines.join('\n')}\n`, true);
    assert.equal(segment.entries.time.length, 3000);
    assert.ok(parsed < 60, `${parsed} lines were parsed one by one`);
    assert.deepEqual(segment, (await index(`${lines.join('\n')}\n`, false)).segment);
  });
});
