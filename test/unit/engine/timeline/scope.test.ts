import { equal } from 'node:assert/strict';
import { createEngine } from '../../../../src/engine/engine.ts';
import { memorySource } from '../memorySource.ts';

const LINES = [1, 2]
  .map((second) => ({
    timestamp: `2023-08-15T12:00:0${second}Z`,
    service: 'a',
    trace_id: 'AB12CD34EF56',
    message: 'm',
  }))
  .map((entry) => JSON.stringify(entry))
  .join('\n');

describe('the timeline of a trace', () => {
  for (const [name, id] of [
    ['as written', 'ab12CD34ef56'],
    ['in lower case', 'ab12cd34ef56'],
    ['in upper case', 'AB12CD34EF56'],
    ['as pasted', ' AB12CD34EF56 '],
  ] as const) {
    it(`is found by its id ${name}`, async () => {
      const engine = createEngine({ source: memorySource({ 'a.jsonl': LINES }), sentence: ({ key }) => key });
      await engine.open({ root: '/log' });
      const scope = { kind: 'trace', id } as const;
      equal((await engine.timeline('/log', scope))?.entries, 2);
      equal((await engine.marks('/log', scope, 0, 4e15, 10)).time.length, 2);
    });
  }

  it('is null where no entry has the id', async () => {
    const engine = createEngine({ source: memorySource({ 'a.jsonl': LINES }), sentence: ({ key }) => key });
    await engine.open({ root: '/log' });
    equal(await engine.timeline('/log', { kind: 'trace', id: 'ab12cd34ef57' }), null);
  });
});
