import assert from 'node:assert/strict';
import { Interned } from '../../../../src/engine/index/interned.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { at, json } from './lines.ts';

describe('what a log keeps of its names', () => {
  it('is bounded in number', () => {
    const names = new Interned<string>(3);
    assert.deepEqual(
      ['a', 'b', 'a', 'c', 'd', 'b', 'e'].map((name) => names.number(name, name)),
      [0, 1, 0, 2, -1, 1, -1],
    );
    assert.equal(names.always('*', '*'), 3);
    assert.equal(names.always('*', '*'), 3);
    assert.deepEqual(names.all, ['a', 'b', 'c', '*']);
  });

  it('is bounded in characters, and takes nothing new once it is full', () => {
    const names = new Interned<string>(100, 10);
    assert.deepEqual(
      ['12345', '123456', '1', '12345'].map((name) => names.number(name, name)),
      [0, -1, -1, 0],
    );
  });

  it('has room for the layouts of 65,535 kinds of records, and one number for all others', async () => {
    const text = Array.from({ length: 70_000 }, (_, n) =>
      json({ time: at(n % 60), level: 'info', msg: 'same', [`k${n}`]: n }),
    ).join('');
    const files = { 'a.jsonl': text.slice(0, text.length / 2), 'b.jsonl': text.slice(text.length / 2) };
    const { log } = await openMemoryLog(files, {}, { segmentBytes: 1 << 20 });
    assert.ok(log.layouts.length <= 0x10000, `${log.layouts.length}`);
    const keys = Array.from(log.layout, (layout) => log.layouts[layout]);
    for (const [i, known] of keys.entries()) assert.ok(known !== undefined && (i > 60_000 || known.length === 4));
    assert.deepEqual(keys.at(-1), []);
  });

  it('is of a long message the shape of its first part', async () => {
    const text = json({ time: at(1), level: 'info', msg: 'word '.repeat(100_000) });
    const { log } = await openMemoryLog({ 'a.jsonl': text });
    assert.ok(log.templates[0].text.length < 5000, `${log.templates[0].text.length}`);
  });
});
