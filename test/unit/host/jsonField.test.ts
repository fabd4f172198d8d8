import assert from 'node:assert/strict';
import { jsonFieldAt } from '../../../src/host/jsonField.ts';

describe('the field of a JSON line at the cursor', () => {
  const line = 'api | {"level":"info", "http":{"status":200},"items":[{"sku":1}],"a.b":2}';
  const cases: [text: string, found: ReturnType<typeof jsonFieldAt>][] = [
    ['level', { key: 'level', isKey: true }],
    ['info', { key: 'level', isKey: false }],
    ['status', { key: 'http.status', isKey: true }],
    ['200', { key: 'http.status', isKey: false }],
    ['items', { key: 'items', isKey: true }],
    ['sku', { key: 'items', isKey: false }],
    ['a.b', { key: 'a.b', isKey: true }],
    ['api', undefined],
    ['{', undefined],
  ];
  for (const [text, found] of cases) {
    it(`is ${found?.key ?? 'none'} on ${text}`, () => {
      assert.deepEqual(jsonFieldAt(line, line.indexOf(text) + (text.length >> 1)), found);
    });
  }

  it('is found in a line cut short, and none in text', () => {
    assert.deepEqual(jsonFieldAt('{"level":"in', 4), { key: 'level', isKey: true });
    assert.equal(jsonFieldAt('level=info {', 3), undefined);
  });
});
