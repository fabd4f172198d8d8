import assert from 'node:assert/strict';
import { outlineOf } from '../../../../src/engine/gestures/outline.ts';
import { reportOf } from '../../emptyReport.ts';
import { engineOn, line, ROOT } from './gestureLog.ts';

describe('the outline of a file', () => {
  const text =
    line(1, { trace: 'feed0001feed' }) +
    line(2, { trace: 'feed0001feed' }) +
    line(3, { trace: 'feed0002feed', service: 'bank' }) +
    line(4, { trace: 'feed0003feed' }) +
    line(5, { trace: 'feed0003feed', service: 'bank', level: 'error', msg: 'card refused' }) +
    line(6, { service: 'bank', level: 'error', msg: 'card refused' });
  const other = line(1, { service: 'shop', trace: 'feed0003feed', level: 'fatal', msg: 'gone' });
  const files = { 'a.jsonl': text, 'b.jsonl': other };

  it('counts its services and leads to the first entry of each', async () => {
    const outline = await (await engineOn(files)).outline(ROOT, 'a.jsonl', 10);
    assert.deepEqual(
      outline?.services.map(({ name, entries, errors, first }) => [name, entries, errors, first.line]),
      [
        ['bank', 3, 2, 3],
        ['till', 3, 0, 1],
      ],
    );
  });

  it('has traces with errors first, and none that says one thing and nothing bad', async () => {
    const outline = await (await engineOn(files)).outline(ROOT, 'a.jsonl', 10);
    assert.deepEqual(
      outline?.traces.map(({ id, entries, errors, at }) => [id, entries, errors, at.line]),
      [
        ['feed0003feed', 2, 1, 5],
        ['feed0001feed', 2, 0, 1],
      ],
    );
  });

  it('has no more traces than asked for, and those with errors before all others', async () => {
    const outline = await (await engineOn(files)).outline(ROOT, 'a.jsonl', 1);
    assert.deepEqual(
      outline?.traces.map(({ id }) => id),
      ['feed0003feed'],
    );
  });

  it('has the lines that an incident reaches over, and not those of another time', async () => {
    const log = (await engineOn({ 'a.jsonl': text })).log(ROOT);
    const time = (second: number) => (Date.UTC(2026, 7, 1, 10) + second * 1000) * 1000;
    const incident = (from: number, to: number) => ({ from: time(from), to: time(to), anomalies: 1, services: [] });
    const report = reportOf({ incidents: [incident(2, 4), incident(8, 9)] });
    assert.deepEqual(outlineOf(log, 0, log.count, report, 10).incidents, [
      { from: time(2), to: time(4), anomalies: 0, firstLine: 2, lastLine: 4 },
    ]);
  });

  it('is none of a file that is not in the log', async () => {
    assert.equal(await (await engineOn(files)).outline(ROOT, 'c.jsonl', 10), null);
  });
});
