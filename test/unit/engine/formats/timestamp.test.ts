import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TimestampReader } from '../../../../src/engine/formats/timestamp.ts';

const encoder = new TextEncoder();

function read(text: string): string | null {
  const reader = new TimestampReader();
  const bytes = encoder.encode(text);
  if (!reader.read(bytes, 0, bytes.length)) return null;
  const iso = new Date(Math.floor(reader.micros / 1000)).toISOString().slice(0, -1);
  const micros = String(reader.micros % 1000).padStart(3, '0');
  return `${iso}${micros}${reader.zoned ? 'Z' : ''}${reader.dated ? '' : ' of day'}${reader.yearless ? ' of some year' : ''} +${text.length - reader.end}`;
}

describe('timestamps', () => {
  const cases: [string, string | null][] = [
    ['2023-08-15T10:15:03.231Z', '2023-08-15T10:15:03.231000Z +0'],
    ['2023-08-15 10:15:03,231', '2023-08-15T10:15:03.231000 +0'],
    ['2023-08-15T10:15:03.123456789+02:00', '2023-08-15T08:15:03.123456Z +0'],
    ['2023-08-15T10:15:03-0530 x', '2023-08-15T15:45:03.000000Z +2'],
    ['2026-03-01 10:00:00.123+02', '2026-03-01T08:00:00.123000Z +0'],
    ['2026-03-01 10:00:00 -12 items', '2026-03-01T10:00:00.000000 +10'],
    ['9999-12-31T23:59:59.999999Z', null],
    ['9999999999999999', null],
    ['2023-08-15T10:15Z', '2023-08-15T10:15:00.000000Z +0'],
    ['2024-02-29T23:59:60Z', '2024-03-01T00:00:00.000000Z +0'],
    ['2023-02-29T00:00:00Z', null],
    ['2023-13-01T00:00:00Z', null],
    ['2023-08-15T24:00:00Z', null],
    ['2023/08/15 10:15:03 INFO', '2023-08-15T10:15:03.000000 +5'],
    ['2023-08-15 10:15:03 UTC', '2023-08-15T10:15:03.000000Z +0'],
    ['01/Aug/2026:10:00:30 +0000]', '2026-08-01T10:00:30.000000Z +1'],
    ['16:42:09.705 INFO', '1970-01-01T16:42:09.705000 of day +5'],
    ['1785578400', '2026-08-01T10:00:00.000000Z +0'],
    ['1785578400.123', '2026-08-01T10:00:00.123000Z +0'],
    ['1785578400123', '2026-08-01T10:00:00.123000Z +0'],
    ['1785578400123.456789', '2026-08-01T10:00:00.123456Z +0'],
    ['1785578400123456', '2026-08-01T10:00:00.123456Z +0'],
    ['1785578400123456789', '2026-08-01T10:00:00.123456Z +0'],
    ['Nov 15 21:24:58 host', '1972-11-15T21:24:58.000000 of some year +5'],
    ['Nov  5 21:24:58', '1972-11-05T21:24:58.000000 of some year +0'],
    ['Feb 29 00:00:00', '1972-02-29T00:00:00.000000 of some year +0'],
    ['Nov 15 2024 21:24:58', '2024-11-15T21:24:58.000000 +0'],
    ['Nov 15, 2024 9:24:58 PM', '2024-11-15T21:24:58.000000 +0'],
    ['Fri Nov 15 21:24:58.123456 2024]', '2024-11-15T21:24:58.123456 +1'],
    ['Fri Nov 15 21:24:58 UTC 2024', '2024-11-15T21:24:58.000000Z +0'],
    ['Fri, 15 Nov 2024 21:24:58 GMT', '2024-11-15T21:24:58.000000Z +0'],
    ['Friday Nov 15 21:24:58', '1972-11-15T21:24:58.000000 of some year +0'],
    ['1115 21:24:58.438419 77', '1972-11-15T21:24:58.438419 of some year +3'],
    ['20241115 21:24:58.438419', '2024-11-15T21:24:58.438419 +0'],
    ['20241115T212458Z', '2024-11-15T21:24:58.000000Z +0'],
    ['241115 21:24:58', '2024-11-15T21:24:58.000000 +0'],
    ['15/Nov/2024 21:24:58', '2024-11-15T21:24:58.000000 +0'],
    ['15-Nov-2024 21:24:58.123 SEVERE', '2024-11-15T21:24:58.123000 +7'],
    ['15 Nov 2024 21:24:58.123 *', '2024-11-15T21:24:58.123000 +2'],
    ['15 Nov 21:24:58.123 *', '1972-11-15T21:24:58.123000 of some year +2'],
    ['2024/11/12 - 15:19:06 |', '2024-11-12T15:19:06.000000 +2'],
    ['2024/1/5 9:05:01', '2024-01-05T09:05:01.000000 +0'],
    ['11/15/2024 9:24:58 PM', '2024-11-15T21:24:58.000000 +0'],
    ['11/15/2024, 12:00:01 AM', '2024-11-15T00:00:01.000000 +0'],
    ['15/11/2024 21:24:58', '2024-11-15T21:24:58.000000 +0'],
    ['15.11.2024 21:24:58,5', '2024-11-15T21:24:58.500000 +0'],
    ['17/06/09 20:10:40 INFO', '2017-06-09T20:10:40.000000 +5'],
    ['11-15 21:24:58.438  1', '1972-11-15T21:24:58.438000 of some year +3'],
    ['9:24PM INF', '1970-01-01T21:24:00.000000 of day +4'],
    ['Nov 31 10:00:00', null],
    ['Nov 15 at 10', null],
    ['March of time 10:00:00', null],
    ['Mon 10:00:00', null],
    ['13/13/2024 10:00:00', null],
    ['1234 items', null],
    ['1399 10:00:00', null],
    ['12:30', null],
    ['42', null],
    ['2026-11-19 10:00:01.123 CET [12]', '2026-11-19T09:00:01.123000Z +5'],
    ['2026-07-19 10:00:01 CEST', '2026-07-19T08:00:01.000000Z +0'],
    ['2026-11-19 10:00:01 EST x', '2026-11-19T15:00:01.000000Z +2'],
    ['2026-11-19 10:00:01 PDT', '2026-11-19T17:00:01.000000Z +0'],
    ['2026-11-19 10:00:01 CST', '2026-11-19T10:00:01.000000 +4'],
    ['2026-11-19 10:00:01 ESTABLISHED', '2026-11-19T10:00:01.000000 +12'],
    ['2026-11-19 10:00:01 EST-worker', '2026-11-19T10:00:01.000000 +11'],
    ['2026-11-19 10:00:01 GMT+2', '2026-11-19T08:00:01.000000Z +0'],
    ['2026-11-19 10:00:01 UTC+02:00] x', '2026-11-19T08:00:01.000000Z +3'],
    ['2026-11-19 10:00:01 UTC-0530', '2026-11-19T15:30:01.000000Z +0'],
    ['2026-11-19 10:00:01 UTC-99', '2026-11-19T10:00:01.000000Z +3'],
    ['2026-11-19 10:00:01 UTC-job', '2026-11-19T10:00:01.000000Z +4'],
    ['Thu Nov 19 10:00:15 CET 2026', '2026-11-19T09:00:15.000000Z +0'],
    ['Thu Nov 19 10:00:15 GMT+02:00 2026', '2026-11-19T08:00:15.000000Z +0'],
    ['Thu Jul 19 10:00:15 CEST 2026', '2026-07-19T08:00:15.000000Z +0'],
    ['Thu Nov 19 10:00:15 CST 2026', '2026-11-19T10:00:15.000000 +0'],
    ['12 Nov 19 10:00', null],
    ['12 Nov 19 10:00:01', null],
    ['Thu, 12 Nov 19 10:00:01', '2019-11-12T10:00:01.000000 +0'],
    ['20171223-22:15:29:606|Step', '2017-12-23T22:15:29.606000 +5'],
    ['20171224-0:7:20:44|Step', '2017-12-24T00:07:20.044000 +5'],
    ['2026-11-19 10:00:00:123 +0000] x', '2026-11-19T10:00:00.123000Z +3'],
    ['2026-11-19 10:00:00:1234', '2026-11-19T10:00:00.000000 +5'],
    ['10:00:00:123 x', '1970-01-01T10:00:00.123000 of day +2'],
    ['2026/11/19-10:00:11.123456 7f0c', '2026-11-19T10:00:11.123456 +5'],
    ['2026-11-19\t10:00:00\tx', '2026-11-19T10:00:00.000000 +2'],
    ['20261119100005 x', '2026-11-19T10:00:05.000000 +2'],
    ['12345678901234', null],
    ['Nov 19, 2026 @ 10:00:00.123', '2026-11-19T10:00:00.123000 +0'],
    ['123456789010', null],
    ['123456789', null],
    ['0123456789', null],
    ['9999999999', null],
    ['2024-11-15-21.24.58.438001 R02', '2024-11-15T21:24:58.438001 +4'],
    ['2024-11-15-21:24:58.5 x', '2024-11-15T21:24:58.500000 +2'],
    ['10.30 16:49:06] x', '1972-10-30T16:49:06.000000 of some year +3'],
    ['30/10 16:49:06', '1972-10-30T16:49:06.000000 of some year +0'],
    ['', null],
    ['2023-08-15', null],
  ];
  for (const [text, expected] of cases) it(`${text} → ${expected}`, () => assert.equal(read(text), expected));

  it('reads back every ISO time to the microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.integer({ min: 0, max: 999 }), (millis, rest) => {
        const iso = new Date(millis).toISOString().replace('Z', `${String(rest).padStart(3, '0')}Z`);
        const reader = new TimestampReader();
        const bytes = encoder.encode(iso);
        assert.ok(reader.read(bytes, 0, bytes.length));
        assert.equal(reader.micros, millis * 1000 + rest);
      }),
    );
  });

  it('reads a time alike whatever it read before', () => {
    const digits = (count: number, most: number) =>
      fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(count, '0'));
    const time = fc
      .tuple(
        fc.constantFrom('2026-08-01T10:00:', '2026-08-01 10:00:', '2026-08-01T10:01:'),
        digits(2, 61),
        fc.oneof(
          fc.constant(''),
          fc.tuple(fc.constantFrom('.', ','), digits(3, 999)).map((parts) => parts.join('')),
          fc.constantFrom('.1234567', '.x', '.'),
        ),
        fc.constantFrom(
          '',
          'Z',
          '+02:00',
          ' +0200',
          ' UTC',
          ' UTC+2',
          ' CET',
          ' CEST',
          ' CST',
          ' EST',
          ':123',
          ':1',
          '-07',
          '5',
          ' -',
          ' x',
          'x',
          ', ',
        ),
      )
      .map((parts) => parts.join(''));
    const used = new TimestampReader();
    fc.assert(
      fc.property(time, (text) => {
        const bytes = encoder.encode(text);
        const fresh = new TimestampReader();
        const found = fresh.read(bytes, 0, bytes.length);
        assert.equal(used.read(bytes, 0, bytes.length), found);
        if (!found) return;
        const { micros, zoned, dated, end } = used;
        assert.deepEqual(
          { micros, zoned, dated, end },
          { micros: fresh.micros, zoned: fresh.zoned, dated: fresh.dated, end: fresh.end },
        );
      }),
      { numRuns: 5000 },
    );
  });

  it('are read alike whatever was read before', () => {
    const text = fc
      .tuple(
        fc.constantFrom('2026-08-01T10:58:00', '2026-08-01T10:58:59'),
        fc.constantFrom('', '.5', ',123'),
        fc.constantFrom('Z', '', '+02:00', ' UTC', ' GMT', ' CET', ' UTC+2', ':123', '-0100', '+02', '+02:', '+02:0'),
        fc.constantFrom('', ' ', ': x', 'x', ' GET', ' UTC', ' EST', 'T', '_', ':30', '5', '.5', ' +1', '-'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (texts) => {
        const reader = new TimestampReader();
        for (const one of texts) {
          const bytes = encoder.encode(one);
          const fresh = new TimestampReader();
          assert.equal(reader.read(bytes, 0, bytes.length), fresh.read(bytes, 0, bytes.length));
          assert.deepEqual([one, reader.micros, reader.zoned, reader.end], [one, fresh.micros, fresh.zoned, fresh.end]);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
