import assert from 'node:assert/strict';
import { MOST_A_FILE, MOST_A_WORKSPACE, planSquiggles } from '../../../src/host/squiggles.ts';
import type { Anomaly } from '../../../src/incident.ts';
import type { Severity } from '../../../src/model.ts';

function anomaly(file: string, line: number, severity: Severity = 'warning', rule = 'timeout'): Anomaly {
  return {
    file,
    line,
    column: 1,
    rule,
    severity,
    service: null,
    entry: line,
    timestamp: line,
    message: { key: 'x', args: {} },
    count: 1,
    related: [],
    traceId: null,
    consequenceOf: null,
  };
}

const many = (file: string, n: number, severity: Severity = 'warning') =>
  Array.from({ length: n }, (_, i) => anomaly(file, i + 1, severity));

describe('squiggles', () => {
  it('are one a line, led by the gravest', () => {
    const plan = planSquiggles([anomaly('a', 3, 'hint', 'one'), anomaly('a', 3, 'error', 'two'), anomaly('a', 4)]);
    assert.deepEqual(
      plan.get('a')?.map(({ line, anomalies }) => [line, ...anomalies.map(({ rule }) => rule)]),
      [
        [3, 'two', 'one'],
        [4, 'timeout'],
      ],
    );
  });

  it('tell the same line of two files apart', () => {
    assert.deepEqual([...planSquiggles([anomaly('a', 1), anomaly('b', 1)]).keys()], ['a', 'b']);
  });

  it('are capped in a file, and the gravest stay', () => {
    const plan = planSquiggles([...many('a', 50), anomaly('a', 99, 'error')]);
    assert.equal(plan.get('a')?.length, MOST_A_FILE);
    assert.equal(plan.get('a')?.[0].line, 99);
  });

  it('are capped over all files', () => {
    const all = Array.from({ length: 20 }, (_, i) => many(`f${i}`, 30)).flat();
    const count = (most?: number) => [...planSquiggles(all, most).values()].reduce((n, lines) => n + lines.length, 0);
    assert.equal(count(), MOST_A_WORKSPACE);
    assert.equal(count(7), 7);
    assert.equal(count(0), 0);
  });

  it('do not depend on the order they are found in', () => {
    const found = [anomaly('a', 2), anomaly('b', 1, 'error'), anomaly('a', 1)];
    assert.deepEqual([...planSquiggles(found)], [...planSquiggles(found.toReversed())]);
  });
});
