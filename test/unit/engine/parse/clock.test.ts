import assert from 'node:assert/strict';
import { TimestampReader } from '../../../../src/engine/formats/timestamp.ts';
import { Clock, type ClockOptions } from '../../../../src/engine/parse/clock.ts';

const encoder = new TextEncoder();
const micros = (iso: string) => Date.parse(iso) * 1000;

/** What a clock makes of the times of a file, in order. */
function times(texts: string[], options: Partial<ClockOptions> = {}) {
  const clock = new Clock({ zone: 'UTC', year: null, path: 'app.log', ...options });
  const reader = new TimestampReader();
  const all = texts.map((text) => {
    const bytes = encoder.encode(text);
    assert.ok(reader.read(bytes, 0, bytes.length), text);
    return new Date(clock.utc(reader, Number.NaN) / 1000).toISOString().slice(0, 19);
  });
  return { all, clock };
}

describe('clock', () => {
  const cases: [what: string, texts: string[], options: Partial<ClockOptions>, expected: string[], undated: boolean][] =
    [
      ['the year asked for', ['Nov 15 21:24:58'], { year: 2024 }, ['2024-11-15T21:24:58'], false],
      [
        'the year of dated entries of the same set',
        ['Nov 15 21:24:58'],
        { near: micros('2025-01-10T00:00:00Z') },
        ['2024-11-15T21:24:58'],
        false,
      ],
      [
        'the year of a dated line before',
        ['2023-03-01 10:00:00', 'Mar  1 10:00:05'],
        {},
        ['2023-03-01T10:00:00', '2023-03-01T10:00:05'],
        false,
      ],
      [
        'the year of a date in the name',
        ['Nov 15 21:24:58'],
        { path: 'a/app-2022-11-16.log' },
        ['2022-11-15T21:24:58'],
        true,
      ],
      [
        'the year in which the file was written',
        ['Nov 15 21:24:58'],
        { modified: micros('2026-03-01T00:00:00Z') },
        ['2025-11-15T21:24:58'],
        true,
      ],
      [
        'the year in which it was written, minutes before',
        ['Nov 15 21:24:58'],
        { modified: micros('2025-11-15T21:30:00Z') },
        ['2025-11-15T21:24:58'],
        true,
      ],
      [
        'the year in which it was written, though other files are of a later one',
        ['Feb  5 17:32:21'],
        { near: micros('2026-11-19T10:00:00Z'), modified: micros('2026-02-06T00:00:00Z') },
        ['2026-02-05T17:32:21'],
        false,
      ],
      [
        'the year of other files, where the file was written long before any',
        ['Feb  5 17:32:21'],
        { near: micros('2026-11-19T10:00:00Z'), modified: micros('1980-01-01T00:00:00Z') },
        ['2027-02-05T17:32:21'],
        false,
      ],
      [
        'the dated line before, whatever other files say',
        ['2026-11-19 10:00:00', '10:00:01', 'Nov 19 10:00:02'],
        { near: micros('2024-01-01T10:00:00Z') },
        ['2026-11-19T10:00:00', '2026-11-19T10:00:01', '2026-11-19T10:00:02'],
        false,
      ],
      [
        'each dated line before, over midnight as well',
        ['2026-11-19 10:00:00', '10:00:01', '2026-11-21 23:59:59', '00:00:01', '00:00:02'],
        { path: 'app-2026-11-19.log' },
        [
          '2026-11-19T10:00:00',
          '2026-11-19T10:00:01',
          '2026-11-21T23:59:59',
          '2026-11-22T00:00:01',
          '2026-11-22T00:00:02',
        ],
        false,
      ],
      [
        'the dated lines of the segment before',
        ['10:00:01'],
        { own: micros('2026-11-19T10:00:00Z'), near: micros('2024-01-01T10:00:00Z') },
        ['2026-11-19T10:00:01'],
        false,
      ],
      [
        'midnight, with a late line at the head of the file',
        ['00:00:00', '23:59:59', '00:00:01'],
        { near: micros('2026-11-19T00:00:00Z') },
        ['2026-11-19T00:00:00', '2026-11-18T23:59:59', '2026-11-19T00:00:01'],
        false,
      ],
      ['no year known', ['Nov 15 21:24:58'], {}, ['1970-11-15T21:24:58'], true],
      [
        'the turn of the year',
        ['Dec 31 23:59:59', 'Jan  1 00:00:01', 'Dec 31 23:59:58', 'Jan  1 00:00:02'],
        { year: 2024 },
        ['2024-12-31T23:59:59', '2025-01-01T00:00:01', '2024-12-31T23:59:58', '2025-01-01T00:00:02'],
        false,
      ],
      [
        'newest first over the turn of the year',
        ['Jan  1 00:00:01', 'Dec 31 23:59:59'],
        { year: 2025 },
        ['2025-01-01T00:00:01', '2024-12-31T23:59:59'],
        false,
      ],
      [
        'months of silence',
        ['Jan  5 10:00:00', 'Sep  5 10:00:00'],
        { year: 2024 },
        ['2024-01-05T10:00:00', '2024-09-05T10:00:00'],
        false,
      ],
      [
        '29 February in a leap year',
        ['Feb 28 23:59:59', 'Feb 29 12:00:00', 'Mar  1 00:00:00'],
        { year: 2024 },
        ['2024-02-28T23:59:59', '2024-02-29T12:00:00', '2024-03-01T00:00:00'],
        false,
      ],
      [
        '29 February, near a year that has none',
        ['Feb 29 12:00:00'],
        { near: micros('2025-03-01T00:00:00Z') },
        ['2024-02-29T12:00:00'],
        false,
      ],
      [
        'a bare time on the day in the name',
        ['10:00:00'],
        { path: 'app.20260801.log', near: micros('2026-08-03T09:00:00Z') },
        ['2026-08-01T10:00:00'],
        false,
      ],
      [
        'a bare time near dated entries',
        ['23:50:00', '00:10:00'],
        { near: micros('2026-08-01T00:05:00Z') },
        ['2026-07-31T23:50:00', '2026-08-01T00:10:00'],
        false,
      ],
      [
        'a bare time before the file was written',
        ['23:50:00'],
        { modified: micros('2026-08-01T00:05:00Z') },
        ['2026-07-31T23:50:00'],
        true,
      ],
      ['a zone', ['Nov 15 21:24:58'], { year: 2024, zone: '+02:00' }, ['2024-11-15T19:24:58'], false],
      [
        'a day that a zone moves',
        ['00:30:00'],
        { zone: '+02:00', near: micros('2026-08-01T22:00:00Z') },
        ['2026-08-01T22:30:00'],
        false,
      ],
      [
        'no date in digits that are none',
        ['10:00:00'],
        { path: 'app-12345678.log', year: 2026 },
        ['2026-01-01T10:00:00'],
        true,
      ],
    ];
  for (const [what, texts, options, expected, undated] of cases) {
    it(`puts times by ${what}`, () => {
      const { all, clock } = times(texts, options);
      assert.deepEqual(all, expected);
      assert.equal(clock.undated, undated);
    });
  }

  it('says which year it assumed, and none where dates are whole', () => {
    assert.equal(times(['Dec 31 23:59:59', 'Jan  1 00:00:01'], { year: 2024 }).clock.assumedYear, 2024);
    assert.equal(times(['2024-12-31 23:59:59']).clock.assumedYear, null);
  });

  it('takes the year of a collector, and whole hours between the two for a zone', () => {
    const clock = new Clock({ zone: 'UTC', year: null, path: 'app.log' });
    const reader = new TimestampReader();
    const bytes = encoder.encode('Jan  1 01:30:00');
    assert.ok(reader.read(bytes, 0, bytes.length));
    const envelope = micros('2025-12-31T23:30:01Z');
    assert.equal(clock.utc(reader, envelope), micros('2025-12-31T23:30:00Z'));
    assert.equal(clock.assumedZone, '+02:00');
    assert.equal(clock.undated, false);
  });
});
