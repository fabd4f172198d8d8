import assert from 'node:assert/strict';
import fc from 'fast-check';
import { timeOrder } from '../../../../src/engine/index/order.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { json } from './lines.ts';

describe('times', () => {
  it('takes whole hours between a record and its envelope as a zone', async () => {
    const line = (inner: string, outer: string) =>
      json({ log: `${inner} INFO  c.e.Pool - x\n`, stream: 'stdout', time: outer });
    const { log } = await openMemoryLog({
      'a.log':
        line('18:00:00.120', '2026-08-01T10:00:00.123456789Z') + line('00:00:01.000', '2026-08-01T16:00:01.001Z'),
    });
    assert.deepEqual(
      [...log.time],
      [Date.parse('2026-08-01T10:00:00.120Z') * 1000, Date.parse('2026-08-01T16:00:01Z') * 1000],
    );
    assert.equal(log.files[0].assumed.zone, '+08:00');
  });

  it('assumes UTC, or the zone asked for, and says so', async () => {
    const files = { 'a.log': '2026-08-01 10:00:00,000 INFO [main] c.e.Pool - x\n' };
    const utc = await openMemoryLog(files);
    const berlin = await openMemoryLog(files, { zone: 'Europe/Berlin' });
    assert.equal(utc.log.time[0] - berlin.log.time[0], 2 * 3600e6);
    assert.deepEqual([utc.log.files[0].assumed.zone, berlin.log.files[0].assumed.zone], ['UTC', 'Europe/Berlin']);
  });

  for (const [what, dates, expected] of [
    [
      'the day first, where one of them proves it',
      ['05/11/2026', '06/11/2026', '13/11/2026', '05/12/2026'],
      [5, 6, 13, 35],
    ],
    ['the month first, where one of them proves it', ['11/05/2026', '11/13/2026'], [5, 13]],
    ['the month first, where nothing tells', ['11/05/2026', '11/06/2026'], [5, 6]],
  ] as const) {
    it(`reads all dates of a file with ${what}`, async () => {
      const text = dates.map((date) => `${date} 10:00:00 ERROR a\n`).join('');
      const fields = dates.map((date) => json({ time: `${date} 10:00:00`, level: 'info', msg: 'a' })).join('');
      for (const content of [text, fields]) {
        const { log } = await openMemoryLog({ 'a.log': content });
        const first = Date.parse('2026-10-31T10:00:00Z') * 1000;
        assert.deepEqual(
          [...log.time].map((time) => (time - first) / 86_400e6),
          [...expected],
        );
      }
    });
  }

  it('goes one day forward at midnight', async () => {
    const line = (time: string) => `${time} INFO [main] c.e.Pool - x\n`;
    const { log } = await openMemoryLog({
      'app-2026-08-01.log': line('23:59:59.000') + line('00:00:01.000') + line('00:00:00.500'),
    });
    assert.equal(log.time[1] - log.time[0], 2e6);
    assert.equal(log.time[1] - log.time[2], 0.5e6);
    assert.equal(new Date(log.time[0] / 1000).toISOString(), '2026-08-01T23:59:59.000Z');
  });

  it('takes a line that comes late after midnight for one of the evening before', async () => {
    const line = (time: string) => `${time} INFO [main] c.e.Pool - x\n`;
    const { log } = await openMemoryLog({
      'app-2026-08-01.log': ['23:59:59.000', '00:00:01.000', '23:59:59.500', '00:00:02.000'].map(line).join(''),
    });
    assert.deepEqual(
      [...log.time].map((time) => new Date(time / 1000).toISOString()),
      ['2026-08-01T23:59:59.000Z', '2026-08-02T00:00:01.000Z', '2026-08-01T23:59:59.500Z', '2026-08-02T00:00:02.000Z'],
    );
  });

  it('puts bare times of day into the year asked for, and says so', async () => {
    const files = { 'svc-12345678.log': '10:00:00.000 INFO [main] c.e.Pool - x\n' };
    const { log } = await openMemoryLog(files, { year: 2026 });
    assert.equal(new Date(log.time[0] / 1000).toISOString(), '2026-01-01T10:00:00.000Z');
    assert.equal(log.files[0].assumed.year, 2026);
  });

  it('orders entries of shuffled files by time, then file, then line', () => {
    const time = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(fc.array(time, { maxLength: 8 }), { maxLength: 5 }), (files) => {
        const flat = files.flat();
        const first = [0];
        for (const file of files) first.push((first.at(-1) ?? 0) + file.length);
        const effective: number[] = [];
        for (const file of files) {
          let last = Number.NEGATIVE_INFINITY;
          for (const t of file) {
            last = Number.isNaN(t) ? last : t;
            effective.push(last);
          }
        }
        const expected = flat
          .map((_, i) => i)
          .sort((a, b) => (effective[a] === effective[b] ? a - b : effective[a] < effective[b] ? -1 : 1));
        assert.deepEqual([...timeOrder(Float64Array.from(flat), first)], expected);
      }),
    );
  });
});
