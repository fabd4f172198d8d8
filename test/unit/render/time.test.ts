import { deepEqual, equal } from 'node:assert/strict';
import { formatClock, formatDate, formatDuration, formatTime, isZone, rfc3339 } from '../../../src/render/time.ts';

const NOON = Date.UTC(2023, 7, 15, 12, 1, 58, 325) * 1000 + 42;

describe('times', () => {
  it('are written as RFC 3339 in UTC with six decimals', () => {
    equal(rfc3339(NOON), '2023-08-15T12:01:58.325042Z');
    equal(rfc3339(0), '1970-01-01T00:00:00.000000Z');
    equal(rfc3339(-1), '1969-12-31T23:59:59.999999Z');
  });

  it('are null where RFC 3339 has no year for them', () => {
    const [first, end] = [Date.UTC(-1, 11, 32) * 1000, Date.UTC(10_000, 0) * 1000];
    equal(rfc3339(first), '0000-01-01T00:00:00.000000Z');
    equal(rfc3339(end - 1_000_000), '9999-12-31T23:59:59.000000Z');
    deepEqual([first - 1_000_000, end, 1e300, -1e300, Number.NaN].map(rfc3339), [null, null, null, null, null]);
  });

  for (const [zone, expected] of [
    ['UTC', '2023-08-15 12:01:58.325Z'],
    ['Z', '2023-08-15 12:01:58.325Z'],
    ['+02:00', '2023-08-15 14:01:58.325+02:00'],
    ['-0330', '2023-08-15 08:31:58.325-03:30'],
    ['Europe/Berlin', '2023-08-15 14:01:58.325+02:00'],
    ['Asia/Kathmandu', '2023-08-15 17:46:58.325+05:45'],
  ] as const) {
    it(`are shown in ${zone}`, () => equal(formatTime(NOON, zone), expected));
  }

  it('follow summer time in a named zone', () => {
    equal(formatTime(Date.UTC(2023, 0, 15, 12) * 1000, 'Europe/Berlin'), '2023-01-15 13:00:00.000+01:00');
    equal(formatTime(Date.UTC(2023, 2, 26, 0, 59, 59) * 1000, 'Europe/Berlin'), '2023-03-26 01:59:59.000+01:00');
    equal(formatTime(Date.UTC(2023, 2, 26, 1) * 1000, 'Europe/Berlin'), '2023-03-26 03:00:00.000+02:00');
  });

  it('are short where the day is known', () => {
    equal(formatClock(NOON), '12:01:58');
    equal(formatClock(NOON, 'UTC', 'millisecond'), '12:01:58.325');
    equal(formatDate(NOON, '+13:00'), '2023-08-16');
  });

  it('are a dash where none is known or none can be', () => {
    equal(formatTime(null), '–');
    equal(formatClock(null), '–');
    equal(formatTime(1e300), '–');
    equal(formatTime(Date.UTC(10_000, 0) * 1000, '+02:00'), '–');
    equal(formatTime(Number.NaN), '–');
  });

  it('know a zone from a word', () => {
    equal(isZone('America/New_York'), true);
    equal(isZone('+05:30'), true);
    equal(isZone('Middle/Earth'), false);
    deepEqual(['+23:59', '-12', '+24:00', '+99:99', '+05:60', '+5', ''].map(isZone), [
      ...[true, true, false, false, false, false, false],
    ]);
    equal(formatTime(NOON, '-03'), '2023-08-15 09:01:58.325-03:00');
  });
});

describe('durations', () => {
  for (const [ms, expected] of [
    [null, '–'],
    [Number.NaN, '–'],
    [0, '0 ms'],
    [0.004, '0.1 ms'],
    [1.25, '1.3 ms'],
    [9.97, '10 ms'],
    [45, '45 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [2350, '2.35 s'],
    [9996, '10 s'],
    [30_000, '30 s'],
    [99_123, '99.1 s'],
    [119_990, '2 min'],
    [725_000, '12 min 5 s'],
    [3_599_900, '1 h'],
    [6_300_000, '1 h 45 min'],
    [100_000_000, '27 h 47 min'],
    [172_790_000, '2 d'],
    [273_600_000, '3 d 4 h'],
    [-1500, '−1.5 s'],
  ] as const) {
    it(`of ${ms} ms read ${expected}`, () => equal(formatDuration(ms), expected));
  }
});
