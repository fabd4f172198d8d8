/** Lines far from the rest of their trace. */
import { deepEqual } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { inTrace, type Line, story } from '../story.ts';

async function odd(lines: Line[]): Promise<string[]> {
  const { oddities } = await findAnomalies(story(lines));
  return oddities.map(({ entry, count }) => `${entry.service}:${entry.line} ${count}`);
}

/** A trace whose services speak at the given seconds. */
function trace(id: string | number, seconds: Record<string, number[]>, fields = {}): Line[] {
  return Object.entries(seconds).flatMap(([service, times]) =>
    times.map((second): Line => [second, service, 'WARN', 'step', inTrace(id, fields)]),
  );
}

describe('time-oddity', () => {
  const cases: [title: string, lines: Line[], found: string[]][] = [
    [
      'flags a service minutes after the others',
      trace(0, { alpha: [0, 1], beta: [1], gamma: [300, 301] }),
      ['gamma:1 2'],
    ],
    ['flags a service minutes before the others', trace(0, { alpha: [300], beta: [301], gamma: [0] }), ['gamma:1 1']],
    ['of two services flags the later', trace(0, { alpha: [300], beta: [0] }), ['alpha:1 1']],
    ['is quiet below a minute', trace(0, { alpha: [0, 1], beta: [1], gamma: [61] }), []],
    ['is quiet below ten times the span of the others', trace(0, { alpha: [0, 40], beta: [1], gamma: [400] }), []],
    [
      'speaks above ten times the span of the others',
      trace(0, { alpha: [0, 40], beta: [1], gamma: [500] }),
      ['gamma:1 1'],
    ],
    [
      'counts a duration from its begin',
      trace(0, { alpha: [0], beta: [1], gamma: [300] }, { duration_ms: 295_000 }),
      [],
    ],
    ['is quiet within one service', trace(0, { alpha: [0, 3000] }), []],
  ];
  for (const [title, lines, found] of cases) it(title, async () => deepEqual(await odd(lines), found));

  it('is quiet about a service that is always late', async () => {
    const lines = Array.from({ length: 8 }, (_, id) =>
      trace(id, { alpha: [id], beta: [id + 1], gamma: [id + 900] }),
    ).flat();
    deepEqual(await odd(lines), []);
  });

  for (const level of ['WARN', 'INFO'])
    it(`keeps its ${level} lines from all other rules`, async () => {
      const all = trace(0, { alpha: [0], beta: [1], gamma: [300] }, { latency_ms: 9, threshold_ms: 5 });
      const lines = all.map(([second, service, , ...rest]): Line => [second, service, level, ...rest]);
      const { findings } = await findAnomalies(story(lines));
      deepEqual(findings.map(({ entry }) => entry.service).sort(), ['alpha', 'beta']);
    });
});
