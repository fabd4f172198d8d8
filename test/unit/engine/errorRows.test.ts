import assert from 'node:assert/strict';
import { errorRows } from '../../../src/engine/summaries.ts';
import { openMemoryLog } from './openMemoryLog.ts';

describe('the errors of a file', () => {
  const line = (level: string, second: number) =>
    `${JSON.stringify({ time: `2024-01-01T00:00:0${second}Z`, level, service: 'a', message: 'done' })}\n`;

  it('are those at ERROR and above, or at the level asked for', async () => {
    const text = line('ERROR', 1) + line('WARN', 2) + line('FATAL', 3) + line('ERROR', 4);
    const { log } = await openMemoryLog({ 'a.jsonl': text });
    const lines = (rows: { line: number }[]) => rows.map((row) => row.line);
    assert.deepEqual(lines(errorRows(log, 0, 4, 'a', 10)), [1, 3, 4]);
    assert.deepEqual(lines(errorRows(log, 0, 4, 'a', 10, 'fatal')), [3]);
    assert.deepEqual(lines(errorRows(log, 0, 4, null, 1, 'warn')), [1]);
  });
});
