import assert from 'node:assert/strict';
import { engineOn, line, ROOT } from './gestureLog.ts';

const TRACE = 'feed0001feed';

describe('the first failure of a trace', () => {
  async function failure(text: string, id = TRACE) {
    return (await engineOn({ 'a.jsonl': text })).firstFailure(ROOT, id);
  }

  it('is its first error in order of time, at the id', async () => {
    const text =
      line(5, { trace: TRACE, level: 'error' }) +
      line(1, { trace: TRACE, level: 'warn' }) +
      line(3, { trace: TRACE, level: 'fatal' });
    const found = await failure(text);
    assert.equal(found?.line, 3);
    assert.equal(found?.joined, 'recorded');
    const [{ start, end }] = found?.ranges ?? [];
    assert.equal(text.split('\n')[2].slice(start - 1, end - 1), TRACE);
  });

  it('is none where all went well, or the id is not known', async () => {
    assert.equal(await failure(line(1, { trace: TRACE })), null);
    assert.equal(await failure(line(1, { trace: TRACE, level: 'error' }), 'feed0002feed'), null);
  });

  it('is one of the entries that join the trace where none of its own failed', async () => {
    const text =
      line(1, { trace: TRACE, order_id: 'order_4711' }) +
      line(2, { order_id: 'order_4711', level: 'error' }) +
      line(3, { trace: TRACE }) +
      Array.from({ length: 9 }, (_, n) => line(9 + n)).join('');
    const found = await failure(text);
    assert.equal(found?.line, 2);
    assert.equal(found?.joined, 'inferred');
    assert.equal(found?.ranges.length, 1);
  });
});
