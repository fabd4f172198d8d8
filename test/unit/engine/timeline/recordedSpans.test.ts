/** Recorded spans in the timeline: drawn from their begin, where other entries end their work. */
import assert from 'node:assert/strict';
import { createEngine } from '../../../../src/engine/engine.ts';
import { memorySource } from '../memorySource.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const START = 1785578400000000;

const span = (id: string, service: string, from: number, takes: number, error = false) => ({
  traceId: TRACE,
  id: id.padStart(16, '0'),
  name: `op ${id}`,
  timestamp: START + from,
  duration: takes,
  localEndpoint: { serviceName: service },
  tags: error ? { error: 'refused' } : {},
});

describe('recorded spans in the timeline', () => {
  it('have bars from their begin to their end, within the picture', async () => {
    const spans = [span('aa', 'front', 0, 50_000), span('bb', 'back', 10_000, 90_000, true)];
    const engine = createEngine({ source: memorySource({ 'a.json': JSON.stringify(spans) }), sentence: () => '' });
    await engine.open({ root: '/log' });
    const model = await engine.timeline('/log', { kind: 'trace', id: TRACE });
    assert.ok(model);
    assert.deepEqual(
      model.bars
        .filter(({ inferred }) => !inferred)
        .map(({ row, from, to, error }) => [model.rows[row].name, from - START, to - START, error]),
      [
        ['front', 0, 50_000, false],
        ['back', 10_000, 100_000, true],
      ],
    );
    assert.deepEqual([model.from - START, model.to - START], [0, 100_000]);
  });
});
