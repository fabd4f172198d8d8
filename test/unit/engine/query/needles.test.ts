/** Looking through bytes before text must never lose an entry, and must save the reading of the others. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Log } from '../../../../src/engine/index/log.ts';
import { searchStretch } from '../../../../src/engine/query/search.ts';
import { wordsOf } from '../../../../src/engine/query/values.ts';
import { logText } from '../logFiles.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { bound, found } from './found.ts';

const LIMITS = { entries: 1000, read: { first: 3, most: 3 }, scan: { first: 5, most: 9 } };

async function entriesFound(log: Log, text: string, withNeedles: boolean): Promise<number[]> {
  const query = bound(log, text);
  const all: number[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const asked = withNeedles ? query : { ...query, needles: null };
    const stretch = await searchStretch(log, asked, from, 0, LIMITS);
    all.push(...stretch.entries);
    from = stretch.next;
  }
  return all;
}

const line = (message: string, more = ''): string => `{"time":"2026-08-01T10:00:00Z","message":"${message}"${more}}`;

describe('needles of a query', () => {
  it('are the longest words that must stand in a line', async () => {
    const { log } = await openMemoryLog({ 'a.jsonl': line('x', ',"code":"y","level":"info"') });
    const needles = (text: string) => bound(log, text).needles;
    deepEqual(needles('"Connection refused"'), ['connection']);
    deepEqual(needles('refused host timeout'), ['refused']);
    deepEqual(needles('refused OR message:time*out'), ['refused', 'time']);
    deepEqual(needles('(level:error OR refused) code:abc-defgh'), ['defgh']);
    equal(needles('level:error'), null);
    equal(needles('error -refused'), null);
    deepEqual(needles('error OR refused'), ['error', 'refused']);
    equal(needles('level:error OR -refused'), null);
    equal(needles('refused OR code:>3'), null);
    equal(needles('größe OR ä'), null);
    deepEqual(needles('größe'), ['gr']);
  });

  it('find what is escaped, in another case, or broken by line ends', async () => {
    const lines = [line('Ref\\u0075sed'), line('REFUSED by host'), line('first\\nrefused'), line('accepted')];
    const { log } = await openMemoryLog({ 'a.jsonl': lines.join('\n') });
    deepEqual(await found(log, 'refused'), ['Refused', 'REFUSED by host', 'first\nrefused']);
  });

  it('find what the journal writes as numbers', async () => {
    const numbers = JSON.stringify([...Buffer.from('pool refused')]);
    const lines = ['', ' '].map(
      (space) => `{"__REALTIME_TIMESTAMP":"1785578400000017","PRIORITY":"6","MESSAGE":${space}${numbers}}`,
    );
    const { log } = await openMemoryLog({ 'a.json': lines.join('\n') });
    deepEqual(await found(log, 'refused'), ['pool refused', 'pool refused']);
  });

  it('find the same as reading every entry, whatever the log', async () => {
    await fc.assert(
      fc.asyncProperty(logText, fc.nat(), fc.nat(), async (text, which, other) => {
        const { log } = await openMemoryLog({ 'a.log': text, 'b.log': text });
        const read = await log.read(log.order);
        const words = read.flatMap(({ message, fields }) =>
          wordsOf([message, ...fields.map(({ value }) => String(value))].join(' ')).filter(
            (word) => !/["\\]/.test(word),
          ),
        );
        if (words.length === 0) return;
        const [one, two] = [words[which % words.length], words[other % words.length]];
        for (const query of [`"${one}"`, `message:"${one}" OR "${two}"`, `"${one}" -"${two}"`]) {
          deepEqual(await entriesFound(log, query, true), await entriesFound(log, query, false), query);
        }
      }),
      {
        numRuns: 150,
        examples: [
          [
            '{"log":"{\\"__REALTIME_TIMESTAMP\\":\\"1785578400000017\\",\\"PRIORITY\\":\\"6\\",\\"MESSAGE\\":[27,91,51,50,109,111,107]}","stream":"stdout","time":"2026-08-01T10:00:00.123456789Z"}\n',
            0,
            0,
          ],
          ['[pod/api-1/app] {"ts":1.785578400123e+09,"level":"info","msg":"a float"}\n', 0, 1],
        ],
      },
    );
  });

  it('save the reading of entries that do not hold them', async () => {
    const lines = Array.from({ length: 200 }, (_, i) => line(i === 150 ? 'a rare needle' : `hay number ${i}`));
    const { log } = await openMemoryLog({ 'a.jsonl': lines.join('\n') });
    let read = 0;
    const counted: Log = {
      ...log,
      read(entries) {
        read += entries.length;
        return log.read(entries);
      },
    };
    deepEqual(await entriesFound(counted, 'needle', true), [150]);
    ok(read <= 2, `${read} entries were read`);
  });

  it('end a stretch before more are read than may be, and go on there', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => line(i % 2 ? 'straw' : `needle ${i}`));
    const { log } = await openMemoryLog({ 'a.jsonl': lines.join('\n') });
    const limits = { entries: 1000, read: { first: 3, most: 3 }, scan: { first: 30, most: 30 } };
    const first = await searchStretch(log, bound(log, 'needle'), 0, 10, limits);
    deepEqual([[...first.entries], first.next], [[0, 2, 4], 6]);
    equal((await entriesFound(log, 'needle', true)).length, 20);
  });

  it('are looked for in longer stretches the farther a search has come', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => line(`straw ${i}`));
    const { log } = await openMemoryLog({ 'a.jsonl': lines.join('\n') });
    const growing = { first: 2, most: 8 };
    const limits = { entries: 1000, read: growing, scan: growing };
    for (const query of ['-needle', 'straw', 'needle']) {
      const ends: (number | null)[] = [];
      for (let from: number | null = 0; from !== null; ) {
        from = (await searchStretch(log, bound(log, query), from, 10, limits)).next;
        ends.push(from);
      }
      deepEqual(ends, [2, 4, 8, 16, 24, 32, null], query);
    }
  });
});
