/** What to log better, of logs that do one thing wrong. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { soundOf } from '../../../../src/engine/advice/levels.ts';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import type { Advice } from '../../../../src/incident.ts';
import { sampleFiles } from '../incident/sample.ts';
import { openMemoryLog } from '../openMemoryLog.ts';

const TIME = '"timestamp":"2024-01-01T00:00:00Z"';

async function advice(files: Record<string, string[]>): Promise<Advice[]> {
  const texts = Object.fromEntries(Object.entries(files).map(([name, lines]) => [name, `${lines.join('\n')}\n`]));
  return (await analyse((await openMemoryLog(texts)).log)).advice;
}

/** One line of JSON; the id of a trace by default. */
const line = (rest: string, service = 'shop', id = ',"trace_id":"4bf92f3577b34da6"'): string =>
  `{${TIME},"level":"INFO","service":"${service}"${id},${rest}}`;

const times = (count: number, text: string): string[] => new Array(count).fill(text);

describe('advice', () => {
  const cases: [title: string, files: Record<string, string[]>, found: string[]][] = [
    ['is none where all is well', { 'a.jsonl': times(30, line('"message":"Hello","took_ms":5')) }, []],
    [
      'is to log the ids that some lines have',
      { 'a.jsonl': [line('"message":"Hello"'), ...times(3, line('"message":"Bye"', 'shop', ''))] },
      ['some-ids 3'],
    ],
    [
      'is to log ids where other services do',
      { 'a.jsonl': times(2, line('"message":"Hello"')), 'b.jsonl': times(3, line('"message":"Hello"', 'stock', '')) },
      ['never-ids 3'],
    ],
    [
      'is to log ids where nobody does',
      {
        'a.jsonl': times(10, line('"message":"Hello"', 'shop', '')),
        'b.jsonl': times(10, line('"message":"Hello"', 'stock', '')),
      },
      ['no-ids 20'],
    ],
    [
      'is not to log the id of a trace where another leads from service to service',
      {
        'a.jsonl': Array.from({ length: 10 }, (_, at) =>
          line(`"message":"Placed","order_id":"ORD-7000${at}"`, 'shop', ''),
        ),
        'b.jsonl': Array.from({ length: 10 }, (_, at) =>
          line(`"message":"Packed","order_id":"ORD-7000${at}"`, 'stock', ''),
        ),
      },
      [],
    ],
    [
      'is nothing about units that a format only may have',
      {
        'access.log': times(
          30,
          '10.1.2.3 - - [03/Jun/2025:09:00:01 +0000] "GET /items HTTP/1.1" 200 512 "-" "curl/8" rt=0.012',
        ),
      },
      [],
    ],
    [
      'is to log a failure at a level that is read',
      {
        'a.jsonl': [...times(3, line('"message":"Payment failed"')), ...times(3, line('"message":"Done, failed: 0"'))],
      },
      ['level-too-low 3'],
    ],
    [
      'is to log success below ERROR',
      { 'a.jsonl': times(3, line('"message":"Payment completed"').replace('INFO', 'ERROR')) },
      ['level-too-high 3'],
    ],
    [
      'is to log one field in one unit',
      {
        'a.jsonl': [
          ...times(2, line('"message":"Rate","rate":0.27')),
          line('"message":"Rate","rate":"3.8%"'),
          line('"message":"Rate","rate":12'),
        ],
      },
      ['units 4'],
    ],
    [
      'takes no id for a number with a unit',
      {
        'a.jsonl': [
          ...times(3, line('"message":"Hello","batch":"4439079daaed"')),
          ...times(3, line('"message":"Hello","batch":"84423535377d"')),
        ],
      },
      [],
    ],
    [
      'does not take small numbers beside large ones for two units',
      { 'a.jsonl': [line('"message":"Took","took":0.27'), line('"message":"Took","took":12')] },
      [],
    ],
    [
      'is to log in one unit under one key',
      {
        'a.jsonl': [
          line('"message":"Took","query_time_ms":5'),
          line('"message":"Took","query_time_s":5'),
          line('"message":"Took","lag_s":5'),
        ],
      },
      ['units-in-keys 2'],
    ],
    [
      'is to log a key once',
      { 'a.jsonl': times(2, line('"message":"System stats","load":5,"message":"Nearly full"')) },
      ['repeated-key 2'],
    ],
    [
      'is to log times that can be read',
      {
        'a.jsonl': [
          ...times(9, line('"message":"Hello"')),
          ...times(2, line('"message":"Hello"').replace('2024-01-01T00:00:00Z', 'yesterday')),
        ],
      },
      ['no-time 2'],
    ],
    [
      'is to log who speaks',
      {
        'a.jsonl': times(3, line('"message":"Hello"')),
        'b.jsonl': times(3, line('"message":"Hello"').replace('"service":"shop",', '')),
      },
      [],
    ],
  ];
  for (const [title, files, found] of cases) {
    it(title, async () =>
      deepEqual(
        (await advice(files)).map(({ kind, count }) => `${kind} ${count}`),
        found,
      ),
    );
  }

  it('has lines that show it, three at most, one for each way of writing', async () => {
    const ways = ['0.27', '"3.8%"', '12', '"15 %"', '7'].map((rate) => line(`"message":"Rate","rate":${rate}`));
    const [units] = await advice({ 'a.jsonl': ways });
    deepEqual(
      units.examples.map((example) => example.line),
      [1, 3, 2],
    );
    deepEqual([units.message.args.ways, units.message.args.values], [3, '0.27, 12, "3.8%"']);
  });

  it('finds in the sample what its readers stumble over', async () => {
    const { log } = await openMemoryLog(sampleFiles());
    const found = (await analyse(log)).advice;
    const told = found.map(
      ({ kind, count, message: { args } }) => `${kind} ${args.service ?? args.key ?? ''} ${count}`,
    );
    deepEqual(told.slice(0, 4), [
      'some-ids inventory-service 7',
      'some-ids order-service 4',
      'some-ids payment-service 3',
      'never-ids db-monitor 8',
    ]);
    const rate = found.find(({ kind, message }) => kind === 'units' && message.args.key === 'error_rate');
    equal(rate?.message.args.ways, 3);
    ok(
      rate?.examples.every(({ file, line: number }) =>
        readFileSync(`samples/primomart/${file}`, 'utf8').split('\n')[number - 1].includes('error_rate'),
      ),
    );
    ok(told.includes('repeated-key message 1'), told.join());
  });
});

describe('soundOf', () => {
  const cases: [string, number][] = [
    ['Payment failed', 1],
    ['could not open <*>', 1],
    ['Connection refused by <*>', 1],
    ['Retry after failure successful', 0],
    ['<*> failed', 0],
    ['failed: <*>', 0],
    ['No failures', 0],
    ['If the call failed, try again', 0],
    ['failover done', 0],
    ['Timeout set to <*>', 0],
    ['Order completed', 2],
    ['Status: OK', 2],
    ['Order not completed', 0],
    ['Completed with errors', 0],
    ['Unsuccessful login', 0],
  ];
  for (const [text, expected] of cases) it(`${text}: ${expected}`, () => equal(soundOf(text), expected));
});
