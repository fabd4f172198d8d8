/** Lines of text that the kernel takes many at a time must come out as if the parser had read each. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { builtinFormats } from '../../../../src/engine/formats/builtin.ts';
import { inferProfile } from '../../../../src/engine/parse/profile.ts';
import { formats, holdsForLogs, indexLines as index } from './quickIndex.ts';

const two = (n: number) => String(n).padStart(2, '0');
const time = fc.oneof(
  { weight: 8, arbitrary: fc.nat(60).map((second) => `2026-08-01T10:58:${two(second)}.123Z`) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.integer({ min: 58, max: 59 }),
        fc.nat(61),
        fc.constantFrom('', '.5', ',123', '.12x'),
        fc.constantFrom('Z', '', '+02:00', ' UTC', ' CEST', ' UTC+2', ':123', '-0100', '+02'),
        fc.constantFrom('T', ' '),
      )
      .map(([minute, second, fraction, zone, t]) => `2026-08-01${t}10:${two(minute)}:${two(second)}${fraction}${zone}`),
  },
  fc.constantFrom('10:00:01', 'Aug  1 10:00:01', '1785578400', '[2026-08-01 10:00:00]', 'soon'),
);
const level = fc.constantFrom('INFO', 'WARN', 'ERROR', 'DEBUG', 'ODDS', 'info', '[main]', ' INFO');
const service = fc.constantFrom('shop', 'stock', 'a.b-c', 's'.repeat(80), '7x', '');
const hex = fc.constantFrom(
  '803b448a0489f84084905d3093480352-3425f23bb2432450',
  '803B448A0489F84084905D3093480352-3425f23bb2432450',
  '00000000000000000000000000000000-0000000000000000',
  '803b448a0489f84084905d3093480352-short',
  ' ',
  '',
);
const message = fc.oneof(
  fc.constantFrom(
    'ready',
    'took 17 ms',
    'took 3 ms',
    'order_id=ab17 user_id=user_14',
    'order_id="ab 17" paid=12345',
    "it's 'x id: 12345'",
    'trace 4bf92f3577b34da6a3ce929d0e0e4736',
    'dd.trace_id=1234567890123456789',
    'dd.trace_id=4bf92f3577b34da6a3ce929d0e0e4736 order_id=77777',
  ),
  fc.constantFrom(
    'Root=1-5759e988-bd862e3fe1be46a994272793',
    'done {"order_id":"o-1234"}',
    'done [{"order_id":"o-1234"}]',
    '"order_id":"o-1234"}',
    'pool={"active": 3, "used":[1,{"a":2}],"on":true}',
    'pool={"active": "3\\n", "order_id" : 77777}. order_id=ab19',
    'pool={"active":{"order_id":"a-99999"}}',
    'pool={"activ\\u0065":1,"a.b":2}',
    'items=[{"product_id":"p-17"},{"product_id":"p-18"}]',
    'items=[{"product_id":"p-17","n":""}]',
    'items={"product_id":"p-17","n":01}',
    'id=12345',
    '4bf92f3577b34da6a3ce929d0e0e4736 id 5',
    '',
    ' ',
    'é 5',
    "a--5 'q 1' \"",
    'x: y [z]',
    `${'order_id=ab17 '.repeat(20)}`,
  ),
  fc.string({ maxLength: 20 }),
);
const line = fc.tuple(time, level, service, hex, message, fc.nat(9)).map(([t, l, s, h, m, layout]) => {
  if (layout < 3) return `${t}  ${l} 1 --- [${s}] [main] [${h}] c.e.Pool : ${m}`;
  if (layout < 5) return `${t}  ${l} 1 --- [main] c.e.Pool : ${m}`;
  if (layout < 7) return `${t} [main] ${l} c.e.Pool - ${m}`;
  if (layout < 8) return `${t} ${l} [${s},${h.split('-')[0]},${h.split('-')[1] ?? ''}] c.e.Pool: ${m}`;
  return layout < 9 ? `${t} ${l} ${m}` : `${l}:${s}:${m}`;
});
const odd = fc.constantFrom(
  '',
  '\tat x',
  '  ',
  'plain',
  'Caused by: x 12345',
  'time=2026-08-01T10:58:00Z level=info msg=x',
  '{"time":"2026-08-01T10:58:00Z","msg":"x"}',
  '\u00002026-08-01T10:58:00.123Z  INFO 1 --- [main] c.e.Pool : x',
  '\u001b[32m2026-08-01T10:58:00.123Z\u001b[0m  INFO 1 --- [main] c.e.Pool : x',
);
const lines = fc.oneof({ weight: 12, arbitrary: line }, { weight: 1, arbitrary: odd });
const log = fc
  .array(fc.tuple(lines, fc.constantFrom('\n', '\n', '\n', '\n', '\r\n', '\r')), { maxLength: 60 })
  .map((all) => all.flat().join(''));

const spring = (i: number) =>
  `${new Date(1_785_578_400_000 + i * 20).toISOString()}  ${i % 9 === 0 ? 'WARN' : 'INFO'} 1 --- [s${i % 5}] [main] ` +
  `[${(i % 300).toString(16).padStart(32, '7')}-${i.toString(16).padStart(16, '8')}] c.e.Pool : took ${i} ms order_id=o${i}`;

describe('lines of text taken many at a time', () => {
  it('give the index that they give one by one', () => holdsForLogs(log, 400));

  it('are most of the lines of a log', async () => {
    const text = `${Array.from({ length: 3000 }, (_, i) => spring(i)).join('\n')}\n`;
    const { parsed, segment } = await index(text, true);
    assert.equal(segment.entries.time.length, 3000);
    assert.ok(parsed < 60, `${parsed} lines were parsed one by one`);
    assert.deepEqual(segment, (await index(text, false)).segment);
  });

  for (const format of builtinFormats().filter(({ kind }) => kind === 'pattern')) {
    it(`give the same for the samples of ${format.name}`, async () => {
      const samples = format.samples ?? [];
      const text = `${[...samples, ...samples, ...samples].map((sample) => sample.line).join('\n')}\n`.repeat(4);
      assert.ok(inferProfile(new TextEncoder().encode(text), formats));
      assert.deepEqual((await index(text, true)).segment, (await index(text, false)).segment);
    });
  }
});
