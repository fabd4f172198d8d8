import assert from 'node:assert/strict';
import fc from 'fast-check';
import { neighbourAlong } from '../../../../src/engine/gestures/neighbours.ts';
import { memoryLog } from '../memoryLog.ts';
import { engineOn, line, ROOT } from './gestureLog.ts';

const TRACE = 'feed0001feed';

describe('what stands around an entry in time', () => {
  const files = {
    'a.jsonl': line(1, { trace: TRACE }) + line(5, { trace: TRACE }) + line(9),
    'b.jsonl':
      line(3, { service: 'bank', trace: TRACE, level: 'error' }) + line(12, { service: 'bank', level: 'fatal' }),
  };

  it('is of its trace and of its service, in whatever file', async () => {
    const found = await (await engineOn(files)).surroundings(ROOT, 'a.jsonl', 2);
    const place = (row: { file: string; line: number } | null | undefined) => row && `${row.file}:${row.line}`;
    assert.equal(found?.logEnd, (Date.UTC(2026, 7, 1, 10) + 12_000) * 1000);
    assert.equal(found?.trace?.id, TRACE);
    assert.deepEqual([place(found?.trace?.previous), place(found?.trace?.next)], ['b.jsonl:1', null]);
    assert.equal(found?.service?.name, 'till');
    assert.deepEqual([place(found?.service?.previous), place(found?.service?.next)], ['a.jsonl:1', 'a.jsonl:3']);
  });

  it('is nothing where there is no trace, and nothing for a line of no entry', async () => {
    const engine = await engineOn(files);
    assert.equal((await engine.surroundings(ROOT, 'a.jsonl', 3))?.trace, null);
    assert.equal(await engine.surroundings(ROOT, 'a.jsonl', 4), null);
    assert.equal(await engine.surroundings(ROOT, 'c.jsonl', 1), null);
  });

  it('leads from error to error, over all files, and ends', async () => {
    const engine = await engineOn(files);
    const first = await engine.entryAt(ROOT, 'a.jsonl', 1);
    const places: string[] = [];
    for (let row = await engine.step(ROOT, first?.entry ?? -1, 'error', 1); row; ) {
      places.push(`${row.file}:${row.line}`);
      row = await engine.step(ROOT, row.entry, 'error', 1);
    }
    assert.deepEqual(places, ['b.jsonl:1', 'b.jsonl:2']);
    assert.equal(await engine.step(ROOT, 99, 'error', 1), null);
  });

  it('leads back to where it came from', () => {
    const entry = fc.record({
      second: fc.nat(9),
      service: fc.constantFrom('till', 'bank'),
      level: fc.constantFrom('info', 'error'),
    });
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('service', 'error'),
        (entries, along) => {
          const log = memoryLog({ 'a.jsonl': entries.map(({ second, ...more }) => line(second, more)).join('') });
          for (let at = 0; at < log.count; at++) {
            const next = neighbourAlong(log, at, along, 1);
            if (next === null || (along === 'error' && log.row(at).level !== 'error')) continue;
            assert.equal(neighbourAlong(log, next.entry, along, -1)?.entry, at);
          }
        },
      ),
    );
  });
});
