import { equal } from 'node:assert/strict';
import { onLogsDay, readTime } from '../../../src/base/timeInput.ts';
import { rfc3339 } from '../../../src/render/time.ts';

const utc = (...parts: [number, number, number, number?, number?]): number => Date.UTC(...parts) * 1000;
const LOG = { from: utc(2023, 7, 15, 10, 15), to: utc(2023, 7, 15, 13, 5) };
const NIGHT = { from: utc(2023, 7, 15, 22, 0), to: utc(2023, 7, 16, 3, 0) };

function check(text: string, zone: string, expected: string | null, range = LOG): void {
  const time = readTime(text, zone);
  equal(time && rfc3339(onLogsDay(time, range)), expected);
}

describe('times as typed', () => {
  for (const [text, expected] of [
    ['2023-08-15T12:30:00Z', '2023-08-15T12:30:00.000000Z'],
    ['2023-08-15t12:30:00.1234567z', '2023-08-15T12:30:00.123456Z'],
    ['2023-08-15T12:30:00+02:00', '2023-08-15T10:30:00.000000Z'],
    ['2023-08-15 12:30', '2023-08-15T12:30:00.000000Z'],
    ['2023-08-15 12:30:15,5', '2023-08-15T12:30:15.500000Z'],
    ['2023-08-15', '2023-08-15T00:00:00.000000Z'],
    ['12:30', '2023-08-15T12:30:00.000000Z'],
    [' 9:05:01 ', '2023-08-15T09:05:01.000000Z'],
    ['24:00', '2023-08-16T00:00:00.000000Z'],
    ['2023-08-15T12:30:00+99:99', null],
    ['24:01', null],
    ['12:60', null],
    ['2023-02-29', null],
    ['2023-13-01', null],
    ['noon', null],
    ['', null],
    ['12:30 or so', null],
  ] as const) {
    it(`${JSON.stringify(text)} is ${expected}`, () => check(text, 'UTC', expected));
  }

  it('take the zone asked for, summer time included', () => {
    check('2023-08-15 12:30', 'Europe/Berlin', '2023-08-15T10:30:00.000000Z');
    check('2023-01-15 12:30', 'Europe/Berlin', '2023-01-15T11:30:00.000000Z');
    check('12:30', '+02:00', '2023-08-15T10:30:00.000000Z');
  });

  it("mean the log's day, and the next one where the log runs past midnight", () => {
    check('23:00', 'UTC', '2023-08-15T23:00:00.000000Z', NIGHT);
    check('02:00', 'UTC', '2023-08-16T02:00:00.000000Z', NIGHT);
    check('21:00', 'UTC', '2023-08-15T21:00:00.000000Z', NIGHT);
    check('00:30', '+02:00', '2023-08-15T22:30:00.000000Z', NIGHT);
  });
});
