import assert from 'node:assert/strict';
import type { EntryBatch, EntryList, LineLayout, WrittenEntries } from '../../../../src/documents.ts';
import { createEngine, type Engine } from '../../../../src/engine/engine.ts';
import { entryLines, isSameLine } from '../../../../src/render/entryLines.ts';
import { json } from '../index/lines.ts';
import { memorySource } from '../memorySource.ts';

const root = '/log';
const layout: LineLayout = { serviceWidth: 3, hasGap: true, hasId: true, shared: null };

const line = (second: number, service: string, msg: string, more = {}) =>
  json({ time: `2026-08-01T10:00:${String(second).padStart(2, '0')}Z`, level: 'info', service, msg, ...more });

const FILES = {
  'a.jsonl': line(1, 'one', 'a1', { trace_id: 'abcd1234abcd1234' }) + line(5, 'one', 'a2') + line(9, 'one', 'a3'),
  'b.jsonl': line(3, 'two', 'b1') + line(7, 'two', 'b2', { trace_id: 'abcd1234abcd1234' }),
  'c.log': `no entry at all\n2026-08-01 10:00:02.000 INFO  [main] com.shop.C - c1\n2026-08-01 10:00:04.000 ERROR [main] com.shop.C - c2\njava.lang.Error: x\n\tat a.B.c(B.java:1)\n`,
};

async function opened(files: Record<string, string> = FILES): Promise<Engine> {
  const engine = createEngine({
    source: memorySource(files),
    sentence: () => '',
    writer: { entryLines, isSameLine },
  });
  await engine.open({ root });
  return engine;
}

async function listed(engine: Engine, scope: Parameters<Engine['listEntries']>[1]): Promise<EntryList> {
  const list = await engine.listEntries(root, scope);
  assert.ok(list);
  return list;
}

async function messages(engine: Engine, { entries }: EntryList): Promise<string> {
  return (await engine.log(root).read(entries)).map(({ message }) => message).join(' ');
}

function batch(list: EntryList, more: Partial<EntryBatch> = {}): EntryBatch {
  const { generation, entries, inferred } = list;
  return { generation, entries, inferred, layout, before: null, most: 1e6, end: 'first', ...more };
}

async function written(engine: Engine, asked: EntryBatch): Promise<WrittenEntries> {
  const page = await engine.writeEntries(root, asked);
  assert.ok(page);
  return page;
}

describe('the entries of a document', () => {
  it('are those of a file, in order of lines, and it says what it leaves out', async () => {
    const engine = await opened();
    const list = await listed(engine, { kind: 'file', file: 'c.log' });
    assert.equal(await messages(engine, list), 'c1 c2');
    assert.equal(list.unreadLines, 1);
  });

  it('are those of all files, or of some, in order of time, counted by service', async () => {
    const engine = await opened();
    assert.equal(await messages(engine, await listed(engine, { kind: 'files', files: [] })), 'a1 c1 b1 c2 a2 b2 a3');
    const some = await listed(engine, { kind: 'files', files: ['b.jsonl', 'a.jsonl'] });
    assert.equal(await messages(engine, some), 'a1 b1 a2 b2 a3');
    assert.deepEqual(some.services, [
      { name: 'one', entries: 3 },
      { name: 'two', entries: 2 },
    ]);
  });

  it('are those of a trace, also those that join it', async () => {
    const trace = { trace_id: 'abcd1234abcd1234', order_id: 'order-7001' };
    const engine = await opened({
      'a.jsonl': line(1, 'one', 'a1', trace) + line(5, 'one', 'a2', trace),
      'b.jsonl': line(3, 'two', 'b1', { order_id: 'order-7001' }) + line(9, 'two', 'b2', { order_id: 'order-7002' }),
    });
    const list = await listed(engine, { kind: 'trace', id: 'ABCD1234abcd1234' });
    assert.equal(await messages(engine, list), 'a1 b1 a2');
    assert.deepEqual(
      list.inferred.map(({ via }) => via),
      [{ key: 'order_id', id: 'order-7001', traces: 1 }],
    );
    const { text } = await written(engine, batch(list));
    assert.match(text.split('\n')[1], /b1 .*\(inferred: shares order_id order-7001\)$/);
  });

  it('are none of what the log does not hold', async () => {
    const engine = await opened();
    assert.equal(await engine.listEntries(root, { kind: 'file', file: 'z.log' }), null);
    assert.equal(await engine.listEntries(root, { kind: 'trace', id: 'ffff0000ffff0000' }), null);
  });
});

describe('entries written for a document', () => {
  it('know for each line where it comes from', async () => {
    const engine = await opened();
    const list = await listed(engine, { kind: 'files', files: ['b.jsonl', 'c.log'] });
    const page = await written(engine, batch(list));
    const lines = page.text.split('\n').slice(0, -1);
    assert.deepEqual(
      lines.map((text, i) => `${page.files[page.file[i]]}:${page.line[i]} ${/ (c\d|b\d|java|at)\b/.exec(text)?.[1]}`),
      ['c.log:2 c1', 'b.jsonl:1 b1', 'c.log:3 c2', 'c.log:4 java', 'c.log:5 at', 'b.jsonl:2 b2'],
    );
    assert.match(lines[1], /\+1 s /);
  });

  it('are whole entries up to a size, from either end', async () => {
    const engine = await opened();
    const list = await listed(engine, { kind: 'files', files: [] });
    const all = (await written(engine, batch(list))).text;
    for (const most of [1, 100, 250, 1e6]) {
      const first = await written(engine, batch(list, { most }));
      const last = await written(engine, batch(list, { most, end: 'last' }));
      assert.ok(first.text.length >= Math.min(most, all.length));
      assert.ok(all.startsWith(first.text) && all.endsWith(last.text));
      assert.equal(first.line.length, first.text.split('\n').length - 1);
      assert.equal(last.line.length, last.text.split('\n').length - 1);
    }
    assert.equal((await written(engine, batch(list, { most: 1, end: 'last' }))).entries, 1);
  });

  it('are the same in one go and page by page', async () => {
    const engine = await opened();
    const list = await listed(engine, { kind: 'files', files: [] });
    let text = '';
    for (let at = 0; at < list.entries.length; at += 2) {
      const entries = list.entries.slice(at, at + 2);
      const page = await written(engine, batch(list, { entries, before: at === 0 ? null : list.entries[at - 1] }));
      text += page.text;
    }
    assert.equal(text, (await written(engine, batch(list))).text);
  });

  it('are none where their numbers are of an older reading', async () => {
    const engine = await opened();
    const list = await listed(engine, { kind: 'files', files: [] });
    await engine.refresh(root);
    assert.equal(await engine.writeEntries(root, batch(list)), null);
  });

  it('have their parts told for lines that are still written so, and for no others', async () => {
    const engine = await opened();
    const list = await listed(engine, { kind: 'files', files: ['a.jsonl'] });
    const [text, next] = (await written(engine, batch(list))).text.split('\n');
    const [known, changed, beyond, nowhere] = await engine.lineParts(root, layout, [
      { file: 'a.jsonl', line: 1, text },
      { file: 'a.jsonl', line: 1, text: next },
      { file: 'a.jsonl', line: 99, text },
      { file: 'z.jsonl', line: 1, text },
    ]);
    assert.deepEqual(
      known.map(({ start, length, role }) => `${role} ${text.slice(start, start + length)}`),
      ['time 2026-08-01 10:00:01.000Z', 'level INFO', 'service one', 'id abcd…bcd1234'],
    );
    assert.deepEqual([changed, beyond, nowhere], [[], [], []]);
  });
});
