/** Lines of logfmt that the kernel takes many at a time must come out as if the parser had read each. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FieldList } from '../../../../src/engine/parse/fieldList.ts';
import { LogfmtScanner } from '../../../../src/engine/parse/logfmtScanner.ts';
import { holdsForLogs, indexLines as index } from './quickIndex.ts';

const two = (n: number) => String(n).padStart(2, '0');
const time = fc.oneof(
  { weight: 6, arbitrary: fc.nat(60).map((second) => `2026-08-01T10:58:${two(second)}.123Z`) },
  fc.constantFrom('1785578400123', '1785578400.25', '"2026-08-01 10:58:01"', '10:00:01', 'soon', ''),
);
const level = fc.constantFrom('info', 'WARN', '"error"', 'odd', '30', 'true', "'info'", '');
const service = fc.constantFrom('shop', 'stock', '"shop"', '"st\\"ck"', "'shop'", '7', '');
const message = fc.oneof(
  fc.constantFrom('ready', '"took 17 ms"', '"took 3 ms"', '"say \\"hi\\""', '"order_id=ab17 is late"', '"a\tb"', '""'),
  fc.constantFrom("'it is late'", "it's", 'null', '"cut off', '"trace 4bf92f3577b34da6a3ce929d0e0e4736"', 'a"b"'),
  fc.string({ maxLength: 8 }).map((text) => JSON.stringify(text)),
);
const id = fc.constantFrom('t-17', 'T-17', 'null', '"a 1"', '12', '', '-', '4bf92f3577b34da6a3ce929d0e0e4736');
const took = fc.constantFrom('12', '0.1', '3.75', '1e3', '-4', '12ms', '1.5s', 'null', '');
const record = fc
  .tuple(time, level, service, message, id, took, fc.nat(7), fc.constantFrom('', ' ', ' done', ' x=1'))
  .map(([t, l, s, m, i, d, keys, end]) =>
    [
      `time=${t} level=${l}`,
      keys & 1 ? `service=${s}` : '',
      `msg=${m}`,
      keys & 2 ? `trace_id=${i}` : '',
      keys & 4 ? `took_ms=${d} url=http://a/?b=c` : '',
    ]
      .filter(Boolean)
      .join(' ')
      .concat(end),
  );
const text = fc
  .nat(59)
  .map((second) => `2026-08-01T10:58:${two(second)}.123Z  INFO 1 --- [shop] [main] c.s.Handler : ready ${second}`);
const other = fc.constantFrom(
  '',
  '\tat x',
  'plain',
  '{"time":"2026-08-01T10:58:01Z","level":"info","msg":"x"}',
  ' a=1',
);
const log = (of: fc.Arbitrary<string>) =>
  fc
    .array(fc.tuple(of, fc.constantFrom('\n', '\n', '\n', '\r\n', '\r')), { maxLength: 40 })
    .map((lines) => lines.flat().join(''));

/** The fields as numbers; null where the line is none of logfmt. */
function listed(scanner: LogfmtScanner, line: string) {
  const bytes = new TextEncoder().encode(line);
  if (!scanner.scan(bytes, 0, bytes.length)) return null;
  const list: FieldList = scanner;
  return Array.from({ length: list.count }, (_, i) => [
    scanner.keys.names[list.key[i]],
    list.start[i],
    list.end[i],
    list.type[i],
    list.escaped[i],
  ]);
}

describe('lines of logfmt taken many at a time', () => {
  it('give the index that they give one by one', () =>
    holdsForLogs(log(fc.oneof({ weight: 12, arbitrary: record }, other)), 150));

  it('give it among text as well', () =>
    holdsForLogs(log(fc.oneof({ weight: 5, arbitrary: record }, { weight: 5, arbitrary: text }, other)), 150));

  it('are listed by what was learned as they are by themselves', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(record, text, other), { maxLength: 30 }), (lines) => {
        const scanner = new LogfmtScanner();
        for (const line of [...lines, ...lines])
          assert.deepEqual(listed(scanner, line), listed(new LogfmtScanner(), line), line);
      }),
      { numRuns: 300 },
    );
  });

  it('are most of the lines of a log', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => {
      const time = new Date(1_785_578_400_000 + i * 20).toISOString();
      const agent = i % 3 === 0 ? '"a \\"b\\" c"' : 'curl';
      return `time=${time} level=${i % 9 === 0 ? 'error' : 'info'} service=s${i % 5} trace_id=${i % 300}abc msg="took ${i} ms" agent=${agent} took_ms=${i}`;
    });
    const { parsed, segment } = await index(`${lines.join('\n')}\n`, true);
    assert.equal(segment.entries.time.length, 3000);
    assert.ok(parsed < 60, `${parsed} lines were parsed one by one`);
    assert.deepEqual(segment, (await index(`${lines.join('\n')}\n`, false)).segment);
  });
});
