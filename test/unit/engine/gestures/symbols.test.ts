import assert from 'node:assert/strict';
import { engineOn, jaeger, line, ROOT } from './gestureLog.ts';

describe('symbols', () => {
  const text =
    line(1, { trace: 'feed0001feed', msg: 'order taken' }) +
    line(2, { trace: 'feed0001feed', service: 'bank', level: 'error', msg: 'card 4711 refused' }) +
    line(3, { trace: 'feed0002feed', service: 'bank', msg: 'card 4712 refused' });

  async function symbols(wanted: string, limit = 50): Promise<string[]> {
    const engine = await engineOn({ 'a.jsonl': text });
    const found = await engine.symbols(ROOT, wanted, limit);
    return found.map(({ kind, name, entries, worstLevel, first }) =>
      [kind, name, entries, worstLevel, first.line].join(' '),
    );
  }

  it('are the services where nothing is typed yet, with what they said', async () => {
    assert.deepEqual(await symbols(''), ['service bank 2 error 2', 'service till 1 info 1']);
  });

  it('are ids once enough is typed to tell them apart', async () => {
    assert.deepEqual(await symbols('feed0001'), ['id feed0001feed 2 error 1']);
    assert.deepEqual(await symbols('fe'), []);
  });

  it('are messages, whatever numbers stand in them', async () => {
    assert.deepEqual(await symbols('REFUSED'), ['message card <*> refused 2 error 2']);
  });

  it('are no more than asked for', async () => {
    assert.equal((await symbols('', 1)).length, 1);
  });

  it('are operations of recorded spans', async () => {
    const engine = await engineOn({ 'spans.json': jaeger([['a1a1a1a1a1a1a1a1', null, 'till', 1]]) });
    const found = await engine.symbols(ROOT, '', 10);
    assert.deepEqual(
      found.map(({ kind, name }) => `${kind} ${name}`),
      ['service till', 'operation till work'],
    );
  });
});
