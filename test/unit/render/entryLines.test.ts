import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LineLayout } from '../../../src/documents.ts';
import type { Entry } from '../../../src/model.ts';
import { type EntryContext, entryLines, isSameLine, shortId } from '../../../src/render/entryLines.ts';

const LAYOUT: LineLayout = { serviceWidth: 8, hasGap: false, hasId: true, shared: null };
const context = (more: Partial<EntryContext> = {}): EntryContext => ({
  layout: LAYOUT,
  previous: null,
  via: null,
  ...more,
});
const TRACE = { key: 'trace_id', value: 'abcdef0123456789', normalised: 'abcdef0123456789' };

function entry(more: Partial<Entry> = {}): Entry {
  return {
    entry: 0,
    file: 'a.log',
    line: 7,
    column: 1,
    endLine: 7,
    timestamp: Date.UTC(2024, 2, 1, 10) * 1000,
    level: 'info',
    service: 'orders',
    message: 'started',
    ids: [],
    fields: [],
    ...more,
  };
}

const textOf = (given: Entry, source: string[] = [], more: Partial<EntryContext> = {}): string[] =>
  entryLines(given, source, context(more)).map(({ text }) => text);

const HEAD = '2024-03-01 10:00:00.000Z  INFO   orders    ';
const NO_ID = `${' '.repeat(12)}  `;

describe('the lines of an entry', () => {
  it('are time, level, service, short id, message and fields, in columns', () => {
    const fields = [
      { key: 'ts', value: 1709287200 },
      { key: 'level', value: 30 },
      { key: 'svc', value: 'orders' },
      { key: 'msg', value: 'started' },
      { key: 'trace_id', value: TRACE.value },
      { key: 'took_ms', value: 12 },
      { key: 'who', value: 'A B' },
    ];
    assert.deepEqual(textOf(entry({ ids: [TRACE], fields })), [`${HEAD}abcd…3456789  started  took_ms=12  who="A B"`]);
  });

  it('stay in line where a part is not known', () => {
    const none = entry({ timestamp: null, level: null, service: null });
    assert.deepEqual(textOf(none), [`${'–'.padEnd(24)}  ${' '.repeat(5)}  ${' '.repeat(8)}  ${NO_ID}started`]);
  });

  it('say how much later than the one above an entry is', () => {
    const layout = { ...LAYOUT, hasGap: true, hasId: false };
    const previous = Date.UTC(2024, 2, 1, 9, 59, 58, 800) * 1000;
    assert.deepEqual(textOf(entry(), [], { layout, previous }), [
      '2024-03-01 10:00:00.000Z       +1.2 s  INFO   orders    started',
    ]);
    assert.deepEqual(textOf(entry(), [], { layout }), [
      '2024-03-01 10:00:00.000Z               INFO   orders    started',
    ]);
  });

  it('leave out the id that all lines of a document share', () => {
    const fields = [TRACE, { key: 'order', value: 'o-1' }].map(({ key, value }) => ({ key, value }));
    const layout = { ...LAYOUT, hasId: false, shared: TRACE.normalised };
    assert.deepEqual(textOf(entry({ ids: [TRACE], fields }), [], { layout }), [`${HEAD}started  order=o-1`]);
  });

  it('say why an entry is there that does not hold the id', () => {
    const via = { key: 'order', id: 'o-1', traces: 2 };
    assert.deepEqual(textOf(entry(), [], { via }), [
      `${HEAD}${NO_ID}started  (inferred: shares order o-1; links to 2 traces, 1 likely)`,
    ]);
  });

  it('put further lines below, indented, each with the line it comes from', () => {
    const stack = { key: 'stack_trace', value: 'java.lang.Error: x\n\tat a.B.c(B.java:1)' };
    const written = entryLines(entry({ endLine: 9, fields: [stack] }), [], context());
    assert.deepEqual(
      written.map(({ text, offset }) => [text, offset]),
      [
        [`${HEAD}${NO_ID}started`, 0],
        ['    java.lang.Error: x', 1],
        ['        at a.B.c(B.java:1)', 2],
      ],
    );
  });

  it('leave a value with breaks in it on the line of its source', () => {
    const written = entryLines(entry({ message: 'one\r\ntwo' }), [], context());
    assert.deepEqual(
      written.map(({ text, offset }) => [text, offset]),
      [
        [`${HEAD}${NO_ID}one`, 0],
        ['    two', 0],
      ],
    );
  });

  it('show colours as parts and not as codes', () => {
    const [{ text, parts }] = entryLines(entry({ message: 'x \u001b[31mred\u001b[0m' }), [], context());
    assert.equal(text, `${HEAD}${NO_ID}x red`);
    const styled = parts.filter(({ role }) => role === 'style');
    assert.deepEqual(
      styled.map(({ start, length, style }) => [text.slice(start, start + length), style?.colour]),
      [['red', 'red']],
    );
  });

  it('make visible what would turn or hide text', () => {
    assert.deepEqual(textOf(entry({ message: 'a\u202eb\u0000c\u007f\u001b]0;title\u0007' })), [
      `${HEAD}${NO_ID}a\\u202eb␀c␡`,
    ]);
  });

  it('know the id of the column, of the message and of the fields', () => {
    const order = { key: 'order', value: 'o-77', normalised: 'o-77' };
    const given = entry({
      message: 'paid o-77, not o-771',
      ids: [TRACE, order],
      fields: [{ key: 'order', value: 'o-77' }],
    });
    const [{ text, parts }] = entryLines(given, [], context());
    assert.deepEqual(
      parts
        .filter(({ role }) => role === 'id')
        .map(({ start, length, id }) => [text.slice(start, start + length), id?.key]),
      [
        ['abcd…3456789', 'trace_id'],
        ['o-77', 'order'],
        ['o-77', 'order'],
      ],
    );
  });

  it('end where no editor would draw more', () => {
    const [line] = textOf(entry({ message: 'x'.repeat(100_000) }));
    assert.ok(line.length < 10_000 && line.endsWith('x…'));
    const stack = { key: 'stack_trace', value: 'at\n'.repeat(100_000) };
    assert.ok(textOf(entry({ fields: [stack] })).length < 1_000);
  });

  it('are known again with another gap, and by no other text', () => {
    const layout = { ...LAYOUT, hasGap: true };
    const [shown] = textOf(entry(), [], { layout, previous: 1 });
    const [written] = textOf(entry(), [], { layout });
    assert.ok(isSameLine(written, shown, layout));
    assert.ok(!isSameLine(textOf(entry({ message: 'other' }), [], { layout })[0], shown, layout));
    assert.ok(!isSameLine(textOf(entry({ timestamp: 5 }), [], { layout })[0], shown, layout));
  });

  it('are lines, whatever the log holds, and their parts lie inside them', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, fc.array(fc.tuple(text, text)), (message, service, id, pairs) => {
        const fields = pairs.map(([key, value]) => ({ key, value }));
        const ids = [{ key: 'id', value: id, normalised: id }];
        for (const line of entryLines(entry({ message, service, ids, fields }), [message], context())) {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
          assert.doesNotMatch(line.text, /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
          for (const { start, length } of line.parts) assert.ok(start >= 0 && start + length <= line.text.length);
        }
      }),
    );
  });
});

describe('a short id', () => {
  it('is a short one as it is, and a long one by both ends', () => {
    assert.equal(shortId('3d4e5f6a7b8c'), '3d4e5f6a7b8c');
    assert.equal(shortId('690320cee2c84800016ceb4a'), '6903…16ceb4a');
    assert.notEqual(shortId('690320cee2c84800016ceb4a'), shortId('690320cee2c84800016ceb4b'));
  });
});
