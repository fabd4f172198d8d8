import assert from 'node:assert/strict';
import { logContent } from '../logContent.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { at, json } from './lines.ts';

const DAY = '2026-08-01';
const bare = (second: number) => `10:00:${String(second).padStart(2, '0')}.000 WARN c.e.Pool - slow ${second}\n`;
const BARE = [3, 1, 2].map(bare).join('');
const dayOf = (time: number | null) => new Date((time ?? 0) / 1000).toISOString().slice(0, 10);

describe('times that name no day', () => {
  it('are put near the dated times of the other files, whichever comes first', async () => {
    const dated = json({ time: at(5), level: 'info', msg: 'a' });
    for (const files of [
      { 'a.log': BARE, 'b.jsonl': dated },
      { 'a.jsonl': dated, 'b.log': BARE },
    ]) {
      const { log } = await openMemoryLog(files);
      for (let entry = 0; entry < log.count; entry++) assert.equal(dayOf(log.row(entry).timestamp), DAY);
      assert.equal(log.count, 4);
    }
  });

  it('follow the others where these change, and stand alone where there are none', async () => {
    const files: Record<string, string> = { 'a.log': BARE };
    const alone = await openMemoryLog(files);
    assert.notEqual(dayOf(alone.log.row(0).timestamp), DAY);
    const withDated = { ...files, 'b.jsonl': json({ time: at(5), level: 'info', msg: 'a' }) };
    const fresh = await openMemoryLog(withDated);
    const refreshed = await openMemoryLog(withDated, {}, {}, alone, ['/log/b.jsonl']);
    assert.deepEqual(logContent(refreshed.log), logContent(fresh.log));
  });
});
