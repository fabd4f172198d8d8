import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Cut, JsonCutter } from '../../../../src/engine/content/records/cutter.ts';
import { type DocumentKind, recordLines, sniffDocument } from '../../../../src/engine/content/records/documents.ts';
import { schemaOf } from '../../../../src/engine/content/records/expand.ts';
import { parseJson } from '../../../../src/engine/content/records/json.ts';
import { parsePrefix } from '../../../../src/engine/content/records/prefix.ts';
import type { Json } from '../../../../src/model.ts';

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesOf(bytes: Uint8Array, kind: DocumentKind, size: number): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of recordLines(pieces(bytes, size), kind, () => {})) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** What the cutter hands out, in words. */
function cut(text: string, options: { linewise: boolean; largest?: number }): string[] {
  const found: string[] = [];
  const decode = (bytes: Uint8Array) => Buffer.from(bytes).toString();
  const cutter = new JsonCutter(options);
  const note = ({ kind, bytes, around }: Cut) => {
    if (kind !== 'value') found.push(`${kind} ${decode(bytes)}`);
    else found.push(around === null ? decode(bytes) : JSON.stringify(around(JSON.parse(decode(bytes)) as Json)));
  };
  for (const one of cutter.push(Buffer.from(text))) note(one);
  for (const one of cutter.end()) note(one);
  return found;
}

describe('cutting JSON', () => {
  it('finds the values of a sequence, of lists in lists, and text between', () => {
    assert.deepEqual(cut('{"a":"}\\""} [{"b":1},[{"c":[]}], 7,"x"]\nwords, words\n{"d":{}}', { linewise: false }), [
      '{"a":"}\\""}',
      '{"b":1}',
      '{"c":[]}',
      '7',
      '"x"',
      'line words, words',
      '{"d":{}}',
    ]);
  });

  it('goes into what is too large, and gives its parts with what is around them', () => {
    const document = {
      took: 3,
      hits: {
        total: { n: 2 },
        hits: [
          { id: 'one', x: 1 },
          { id: 'two', x: 2 },
        ],
      },
    };
    assert.deepEqual(cut(JSON.stringify(document), { linewise: false, largest: 20 }), [
      '{"took":3,"hits":{"total":{"n":2},"hits":[{"id":"one","x":1}]}}',
      '{"took":3,"hits":{"total":{"n":2},"hits":[{"id":"two","x":2}]}}',
    ]);
  });

  it('has an end to brackets in brackets, and loses none', () => {
    for (const text of ['['.repeat(5000), '{"a":'.repeat(5000), `{"a":1,"b":${'['.repeat(5000)}`]) {
      for (const linewise of [true, false]) {
        const parts = cut(text, { linewise }).map((part) => part.replace(/^(?:line|broken) /, ''));
        // Lists that are entered leave no trace.
        assert.ok(parts.join('').replaceAll('[', '') === text.replaceAll('[', ''), text.slice(0, 20));
      }
    }
    const deep = `{"list":${'[['.repeat(90)}{"x":1}`;
    assert.deepEqual(cut(deep, { linewise: false, largest: 8 }).at(-1), '{"x":1}');
  });

  it('puts parts of one object and of its members into the members met before them', () => {
    const text = '{"a":1,"list":[{"x":1},{"x":2}],"b":2,"more":{"c":3,"list":[{"x":3}]},"list":[{"x":4}]}';
    assert.deepEqual(cut(text, { linewise: false, largest: 8 }), [
      '{"a":1,"list":[{"x":1}]}',
      '{"a":1,"list":[{"x":2}]}',
      '{"a":1,"b":2,"more":{"c":3,"list":[{"x":3}]}}',
      '{"a":1,"b":2,"list":[{"x":4}]}',
    ]);
    const members = Array.from({ length: 3000 }, (_, n) => `"k${n}":${n}`).join();
    const [part] = cut(`{${members},"list":[{"x":1}]}`, { linewise: false, largest: 8 });
    const { list, ...kept } = JSON.parse(part) as Record<string, unknown>;
    assert.deepEqual([list, Object.keys(kept).length], [[{ x: 1 }], 1000]);
  });

  it('reads on behind a value that breaks off', () => {
    assert.deepEqual(cut('{"a":"x\n{"b":1}', { linewise: false }), ['broken {"a":"x', '{"b":1}']);
    assert.deepEqual(cut('{"a":\n{"b":1}\n', { linewise: true }), ['line {"a":', 'line {"b":1}']);
  });

  it('gives the same for any pieces', async () => {
    const value = fc.object({ key: fc.constantFrom('data', 'result', 'spans', 'traceID', 'x', '"\\'), maxDepth: 4 });
    const part = fc.oneof(
      value.map((v) => JSON.stringify(v)),
      value.map((v) => JSON.stringify(v, null, 2)),
      fc.constantFrom('\n', '\r\n', ' ', ',', '[', ']', '{', '}', '"', ':', 'text', '\ufeff'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), fc.boolean(), fc.nat(9), async (parts, linewise, size) => {
        const bytes = Buffer.from(parts.join(''));
        const whole = await linesOf(bytes, { linewise }, bytes.length + 1);
        assert.equal(await linesOf(bytes, { linewise }, size + 1), whole);
      }),
      { numRuns: 300 },
    );
  });

  it('loses no value of a list, whatever the size at which it goes in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue())),
        fc.nat(200),
        (list, largest) => {
          const text = JSON.stringify({ meta: 1, list });
          const parts = cut(text, { linewise: false, largest: largest + 30 });
          if (text.length <= largest + 30)
            assert.deepEqual(
              parts.map((one) => JSON.parse(one)),
              [JSON.parse(text)],
            );
          else for (const one of parts) assert.ok(!one.startsWith('broken') && !one.startsWith('line'), one);
        },
      ),
    );
  });
});

describe('the beginning of JSON', () => {
  it('is understood as far as it goes', () => {
    const cases: [string, unknown, string][] = [
      ['{"a":1,"b":"x', { a: 1 }, '"b":"x'],
      ['{"a":[1,2,{"b":3},{"c"', { a: [1, 2, { b: 3 }, {}] }, '"c"'],
      ['[', [], ''],
      ['{"a":1]', {}, '"a":1]'],
      ['{"a":{}}', { a: {} }, ''],
    ];
    for (const [text, value, rest] of cases) assert.deepEqual(parsePrefix(text), { value, rest }, text);
    for (const text of ['', 'x', '{a:1,']) assert.equal(parsePrefix(text), null, text);
  });

  it('is not looked at where it is nested deeper than any record', async () => {
    for (const open of ['[', '{"log":', '[{"message":']) {
      assert.equal(parsePrefix(open.repeat(500)) === null, false, open);
      const deep = open.repeat(1001);
      assert.equal(parsePrefix(deep), null, open);
      assert.equal(sniffDocument(Buffer.from(deep)), null, open);
    }
    const nested = (depth: number) => `${'{"log":'.repeat(depth)}1${'}'.repeat(depth)}`;
    assert.deepEqual([typeof parseJson(nested(1000)), parseJson(nested(1001))], ['object', undefined]);
    const strings = JSON.stringify([{ message: '[{'.repeat(2000) }]);
    assert.deepEqual(parseJson(strings), JSON.parse(strings));
    const text = `[${nested(5000)}\n,{"message":"x"}]`;
    assert.equal(
      (await linesOf(Buffer.from(text), { linewise: false }, 100)).slice(-40).split('\n').at(-3),
      '{"message":"x"}',
    );
  });
});

describe('documents that repeat what is around their records', () => {
  const long = 'x'.repeat(100_000);
  const many = <T>(item: T) => Array.from({ length: 500 }, () => item);
  const documents: Record<string, unknown> = {
    otlp: {
      resourceLogs: [
        {
          resource: { attributes: [{ key: 'long', value: { stringValue: long } }] },
          scopeLogs: [{ logRecords: many({ body: { stringValue: 'm' } }) }],
        },
      ],
    },
    loki: { data: { result: [{ stream: { long }, values: many(['1785578400000000000', 'INFO m']) }] } },
    cloudwatch: { logGroup: long, logEvents: many({ timestamp: 1785578400000, message: 'INFO m' }) },
    jaeger: {
      traceID: 'a',
      processes: { p: { serviceName: 's', tags: [{ key: 'long', value: long }] } },
      spans: many({ traceID: 'a', spanID: 'b', processID: 'p', operationName: 'o', startTime: 1, duration: 1 }),
    },
  };
  for (const [name, document] of Object.entries(documents)) {
    it(`are given some records at a time, and no more than are taken: ${name}`, async () => {
      const bytes = Buffer.from(JSON.stringify(document));
      let isRead = false;
      let taken = 0;
      for await (const lines of recordLines(pieces(bytes, 1 << 20), { linewise: true }, () => {
        isRead = true;
      })) {
        assert.ok(lines.length < 1 << 20, String(lines.length));
        taken += lines.length;
        if (taken > 5_000_000) break;
      }
      assert.deepEqual([taken > 5_000_000, isRead], [true, false]);
    });
  }
});

describe('documents of any shape', () => {
  it('never make a reader throw', () => {
    const keys =
      'resourceSpans scopeSpans spans data traceID spanID operationName references tags logs processes toString startTime duration hits _source _index fields result stream values events timestamp message logEvents results field value Traces Segments Document id name start_time trace_id traceId kind annotations localEndpoint attributes key status code resource body line labels gauge metrics dataPoints'.split(
        ' ',
      );
    const json = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<Json>(null, true, 0, -1, 1.5, 1e300, '', 'x', '1-581cf771-a0', '1785578400000000000', '{'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 6 }) as fc.Arbitrary<Json>,
      ),
    })).value;
    const documents = fc.oneof(
      fc.record({ resourceSpans: fc.constant([]), x: json }),
      json.map((value) => ({ resourceSpans: [{ resource: value, scopeSpans: [{ scope: value, spans: [value] }] }] })),
      json.map((value) => ({
        resourceLogs: [{ scopeLogs: [{ logRecords: [value, { body: value, attributes: value }] }] }],
      })),
      json.map((value) => ({
        data: [{ traceID: value, spans: [value, { tags: value, logs: value }], processes: value }],
      })),
      json.map((value) => ({ data: { result: [{ stream: {}, values: [value, [value, value, value]] }] } })),
      json.map((value) => ({ hits: { hits: [{ _source: {} }, value] } })),
      json.map((value) => ({ results: [[{ field: '@message', value }], value] })),
      json.map((value) => ({
        id: 'x',
        name: value,
        start_time: value,
        trace_id: '1-581cf771-a0',
        subsegments: [value],
      })),
      fc.dictionary(fc.constantFrom(...keys), json),
    );
    let known = 0;
    fc.assert(
      fc.property(documents, (document) => {
        const value = JSON.parse(JSON.stringify(document)) as { [key: string]: Json };
        const schema = schemaOf(value);
        if (schema === null) return;
        known++;
        for (const record of schema.records(value)) JSON.stringify(record);
      }),
      { numRuns: 2000 },
    );
    assert.ok(known > 100);
  });
});
