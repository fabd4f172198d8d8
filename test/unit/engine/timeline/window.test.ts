import { equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { evenStep, ticks } from '../../../../src/engine/timeline/steps.ts';
import { marksWindow, windowKey } from '../../../../src/engine/timeline/window.ts';

const NOON = Date.UTC(2023, 7, 15, 12) * 1000;
const SECOND = 1e6;
const HOUR = 3600 * SECOND;

describe('marks window', () => {
  it('covers three times the view and stays small, whatever the view', () => {
    const view = fc.record({
      from: fc.integer({ min: 0, max: 4e15 }),
      span: fc.integer({ min: 1, max: 1e14 }),
      pixels: fc.integer({ min: 40, max: 4_000 }),
    });
    fc.assert(
      fc.property(view, ({ from, span, pixels }) => {
        const asked = marksWindow(from, from + span, pixels);
        ok(asked.from <= from - span && asked.to >= from + 2 * span, 'covers');
        ok(asked.buckets <= 4 * pixels + 4 || asked.to - asked.from === asked.buckets, `${asked.buckets} buckets`);
        const bucket = (asked.to - asked.from) / asked.buckets;
        equal(Math.log2(bucket) % 1, 0, 'a power of two');
        ok(bucket <= Math.max(1, (span * 2) / pixels), 'no coarser than two pixels');
      }),
    );
  });

  it('is the same for views near each other', () => {
    const base = Math.ceil(NOON / 2 ** 40) * 2 ** 40 + 1000;
    const keys = [0, 1, 5].map((seconds) =>
      windowKey(marksWindow(base + seconds * SECOND, base + seconds * SECOND + HOUR, 900)),
    );
    equal(new Set(keys).size, 1);
    const elsewhere = windowKey(marksWindow(base + 3 * HOUR, base + 4 * HOUR, 900));
    ok(elsewhere !== keys[0]);
  });
});

describe('steps', () => {
  for (const [least, expected] of [
    [0, 1],
    [3, 5],
    [700_000, SECOND],
    [11 * SECOND, 15 * SECOND],
    [61 * SECOND, 120 * SECOND],
    [5 * HOUR, 6 * HOUR],
    [100 * 24 * HOUR, 112 * 24 * HOUR],
  ]) {
    it(`of at least ${least} µs are ${expected} µs`, () => equal(evenStep(least), expected));
  }

  for (const [name, from, to, expected] of [
    ['minutes', NOON + 15 * 60 * SECOND, NOON + HOUR, '12:15 12:30 12:45 13:00'],
    ['seconds', NOON, NOON + 10 * SECOND, '12:00:00 12:00:05 12:00:10'],
    ['milliseconds', NOON, NOON + 4_000, '12:00:00.000 12:00:00.002 12:00:00.004'],
    ['microseconds', NOON, NOON + 4, '12:00:00.000000 12:00:00.000002 12:00:00.000004'],
    ['a new day', NOON + 9 * HOUR, NOON + 15 * HOUR, '21:00 16 Aug 03:00'],
    ['before the epoch', -2_000, 0, '23:59:59.998 23:59:59.999 1 Jan'],
  ] as const) {
    it(`label ${name}`, () => {
      const count = name === 'minutes' ? 4 : 2;
      equal(
        ticks(from, to, count)
          .map(({ label }) => label)
          .join(' '),
        expected,
      );
    });
  }
});
