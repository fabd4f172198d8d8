/** The way of the cascade's arrows, and places for their labels where nothing else stands. */
import type { TimelineModel } from '../../protocol.ts';
import { type Box, type Frame, middleOfRow, overlaps, type View, xOfTime } from './layout.ts';

export interface PlacedEdge {
  /** The edge's number in the model. */
  edge: number;
  /** A cubic curve: start, two control points, end. */
  curve: { x: number; y: number }[];
  /** Null where the label is empty or has no room; the arrow still tells it when pointed at. */
  label: Box | null;
}

export interface EdgeLabels {
  texts: readonly string[];
  widthOf(text: string): number;
}

/** Room between a diamond's middle and the arrow. */
const START_GAP = 8;
const END_GAP = 9;
/** Nearer than this, onsets stand under each other and the arrow swings out to be seen. */
const NEAR = 36;
const SWING = 20;
const SWING_STEP = 12;
const LABEL_HEIGHT = 18;
const LABEL_PADDING = 8;
const LABEL_GAP = 6;
const ONSET_RADIUS = 9;
/** Pixels between an arrow and its label, beyond which the label is left out. */
const FARTHEST_LABEL = 120;

type Drawn = Pick<TimelineModel, 'rows' | 'edges'>;

/** Edges of which something is in sight, in the order of the model; labels keep clear of each other and of onsets. */
export function placeEdges(frame: Frame, view: View, model: Drawn, labels: EdgeLabels): PlacedEdge[] {
  const taken = onsetBoxes(frame, view, model);
  const swings: number[] = [];
  const placed: PlacedEdge[] = [];
  model.edges.forEach((edge, index) => {
    const ends = endsOf(frame, view, model, edge);
    if (ends === null) return;
    const swing = SWING + SWING_STEP * swingOf(edge, model, swings, index);
    const curve = curveBetween(ends, swing, frame.plot.x + frame.plot.width);
    const text = labels.texts[index] ?? '';
    const width = labels.widthOf(text) + 2 * LABEL_PADDING;
    const label = frame.compact || text === '' ? null : placeLabel(frame, view, edge, curve, width, taken);
    if (label !== null) taken.push(label);
    placed.push({ edge: index, curve, label });
  });
  return placed;
}

function onsetBoxes(frame: Frame, view: View, { rows }: Drawn): Box[] {
  return rows.flatMap(({ onset }, row) => {
    if (onset === null) return [];
    const [x, y] = [xOfTime(frame.plot, view, onset), middleOfRow(frame, view, row)];
    return [{ x: x - ONSET_RADIUS, y: y - ONSET_RADIUS, width: 2 * ONSET_RADIUS, height: 2 * ONSET_RADIUS }];
  });
}

type Ends = { x1: number; y1: number; x2: number; y2: number };

/**
 * A node without an onset borrows the other's, so that the arrow still says what affects what. Where
 * the affected failed before, for another reason, the arrow ends at the time of this cause: an arrow
 * back in time would claim what cannot be.
 */
function endsOf(frame: Frame, view: View, { rows }: Drawn, edge: Drawn['edges'][number]): Ends | null {
  const cause = rows[edge.from].onset ?? rows[edge.to].onset;
  if (cause === null) return null;
  const effect = Math.max(cause, rows[edge.to].onset ?? cause);
  const [x1, x2] = [xOfTime(frame.plot, view, cause), xOfTime(frame.plot, view, effect)];
  const [y1, y2] = [middleOfRow(frame, view, edge.from), middleOfRow(frame, view, edge.to)];
  const { x, y, width, height } = frame.plot;
  if (Math.max(x1, x2) < x || Math.min(x1, x2) > x + width) return null;
  if (Math.max(y1, y2) < y || Math.min(y1, y2) > y + height) return null;
  return { x1, y1, x2, y2 };
}

/** Edges over the same rows swing out differently, or they would lie on each other. */
function swingOf(edge: Drawn['edges'][number], { edges }: Drawn, swings: number[], index: number): number {
  const [top, bottom] = [Math.min(edge.from, edge.to), Math.max(edge.from, edge.to)];
  const used = new Set<number>();
  for (let other = 0; other < index; other++) {
    const { from, to } = edges[other];
    if (Math.min(from, to) < bottom && Math.max(from, to) > top) used.add(swings[other] ?? 0);
  }
  let swing = bottom - top > 1 ? 1 : 0;
  while (used.has(swing)) swing++;
  swings[index] = swing;
  return swing;
}

/** Swings to the right, or to the left where the picture ends. */
function curveBetween({ x1, y1, x2, y2 }: Ends, swing: number, rightEnd: number): PlacedEdge['curve'] {
  const down = y2 >= y1 ? 1 : -1;
  const start = { x: x1, y: y1 + down * START_GAP };
  const end = { x: x2, y: y2 - down * END_GAP };
  const height = end.y - start.y;
  const side = Math.max(x1, x2) + 2 * swing > rightEnd ? -1 : 1;
  const out = Math.abs(x2 - x1) < NEAR ? side * swing : 0;
  return [
    start,
    { x: x1 + out * 1.33, y: start.y + height * 0.4 },
    { x: x2 + out * 1.33, y: end.y - height * (out === 0 ? 0.6 : 0.35) },
    end,
  ];
}

/**
 * On a line between two rows, which is free of marks, as near to the arrow as there is room: a label
 * far from its arrow would be read as another's.
 */
function placeLabel(
  frame: Frame,
  view: View,
  edge: Drawn['edges'][number],
  curve: PlacedEdge['curve'],
  width: number,
  taken: readonly Box[],
): Box | null {
  const { plot, rowHeight } = frame;
  let best: Box | null = null;
  let bestDistance = FARTHEST_LABEL;
  for (const line of linesBetween(edge.from, edge.to)) {
    const y = plot.y + line * rowHeight - view.scroll - LABEL_HEIGHT / 2;
    if (y < plot.y || y + LABEL_HEIGHT > plot.y + plot.height) continue;
    const at = pointAtHeight(curve, y + LABEL_HEIGHT / 2);
    for (const x of [at + LABEL_GAP, ...rightEdges(taken, y, at), at - LABEL_GAP - width]) {
      const box = { x, y, width, height: LABEL_HEIGHT };
      const distance = Math.max(x - at, at - x - width);
      const inside = x >= plot.x && x + width <= plot.x + plot.width;
      if (!inside || distance >= bestDistance || taken.some((other) => overlaps(box, other))) continue;
      best = box;
      bestDistance = distance;
    }
  }
  return best;
}

/** Lines between the rows an edge spans, the middle ones first. */
function linesBetween(from: number, to: number): number[] {
  const [top, bottom] = [Math.min(from, to), Math.max(from, to)];
  const lines = Array.from({ length: bottom - top }, (_, index) => top + 1 + index);
  const middle = (top + bottom + 1) / 2;
  return lines.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
}

/** Right behind what already stands at this height. */
function rightEdges(taken: readonly Box[], y: number, from: number): number[] {
  return taken
    .filter((box) => box.y < y + LABEL_HEIGHT && box.y + box.height > y && box.x + box.width > from)
    .map((box) => box.x + box.width + LABEL_GAP)
    .sort((a, b) => a - b);
}

/** Where the curve crosses a height; good to a pixel, which is enough for a label. */
function pointAtHeight(curve: PlacedEdge['curve'], y: number): number {
  let low = 0;
  let high = 1;
  const falling = curve[0].y <= curve[3].y;
  for (let round = 0; round < 12; round++) {
    const middle = (low + high) / 2;
    if (pointOfCurve(curve, middle).y < y === falling) low = middle;
    else high = middle;
  }
  return pointOfCurve(curve, low).x;
}

/** The point of a cubic curve at `t` from 0 to 1. */
export function pointOfCurve([a, b, c, d]: PlacedEdge['curve'], t: number): { x: number; y: number } {
  const s = 1 - t;
  const mix = (p: number, q: number, r: number, u: number): number =>
    s * s * s * p + 3 * s * s * t * q + 3 * s * t * t * r + t * t * t * u;
  return { x: mix(a.x, b.x, c.x, d.x), y: mix(a.y, b.y, c.y, d.y) };
}
