import assert from 'node:assert/strict';
import { engineOn, jaeger, line, ROOT } from './gestureLog.ts';

const TRACE = 'feed0001feed';

describe('where a trace goes on', () => {
  const text =
    line(1, { trace: TRACE }) +
    line(2, { trace: TRACE }) +
    line(3, { trace: TRACE, service: 'bank' }) +
    line(3, { trace: TRACE, service: 'card' });

  async function callees(files: Record<string, string>, file: string, at: number, id = TRACE): Promise<string[]> {
    const engine = await engineOn(files);
    const entry = await engine.entryAt(ROOT, file, at);
    const rows = await engine.callees(ROOT, id, entry?.entry ?? -1);
    return rows.map(({ service, line: row }) => `${service} ${row}`);
  }

  it('is the next entry of another service', async () => {
    assert.deepEqual(await callees({ 'a.jsonl': text }, 'a.jsonl', 1), ['bank 3']);
  });

  it('is not told by entries of the same moment', async () => {
    assert.deepEqual(await callees({ 'a.jsonl': text }, 'a.jsonl', 3), []);
  });

  it('is nowhere for an entry that does not hold the id', async () => {
    assert.deepEqual(await callees({ 'a.jsonl': text + line(0) }, 'a.jsonl', 5), []);
  });

  it('is each span below a recorded one, and none further down', async () => {
    const ids = ['a1', 'b2', 'c3', 'd4'].map((id) => id.repeat(8));
    const spans = jaeger([
      [ids[0], null, 'shop', 1],
      [ids[1], ids[0], 'till', 2],
      [ids[2], ids[0], 'mail', 3],
      [ids[3], ids[1], 'bank', 4],
    ]);
    const engine = await engineOn({ 'spans.json': spans });
    const services = async (entry: number) =>
      (await engine.callees(ROOT, 'ab12cd34ef56ab12', entry)).map(({ service }) => service);
    const { order, service, services: names } = engine.log(ROOT);
    assert.deepEqual(
      Array.from(order, (entry) => names[service[entry]]),
      ['shop', 'till', 'mail', 'bank'],
    );
    assert.deepEqual(await services(order[0]), ['till', 'mail']);
    assert.deepEqual(await services(order[1]), ['bank']);
    assert.deepEqual(await services(order[2]), []);
  });
});

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
