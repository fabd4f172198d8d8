/** Ranges are arithmetic: no browser is needed. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import {
  firstRange,
  fitRange,
  panRange,
  type Range,
  rangeBetween,
  rangeWith,
  zoomRange,
} from '../../media/cascade/range.ts';
import type { TimelineModel } from '../../src/protocol.ts';

const SECOND = 1e6;
const WHOLE: Range = { from: 0, to: 1_000 * SECOND };

function model(onsets: (number | null)[], kind: 'incident' | 'trace' = 'incident'): TimelineModel {
  return { ...WHOLE, scope: { kind }, rows: onsets.map((onset) => ({ onset })), flags: [] } as unknown as TimelineModel;
}

function span({ from, to }: Range): number {
  return to - from;
}

describe('ranges of time', () => {
  it('fit everything with a margin, and give a single time room', () => {
    deepEqual(fitRange(WHOLE), { from: -20 * SECOND, to: 1_020 * SECOND });
    deepEqual(fitRange({ from: 5 * SECOND, to: 5 * SECOND }), { from: 4.5 * SECOND, to: 5.5 * SECOND });
  });

  it('begin at the trouble where it is a small part of the log', () => {
    const { from, to } = firstRange(model([500 * SECOND, null, 510 * SECOND]));
    ok(from < 500 * SECOND && to > 510 * SECOND && to - from < 20 * SECOND);
  });

  for (const [name, shown] of [
    ['trouble is everywhere', model([10 * SECOND, 900 * SECOND])],
    ['there is none', model([null])],
    ['it is a trace', model([500 * SECOND], 'trace')],
  ] as const) {
    it(`begin with everything where ${name}`, () => deepEqual(firstRange(shown), fitRange(WHOLE)));
  }

  it('zoom around a time that stays in its place', () => {
    const near = zoomRange({ from: 0, to: 100 * SECOND }, 25 * SECOND, 0.5, WHOLE);
    deepEqual(near, { from: 12.5 * SECOND, to: 62.5 * SECOND });
  });

  it('zoom no further than a log or a moment', () => {
    deepEqual(zoomRange(fitRange(WHOLE), 3 * SECOND, 50, WHOLE), fitRange(WHOLE));
    equal(span(zoomRange({ from: 0, to: 200 }, 100, 1e-9, WHOLE)), 100);
  });

  it('pan, but never so far that nothing is left in sight', () => {
    const view = { from: 0, to: 100 * SECOND };
    deepEqual(panRange(view, 10 * SECOND, WHOLE), { from: 10 * SECOND, to: 110 * SECOND });
    for (const by of [-1e15, 1e15]) {
      const panned = panRange(view, by, WHOLE);
      equal(span(panned), span(view));
      ok(panned.from < WHOLE.to && panned.to > WHOLE.from);
    }
  });

  it('are made between two times in either order, and never empty', () => {
    deepEqual(rangeBetween(30, 7_000), rangeBetween(7_000, 30));
    ok(span(rangeBetween(5, 5)) > 0);
  });

  it('move to a time out of sight, and stay where it is in sight', () => {
    const view = { from: 0, to: 100 * SECOND };
    equal(rangeWith(view, 50 * SECOND, WHOLE), view);
    deepEqual(rangeWith(view, 500 * SECOND, WHOLE), { from: 450 * SECOND, to: 550 * SECOND });
  });
});
