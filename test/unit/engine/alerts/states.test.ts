import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { firingsOf } from '../../../../src/engine/alerts/states.ts';

const MINUTE = 60_000_000;

/** One character an evaluation, a minute apart: `x` where the condition holds. */
function firings(pattern: string, forMinutes: number): [from: number, to: number | null][] {
  const times = [...pattern].map((_, index) => index * MINUTE);
  const holds = [...pattern].map((character) => character === 'x');
  return firingsOf(times, holds, forMinutes * 60_000).map(({ from, to }) => [
    from / MINUTE,
    to === null ? null : to / MINUTE,
  ]);
}

describe('states of an alert', () => {
  // `npm run eval:alerts` holds the same against promtool.
  const cases: [pattern: string, forMinutes: number, expected: [number, number | null][]][] = [
    ['', 0, []],
    ['...', 0, []],
    ['x', 0, [[0, null]]],
    ['.xx.', 0, [[1, 3]]],
    ['xxxxx', 5, []],
    ['xxxxxx', 5, [[5, null]]],
    ['xxxxxxx.x', 5, [[5, 7]]],
    ['xxxxx.xxxxx.', 5, []],
    [
      'x.x.x.x',
      0,
      [
        [0, 1],
        [2, 3],
        [4, 5],
        [6, null],
      ],
    ],
    [
      '..xxx..xxxx',
      2,
      [
        [4, 5],
        [9, null],
      ],
    ],
  ];
  for (const [pattern, forMinutes, expected] of cases) {
    it(`${pattern || 'nothing'} for ${forMinutes} min`, () => deepEqual(firings(pattern, forMinutes), expected));
  }

  it('a single false evaluation resets', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.nat({ max: 6 }), (holds, forMinutes) => {
        const found = firings(holds.map((hold) => (hold ? 'x' : '.')).join(''), forMinutes);
        for (const [from, to] of found) {
          for (let at = from - forMinutes; at < (to ?? holds.length); at++) equal(holds[at], true);
          if (to !== null) equal(holds[to], false);
        }
        const runs = holds.map(String).join(' ').split('false');
        const long = runs.filter((run) => run.split('true').length - 1 > forMinutes);
        equal(found.length, long.length);
      }),
    );
  });
});
