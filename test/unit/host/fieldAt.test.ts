import assert from 'node:assert/strict';
import { fieldKeyAt } from '../../../src/host/fieldAt.ts';

describe('the key of a field at the cursor', () => {
  const json = 'api | {"level":"info", "http":{"status":200},"items":[{"sku":1}],"a.b":2}';
  const pairs = 'level=info http.status=200 msg="took=3 ms" x';
  const cases: [line: string, text: string, found: string | undefined][] = [
    [json, 'level', 'level'],
    [json, 'info', undefined],
    [json, 'status', 'http.status'],
    [json, '200', undefined],
    [json, 'items', 'items'],
    [json, 'sku', undefined],
    [json, 'a.b', 'a.b'],
    [json, 'api', undefined],
    [json, '{', undefined],
    [pairs, 'level', 'level'],
    [pairs, 'http.status', 'http.status'],
    [pairs, 'info', undefined],
    [pairs, 'took', undefined],
    [pairs, '=3', undefined],
  ];
  for (const [line, text, found] of cases) {
    it(`is ${found ?? 'none'} on ${text} of ${line.slice(0, 12)}…`, () => {
      assert.equal(fieldKeyAt(line, line.indexOf(text) + (text.length >> 1)), found);
    });
  }

  it('is found in a line cut short, and none at its end', () => {
    assert.equal(fieldKeyAt('{"level":"in', 4), 'level');
    assert.equal(fieldKeyAt('level', 5), undefined);
    assert.equal(fieldKeyAt('', 0), undefined);
  });
});
