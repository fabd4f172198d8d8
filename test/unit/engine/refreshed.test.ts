import assert from 'node:assert/strict';
import { createEngine } from '../../../src/engine/engine.ts';
import { json } from './index/lines.ts';
import { memorySource } from './memorySource.ts';
import { openMemoryLog } from './openMemoryLog.ts';

const line = (service: string) => json({ time: '2026-08-01T10:00:00Z', level: 'info', service, msg: 'started' });
const root = '/log';

describe('readings that meet', () => {
  it('forget nothing that changed when one gives way to the next', async () => {
    const files = { 'a.jsonl': line('one'), 'b.jsonl': line('two') };
    const engine = createEngine({ source: memorySource(files), sentence: () => '' });
    await engine.open({ root });
    files['a.jsonl'] = line('six');
    files['b.jsonl'] = line('ten');
    const first = engine.refresh(root, ['/log/a.jsonl']);
    const second = engine.refresh(root, ['/log/b.jsonl']);
    await assert.rejects(first, /abort/i);
    await second;
    assert.deepEqual(engine.log(root).services, ['six', 'ten']);
  });

  it('leave nothing open that was closed meanwhile, even where all is known already', async () => {
    const files = { 'a.jsonl': line('one'), 'b.jsonl': line('two') };
    const known = await openMemoryLog(files);
    const controller = new AbortController();
    const again = openMemoryLog(files, {}, { signal: controller.signal }, known, []);
    await Promise.resolve();
    controller.abort();
    await assert.rejects(again, /abort/i);
  });

  it('close a log that is still being listed', async () => {
    const engine = createEngine({ source: memorySource({ 'a.jsonl': line('one') }), sentence: () => '' });
    const opened = engine.open({ root });
    await engine.close(root);
    await assert.rejects(opened, /abort/i);
    assert.throws(() => engine.log(root), /no log is open/);
  });

  it('keep the rules that were given meanwhile', async () => {
    const failed = json({ time: '2026-08-01T10:00:00Z', level: 'fatal', service: 'one', msg: 'panic: out of memory' });
    const files = { 'a.jsonl': failed };
    const engine = createEngine({ source: memorySource(files), sentence: () => '' });
    await engine.open({ root });
    const { anomalies } = await engine.report(root);
    assert.notDeepEqual(anomalies, []);
    files['a.jsonl'] = failed + line('two');
    const refreshed = engine.refresh(root, ['/log/a.jsonl']);
    const off = Object.fromEntries(anomalies.map(({ rule }) => [rule, { severity: 'off' }]));
    await engine.judge(root, { rules: off });
    await refreshed;
    assert.equal(engine.log(root).count, 2);
    assert.deepEqual((await engine.report(root)).anomalies, []);
    await engine.refresh(root);
    assert.deepEqual((await engine.report(root)).anomalies, []);
  });

  it('leave a timeline and an outline under way to what they began with', async () => {
    const trace = (second: number, service: string) =>
      json({ time: `2026-08-01T10:00:0${second}Z`, level: 'info', service, trace_id: '4bf92f3577b34da6', msg: 'step' });
    const before = trace(1, 'one') + trace(2, 'two') + trace(3, 'six');
    const files = { 'a.jsonl': before };
    const engine = createEngine({ source: memorySource(files), sentence: () => '' });
    await engine.open({ root });
    const ask = () =>
      Promise.all([
        engine.timeline(root, { kind: 'trace', id: '4bf92f3577b34da6' }),
        engine.outline(root, 'a.jsonl', 5),
      ]);
    const asked = ask();
    files['a.jsonl'] = trace(9, 'ten');
    await engine.refresh(root, ['/log/a.jsonl']);
    const found = await asked;
    files['a.jsonl'] = before;
    await engine.refresh(root, ['/log/a.jsonl']);
    assert.deepEqual(found, await ask());
  });
});
