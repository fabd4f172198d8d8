/** What is under the pointer. */
import { pointOfCurve } from '../../src/engine/timeline/edges.ts';
import { contains, middleOfRow, rowOfY, timeOfX, xOfTime } from '../../src/engine/timeline/layout.ts';
import { LEVELS } from '../../src/model.ts';
import { endsOfHop } from './drawHops.ts';
import { extentOf } from './drawMarks.ts';
import { firstAtOrAfter, type Scene } from './scene.ts';

export type Hit =
  | { kind: 'mark'; mark: number; row: number }
  | { kind: 'edge'; edge: number }
  | { kind: 'hop'; hop: number }
  | { kind: 'bar'; bar: number }
  | { kind: 'row'; row: number }
  | { kind: 'histogram' }
  | { kind: 'plot' };

const REACH = 6;

/** Labels first, as they lie on top; then marks, arrows and bars. Null beside the picture. */
export function hitTest(scene: Scene, x: number, y: number): Hit | null {
  const { frame, view, model } = scene;
  if (contains({ ...frame.histogram, height: frame.histogram.height + 4 }, x, y)) return { kind: 'histogram' };
  const row = rowOfY(frame, view, model.rows.length, y);
  if (contains(frame.gutter, x, y)) return row === -1 ? null : { kind: 'row', row };
  if (!contains(frame.plot, x, y)) return null;
  const label = scene.edges.find((edge) => edge.label !== null && contains(edge.label, x, y));
  if (label !== undefined) return { kind: 'edge', edge: label.edge };
  const mark = row === -1 ? -1 : markAt(scene, row, x, y);
  if (mark !== -1) return { kind: 'mark', mark, row };
  const edge = edgeAt(scene, x, y);
  if (edge !== null) return { kind: 'edge', edge };
  const hop = hopAt(scene, x, y);
  if (hop !== -1) return { kind: 'hop', hop };
  const bar = row === -1 ? -1 : barAt(scene, row, x);
  return bar === -1 ? { kind: 'plot' } : { kind: 'bar', bar };
}

/** The nearest mark of the row; of several in one place the worst, as that is the one on top. */
function markAt({ frame, view, marks: { marks } }: Scene, row: number, x: number, y: number): number {
  if (Math.abs(y - middleOfRow(frame, view, row)) > frame.rowHeight * 0.4) return -1;
  const last = timeOfX(frame.plot, view, x + REACH);
  let best = -1;
  let bestRank = Number.POSITIVE_INFINITY;
  let mark = firstAtOrAfter(marks.time.length, (index) => marks.time[index], timeOfX(frame.plot, view, x - REACH));
  for (; mark < marks.time.length && marks.time[mark] <= last; mark++) {
    if (marks.row[mark] !== row) continue;
    const distance = Math.round(Math.abs(xOfTime(frame.plot, view, marks.time[mark]) - x) / 2);
    const level = marks.level[mark] < LEVELS.length ? marks.level[mark] : -1;
    const rank = distance * 10 - level;
    if (rank < bestRank) [best, bestRank] = [mark, rank];
  }
  return best;
}

function edgeAt({ edges }: Scene, x: number, y: number): number | null {
  for (const { edge, curve } of edges) {
    for (let step = 0; step <= 24; step++) {
      const point = pointOfCurve(curve, step / 24);
      if (Math.hypot(point.x - x, point.y - y) <= REACH) return edge;
    }
  }
  return null;
}

function hopAt(scene: Scene, x: number, y: number): number {
  return scene.model.hops.findIndex((hop) => {
    const ends = endsOfHop(scene, hop);
    return ends !== null && distanceToLine(ends, x, y) <= REACH;
  });
}

function distanceToLine({ x1, y1, x2, y2 }: NonNullable<ReturnType<typeof endsOfHop>>, x: number, y: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const share = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1);
  const at = Math.min(1, Math.max(0, share));
  return Math.hypot(x1 + at * dx - x, y1 + at * dy - y);
}

/** The innermost bar, which is the shortest. */
function barAt(scene: Scene, row: number, x: number): number {
  let best = -1;
  scene.model.bars.forEach((bar, index) => {
    if (bar.row !== row) return;
    const extent = extentOf(scene, bar);
    if (x < extent.x || x > extent.x + extent.width) return;
    const other = scene.model.bars[best];
    if (other === undefined || bar.to - bar.from < other.to - other.from) best = index;
  });
  return best;
}
