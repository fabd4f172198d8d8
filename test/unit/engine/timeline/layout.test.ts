import { deepEqual, equal, ok } from 'node:assert/strict';
import { placeEdges, pointOfCurve } from '../../../../src/engine/timeline/edges.ts';
import { lanesOfBars } from '../../../../src/engine/timeline/lanes.ts';
import {
  clampScroll,
  contains,
  layoutFrame,
  middleOfRow,
  NAME_MARGIN,
  NAME_X,
  overlaps,
  rowOfY,
  timeOfX,
  xOfTime,
} from '../../../../src/engine/timeline/layout.ts';
import type { TimelineModel } from '../../../../src/protocol.ts';
import { edge } from './logOfLines.ts';

const VIEW = { from: 0, to: 100e6, scroll: 0 };

function drawn(onsets: (number | null)[], pairs: [number, number][]): Pick<TimelineModel, 'rows' | 'edges'> {
  return {
    rows: onsets.map((onset, index) => ({
      name: `row ${index}`,
      kind: 'service',
      entries: 1,
      warnings: 0,
      errors: 0,
      fatals: 0,
      onset: onset === null ? null : onset * 1e6,
      onsetCertainty: 'recorded',
    })),
    edges: pairs.map(([from, to]) => ({ ...edge('', ''), from, to })),
  };
}

function labelled(count: number, width = 120): { texts: string[]; widthOf: () => number } {
  return { texts: Array.from({ length: count }, () => 'label'), widthOf: () => width };
}

describe('timeline layout', () => {
  it('shares the height among rows within what can be read', () => {
    equal(layoutFrame(2, 1000, 700).rowHeight, 76);
    const crowded = layoutFrame(100, 1000, 700);
    equal(crowded.rowHeight, 26);
    ok(crowded.compact && crowded.contentHeight > crowded.plot.height);
    equal(clampScroll(crowded, 1e9), crowded.contentHeight - crowded.plot.height);
    equal(clampScroll(layoutFrame(2, 1000, 700), 50), 0);
  });

  for (const [width, height] of [
    [1400, 720],
    [500, 300],
    [0, 0],
  ]) {
    it(`keeps its boxes apart at ${width} × ${height}`, () => {
      const { gutter, histogram, axis, plot } = layoutFrame(7, width, height);
      ok(
        gutter.x + gutter.width <= plot.x && histogram.y + histogram.height <= axis.y && axis.y + axis.height <= plot.y,
      );
      ok(plot.width > 0 && plot.height >= 0);
    });
  }

  it('gives names what they ask for, within reason', () => {
    const gutters = [0, 170, 900].map((nameWidth) => layoutFrame(3, 800, 600, nameWidth).gutter.width);
    deepEqual(gutters, [150, 212, 224]);
  });

  it('gives a name the last part of a pixel too', () => {
    ok(layoutFrame(3, 800, 600, 170.3).gutter.width >= NAME_X + 170.3 + NAME_MARGIN);
  });

  it('goes from time to pixel and back', () => {
    const { plot } = layoutFrame(3, 1000, 600);
    equal(xOfTime(plot, VIEW, 0), plot.x);
    equal(xOfTime(plot, VIEW, 100e6), plot.x + plot.width);
    equal(timeOfX(plot, VIEW, xOfTime(plot, VIEW, 25e6)), 25e6);
  });

  it('finds the row under a pixel, scrolled or not', () => {
    const frame = layoutFrame(40, 1000, 600);
    equal(rowOfY(frame, VIEW, 40, middleOfRow(frame, VIEW, 3)), 3);
    const scrolled = { scroll: 300 };
    equal(rowOfY(frame, scrolled, 40, middleOfRow(frame, scrolled, 20)), 20);
    equal(rowOfY(frame, VIEW, 40, frame.plot.y - 1), -1);
    equal(rowOfY(layoutFrame(2, 1000, 600), VIEW, 2, 590), -1);
  });
});

describe('timeline edges', () => {
  const frame = layoutFrame(6, 1200, 600);

  it('start under the cause and end above the affected', () => {
    const [{ curve }] = placeEdges(frame, VIEW, drawn([10, 60], [[0, 1]]), labelled(1));
    equal(curve[0].x, xOfTime(frame.plot, VIEW, 10e6));
    equal(curve[3].x, xOfTime(frame.plot, VIEW, 60e6));
    ok(curve[0].y > middleOfRow(frame, VIEW, 0) && curve[3].y < middleOfRow(frame, VIEW, 1));
    deepEqual(pointOfCurve(curve, 1), curve[3]);
  });

  it('swing out where onsets stand under each other, each its own way', () => {
    const placed = placeEdges(
      frame,
      VIEW,
      drawn(
        [50, 50, 50],
        [
          [0, 1],
          [0, 2],
          [1, 2],
        ],
      ),
      labelled(3),
    );
    const reach = placed.map(({ curve }) => Math.round(pointOfCurve(curve, 0.5).x));
    ok(reach.every((x) => x > xOfTime(frame.plot, VIEW, 50e6)));
    ok(reach[0] !== reach[1] && reach[1] !== reach[2], `${reach}`);
  });

  it('keep their labels clear of each other and of onsets', () => {
    const model = drawn(
      [50, 50, 50, 51, 51.5, 52],
      [
        [0, 1],
        [1, 2],
        [0, 2],
        [2, 3],
        [3, 4],
        [4, 5],
        [0, 5],
      ],
    );
    const labels = placeEdges(frame, VIEW, model, labelled(7)).flatMap(({ label }) => label ?? []);
    ok(labels.length >= 6, `${labels.length} labels found room`);
    for (const [index, label] of labels.entries()) {
      for (const other of labels.slice(index + 1)) ok(!overlaps(label, other), 'labels collide');
      for (const [row, { onset }] of model.rows.entries()) {
        ok(
          !contains(label, xOfTime(frame.plot, VIEW, onset ?? 0), middleOfRow(frame, VIEW, row)),
          'an onset is hidden',
        );
      }
    }
  });

  it('put a label left of the arrow at the right edge, and none where nothing is wide enough', () => {
    const model = drawn([98, 98], [[0, 1]]);
    const [{ curve, label }] = placeEdges(frame, VIEW, model, labelled(1));
    ok(label && label.x + label.width < curve[0].x + 20);
    equal(placeEdges(frame, VIEW, model, labelled(1, 5_000))[0].label, null);
    equal(placeEdges(layoutFrame(60, 1200, 600), VIEW, model, labelled(1))[0].label, null);
  });

  it('have no label where there is nothing to say', () => {
    const [{ label }] = placeEdges(frame, VIEW, drawn([10, 60], [[0, 1]]), { texts: [''], widthOf: () => 0 });
    equal(label, null);
  });

  it('borrow an onset that is not known, and are left out where none is, or out of sight', () => {
    const [borrowed] = placeEdges(frame, VIEW, drawn([null, 30], [[0, 1]]), labelled(1));
    equal(borrowed.curve[0].x, xOfTime(frame.plot, VIEW, 30e6));
    equal(placeEdges(frame, VIEW, drawn([null, null], [[0, 1]]), labelled(1)).length, 0);
    equal(placeEdges(frame, VIEW, drawn([200, 300], [[0, 1]]), labelled(1)).length, 0);
  });
});

describe('lanes of bars', () => {
  const bar = (row: number, from: number, to: number) => ({
    row,
    from,
    to,
    name: '',
    inferred: true,
    error: false,
    entry: 0,
  });

  it('put what overlaps above each other, longest below, rows apart', () => {
    deepEqual(
      [...lanesOfBars([bar(0, 2, 3), bar(0, 0, 10), bar(0, 4, 6), bar(1, 2, 3), bar(0, 5, 7)])],
      [1, 0, 1, 0, 2],
    );
  });

  it('stack no higher than a row has room', () => {
    const pile = Array.from({ length: 20 }, () => bar(0, 0, 10));
    equal(Math.max(...lanesOfBars(pile)), 3);
  });
});
