/** What a query line is offered to go on with. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Log } from '../../../../src/engine/index/log.ts';
import { completions } from '../../../../src/engine/query/complete.ts';
import { parseQuery } from '../../../../src/engine/query/parse.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { found } from './found.ts';

describe('the completion of a query', () => {
  let log: Log;
  before(async () => {
    const lines = [
      { level: 'info', service: 'pay', message: 'a', region: 'north', note: 'two words' },
      { level: 'error', service: 'pay', message: 'b', region: 'north', note: 'say "x"' },
      { level: 'info', service: 'stock', message: 'c', region: 'nowhere', 'odd key': 1 },
    ].map((line, second) => JSON.stringify({ time: `2024-03-05T08:00:0${second}Z`, ...line }));
    ({ log } = await openMemoryLog({ 'a.jsonl': `${lines.join('\n')}\n` }));
  });

  for (const [text, expected] of [
    ['se', ['service:']],
    ['region:n', ['region:north ', 'region:nowhere ']],
    ['level:error -ser', ['level:error -service:']],
    ['(a OR service:st', ['(a OR service:stock ']],
    ['level:fa', ['level:fatal ']],
    ['note:', ['note:"say \\"x\\"" ', 'note:"two words" ']],
    ['note:"two', ['note:"two words" ']],
    ['file:', ['file:a.jsonl ']],
    ['"service', []],
    ['service:pay ) x)', []],
    ['after:', []],
    ['missing:x', []],
  ] as const) {
    it(`${text} becomes ${expected.join(', ') || 'nothing else'}`, async () =>
      deepEqual(
        (await completions(log, text, 10)).map(({ query }) => query),
        expected,
      ));
  }

  it('begins with the fields there are, and keeps a limit', async () => {
    const all = (await completions(log, '', 99)).map(({ query }) => query);
    ok(all.includes('region:') && all.includes('after:'));
    ok(!all.some((query) => query.startsWith('odd')), 'what no query can name is not offered');
    equal((await completions(log, '', 3)).length, 3);
  });

  it('reads the values of a field once, however many letters are typed', async () => {
    const asked: number[] = [];
    const counted: Log = {
      ...log,
      read(entries) {
        asked.push(...Array.from(entries));
        return log.read(entries);
      },
    };
    const offered = async (text: string) => (await completions(counted, text, 9)).map(({ label }) => label);
    deepEqual(await offered('region:'), ['region:north', 'region:nowhere']);
    deepEqual(await offered('Region:nor'), ['Region:north']);
    deepEqual(asked, [0, 1, 2]);
    deepEqual(await offered('note:two'), ['note:two words']);
    deepEqual(asked, [0, 1, 2, 0, 1]);
  });

  it('offers values that find the entry they come from', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40 }), async (value) => {
        const line = JSON.stringify({ time: '2024-03-05T08:00:00Z', level: 'info', message: 'm', own: value });
        const { log: one } = await openMemoryLog({ 'a.jsonl': `${line}\n` });
        const [offered] = await completions(one, 'own:', 5);
        if (!offered) return;
        ok(!('message' in parseQuery(offered.query)), offered.query);
        deepEqual(await found(one, offered.query), ['m'], offered.query);
      }),
      { numRuns: 60 },
    );
  });
});
