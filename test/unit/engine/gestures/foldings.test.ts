import assert from 'node:assert/strict';
import fc from 'fast-check';
import { foldingsOf } from '../../../../src/engine/gestures/foldings.ts';
import { memoryLog } from '../memoryLog.ts';
import { engineOn, line, ROOT } from './gestureLog.ts';

async function folds(text: string): Promise<string[]> {
  const engine = await engineOn({ 'a.log': text });
  return (await engine.foldings(ROOT, 'a.log', 100)).map(
    ({ kind, firstLine, lastLine }) => `${kind} ${firstLine}-${lastLine}`,
  );
}

describe('folding', () => {
  it('joins the entries of one trace that follow each other, and of no trace none', async () => {
    const of = (trace: string, ...messages: string[]) => messages.map((msg, n) => line(n, { trace, msg })).join('');
    const lone = line(4, { msg: 'one' }) + line(5, { msg: 'two' }) + line(6, { msg: 'three' });
    const text = of('feed0001feed', 'in', 'work', 'out') + of('feed0002feed', 'in', 'out') + lone;
    assert.deepEqual(await folds(text), ['trace 1-3']);
  });

  it('joins what says the same over and over', async () => {
    const text = line(0, { msg: 'up' }) + [1, 2, 3, 4].map((n) => line(n, { msg: `took ${n} ms` })).join('');
    assert.deepEqual(await folds(text), ['template 2-5']);
  });

  it('folds the lines of an entry below its first', async () => {
    const at = (n: number) => `2026-08-01 10:00:0${n}.000 ERROR [main] shop.Till - no paper\n`;
    const text = `${at(1)}java.io.IOException: x\n\tat shop.Till.print(Till.java:12)\n${at(2).replace('no paper', 'closed')}`;
    assert.deepEqual(await folds(text), ['entry 1-3']);
  });

  it('folds runs of one kind inside a trace', async () => {
    const msgs = ['in', 'try 1', 'try 2', 'try 3', 'out'];
    const text = msgs.map((msg, n) => line(n, { trace: 'feed0001feed', msg })).join('');
    assert.deepEqual(await folds(text), ['trace 1-5', 'template 2-4']);
  });

  it('never crosses, never begins twice on one line, and keeps to its bound', () => {
    const entry = fc.record({ trace: fc.constantFrom('a1', 'b2', ''), msg: fc.constantFrom('one', 'two') });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 40 }), fc.nat(20), (entries, limit) => {
        const log = memoryLog({ 'a.jsonl': entries.map(({ trace, msg }, n) => line(n, { trace, msg })).join('') });
        const found = foldingsOf(log, 0, log.count, limit);
        assert.ok(found.length <= limit);
        for (const [i, a] of found.entries()) {
          assert.ok(a.firstLine < a.lastLine);
          for (const b of found.slice(i + 1)) {
            assert.ok(a.firstLine < b.firstLine);
            assert.ok(b.firstLine > a.lastLine || b.lastLine <= a.lastLine);
          }
        }
      }),
    );
  });
});
