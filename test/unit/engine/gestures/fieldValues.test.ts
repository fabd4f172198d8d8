import assert from 'node:assert/strict';
import { engineOn, line, ROOT } from './gestureLog.ts';

describe('the values of a field', () => {
  const text = [200, 200, 500, 204]
    .map((status, n) => line(n, { status, method: n ? 'GET' : 'PUT', http: { n } }))
    .join('');

  it('are the most frequent, counted', async () => {
    const found = await (await engineOn({ 'a.jsonl': text + line(9) })).fieldValues(ROOT, 'method');
    assert.deepEqual(found, {
      key: 'method',
      entries: 4,
      sampled: 4,
      distinct: 2,
      numbers: null,
      values: [
        { text: 'GET', count: 3 },
        { text: 'PUT', count: 1 },
      ],
    });
  });

  it('are a range where they are numbers', async () => {
    const found = await (await engineOn({ 'a.jsonl': text })).fieldValues(ROOT, 'status');
    assert.deepEqual(found?.numbers, { least: 200, median: 204, most: 500 });
  });

  it('are found below other keys, and not where nothing has the key', async () => {
    const engine = await engineOn({ 'a.jsonl': text });
    assert.equal((await engine.fieldValues(ROOT, 'http.n'))?.entries, 4);
    assert.equal(await engine.fieldValues(ROOT, 'n'), null);
    assert.equal(await engine.fieldValues(ROOT, '__proto__'), null);
  });

  it('are of a sample from all over a large log', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) => line(n / 1000, { n })).join('');
    const found = await (await engineOn({ 'a.jsonl': many })).fieldValues(ROOT, 'n');
    assert.equal(found?.entries, 5_000);
    assert.ok(found && found.sampled < 500);
    assert.ok(found.numbers && found.numbers.least < 100 && found.numbers.most > 4_900);
  });
});

describe('levels', () => {
  it('are counted in the file and in the log, the worst first', async () => {
    const files = {
      'a.jsonl': line(1) + line(2, { level: 'error' }),
      'b.jsonl': line(3) + line(4, { level: 'fatal' }),
    };
    assert.deepEqual(await (await engineOn(files)).levelCounts(ROOT, 'a.jsonl'), [
      { level: 'fatal', inFile: 0, inLog: 1 },
      { level: 'error', inFile: 1, inLog: 1 },
      { level: 'info', inFile: 1, inLog: 2 },
    ]);
  });
});
