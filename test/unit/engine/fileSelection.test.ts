import assert from 'node:assert/strict';
import { openMemoryLog } from './openMemoryLog.ts';

const second = (i: number) =>
  `2026-08-01T10:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}Z`;
const record = (i: number) => `${JSON.stringify({ time: second(i), level: 'info', msg: `step ${i}` })}\n`;
const records = (count: number) => Array.from({ length: count }, (_, i) => record(i)).join('');
const goroutines = (count: number) =>
  Array.from({ length: count }, (_, i) => `goroutine ${i} [running]:\nmain.main()\n\t/app/main.go:${i}\n\n`).join('');
const banner = Array.from({ length: 20 }, (_, i) => `*** ${'='.repeat(i)}\n`).join('');

describe('the choice of files', () => {
  // The panic itself is an entry too.
  const logs: [what: string, text: string, entries: number][] = [
    ['a long crash below its records', `${records(10)}panic: nil map\n\n${goroutines(30)}`, 11],
    ['a crash that fills the head', `${records(10)}panic: nil map\n\n${goroutines(2000)}`, 11],
    ['a crash right behind the first record', `${record(0)}panic: nil map\n\n${goroutines(1)}`, 2],
    ['records with commas between them', records(3).replaceAll('\n', ',\n'), 3],
    ['a banner of many lines', banner + records(4), 4],
    ['a banner and a crash', `${banner}${records(9)}panic: nil map\n\n${goroutines(9)}`, 10],
    ['records that only tell how long something took', `{"time":"${second(0)}","duration_ms":5}\n`.repeat(3), 3],
  ];
  for (const [what, text, entries] of logs) {
    it(`takes ${what}`, async () => {
      const { log, summary } = await openMemoryLog({ 'a.log': text });
      assert.deepEqual(summary.skipped, []);
      assert.equal(log.files[0].entries, entries);
    });
  }

  const others: [what: string, text: string][] = [
    ['prose around a record', `We saw this:\n${record(0)}and nobody knew\nwhat to do.\n`],
    ['prose between records', `One:\n${record(0)}Two:\n${record(1)}Three:\n${record(2)}And so on.\n`],
    ['long prose below one record', `${record(0)}${'It went on and on.\n'.repeat(300)}`],
    ['a letter that names a time', 'Dear all,\nthe error came at 10:00:00 on 2026-08-01. level=high\nRegards\n'],
    [
      'a list of files',
      'total 12\n-rw-r--r-- 1 root root 12 Aug  1 10:00 a.log\n-rw-r--r-- 1 root root 12 2026-08-01 10:00:00 b.log\n',
    ],
    [
      'a scrape of metrics',
      '# HELP requests_total x\nrequests_total{code="200"} 1027 1785578400123\nrequests_total{code="500"} 3 1785578400123\n',
    ],
    [
      'rows of data',
      Array.from({ length: 5 }, (_, i) => `{"id":${i},"name":"p${i}","created_at":"${second(i)}","price":1.5}\n`).join(
        '',
      ),
    ],
  ];
  for (const [what, text] of others) {
    it(`skips ${what}`, async () => {
      const { summary } = await openMemoryLog({ 'a.txt': text });
      assert.deepEqual(
        summary.skipped.map(({ path }) => path),
        ['a.txt'],
      );
    });
  }
});
