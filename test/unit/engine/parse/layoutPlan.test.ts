import assert from 'node:assert/strict';
import { openMemoryLog } from '../openMemoryLog.ts';

describe('the plan of a layout', () => {
  it('passes over the keys a fixed number of times, however many they are', async () => {
    const keys = Array.from({ length: 3000 }, (_, n) => `"field_${n}":${n}`).join(',');
    const text = `{"time":"2026-08-01T10:00:00Z","level":"info","msg":"many",${keys}}\n`;
    const includes = Array.prototype.includes;
    let looked = 0;
    Array.prototype.includes = function (this: unknown[], ...given: [unknown, number?]) {
      looked += this.length;
      return includes.apply(this, given);
    };
    try {
      const { log } = await openMemoryLog({ 'a.jsonl': text });
      assert.equal(log.layouts[0].length, 3003);
    } finally {
      Array.prototype.includes = includes;
    }
    assert.ok(looked < 1_000_000, `${looked} names were compared`);
  });
});
