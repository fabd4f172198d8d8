/** Mouse, pen and wheel: click selects, double click opens, drag pans, shift-drag measures, wheel zooms. */
import { timeOfX, xOfTime } from '../../src/engine/timeline/layout.ts';
import type { Cascade } from './cascade.ts';
import { histogramRange } from './drawHistogram.ts';
import type { Hit } from './hitTest.ts';
import { type Range, rangeBetween } from './range.ts';
import type { Scene } from './scene.ts';
import type { Stage } from './stage.ts';

/** A hand that clicks moves a little. */
const CLICK_SLOP = 4;
const BRUSH_EDGE = 7;
const ZOOM_SPEED = 0.0016;
const LINE_HEIGHT = 20;

interface Drag {
  startX: number;
  startY: number;
  moved: boolean;
  /** The entry it began on. */
  entry: number | null;
  move(event: PointerEvent): void;
  click(): void;
}

export function listenToPointer(stage: Stage, cascade: Cascade): void {
  const { overlay } = stage;
  let drag: Drag | null = null;
  let ended: Drag | null = null;
  let clicked: number | null = null;

  overlay.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || stage.scene === null) return;
    moveTo(stage, event);
    overlay.setPointerCapture(event.pointerId);
    drag = beginDrag(stage, stage.scene, cascade, event);
  });
  overlay.addEventListener('pointermove', (event) => {
    moveTo(stage, event);
    if (drag !== null) {
      drag.moved ||= Math.hypot(event.offsetX - drag.startX, event.offsetY - drag.startY) > CLICK_SLOP;
      if (drag.moved) drag.move(event);
    }
    overlay.style.cursor = cursorFor(stage.hit(), drag?.moved ?? false);
    stage.redrawOverlay();
  });
  overlay.addEventListener('pointerup', () => {
    ended = drag;
    drag = null;
  });
  // The first click's preview may take half of the window: what the picture then shows in the same place is
  // another entry. So the clicks that follow in a row, and the double click, mean what the first one met.
  overlay.addEventListener('click', ({ detail }) => {
    if (detail > 1 || ended === null) return;
    clicked = ended.moved ? null : ended.entry;
    if (!ended.moved) ended.click();
  });
  overlay.addEventListener('pointercancel', () => {
    drag = null;
  });
  overlay.addEventListener('pointerleave', () => {
    stage.pointer = null;
    stage.redrawOverlay();
  });
  overlay.addEventListener('dblclick', () => {
    if (clicked !== null) cascade.openEntry(clicked, false);
  });
  overlay.addEventListener('wheel', (event) => turnWheel(stage, cascade, event), { passive: false });
}

function moveTo(stage: Stage, event: PointerEvent | WheelEvent): void {
  stage.pointer = { x: event.offsetX, y: event.offsetY };
}

function cursorFor(hit: Hit | null, dragging: boolean): string {
  if (dragging) return 'grabbing';
  if (hit !== null && ['mark', 'edge', 'hop', 'bar'].includes(hit.kind)) return 'pointer';
  return hit?.kind === 'histogram' ? 'col-resize' : 'default';
}

/** The entry a place leads to. */
export function entryOf(scene: Scene, hit: Hit | null): number | null {
  if (hit?.kind === 'mark') return scene.marks.marks.entry[hit.mark];
  if (hit?.kind === 'hop') return scene.model.hops[hit.hop].entry;
  return hit?.kind === 'bar' ? scene.model.bars[hit.bar].entry : null;
}

function beginDrag(stage: Stage, scene: Scene, cascade: Cascade, event: PointerEvent): Drag {
  const { offsetX: startX, offsetY: startY } = event;
  const hit = stage.hit();
  const start = { startX, startY, moved: false, entry: entryOf(scene, hit) };
  if (hit?.kind === 'histogram') return { ...start, ...brush(scene, cascade, startX) };
  if (event.shiftKey) return { ...start, ...measure(scene, cascade, startX) };
  const { view } = cascade;
  const span = view.to - view.from;
  let lastY = startY;
  return {
    ...start,
    move({ offsetX, offsetY }) {
      const by = ((startX - offsetX) / scene.frame.plot.width) * span;
      cascade.setRange({ from: view.from + by, to: view.to + by });
      cascade.scrollBy(lastY - offsetY);
      lastY = offsetY;
    },
    click: () => click(scene, cascade, hit, event.altKey),
  };
}

function click(scene: Scene, cascade: Cascade, hit: Hit | null, beside: boolean): void {
  const entry = entryOf(scene, hit);
  if (hit?.kind === 'edge') cascade.selectEdge(hit.edge);
  else if (hit?.kind === 'mark') {
    const { marks } = scene.marks;
    void cascade.select(marks.entry[hit.mark], !beside, { time: marks.time[hit.mark], row: hit.row });
  } else if (entry !== null) void cascade.select(entry, !beside);
  else if (cascade.measure !== null) cascade.setMeasure(null);
  if (entry !== null && beside) cascade.openEntry(entry, true);
}

function measure(scene: Scene, cascade: Cascade, startX: number): Pick<Drag, 'move' | 'click'> {
  const { plot } = scene.frame;
  const from = timeOfX(plot, scene.view, startX);
  return {
    move: ({ offsetX }) => cascade.setMeasure({ from, to: timeOfX(plot, cascade.view, offsetX) }),
    click: () => cascade.setMeasure(null),
  };
}

/** In the strip above: at an edge of the brush it is widened, inside it is moved, elsewhere drawn anew. */
function brush(scene: Scene, cascade: Cascade, startX: number): Pick<Drag, 'move' | 'click'> {
  const box = scene.frame.histogram;
  const whole = histogramRange(scene);
  const { from, to } = cascade.view;
  const [left, right] = [xOfTime(box, whole, from), xOfTime(box, whole, to)];
  const timeAt = (x: number): number => timeOfX(box, whole, Math.max(box.x, Math.min(box.x + box.width, x)));
  const start = timeAt(startX);
  const move = (x: number): Range => {
    if (Math.abs(startX - left) < BRUSH_EDGE) return rangeBetween(timeAt(x), to);
    if (Math.abs(startX - right) < BRUSH_EDGE) return rangeBetween(from, timeAt(x));
    const isWhole = from <= scene.model.from && to >= scene.model.to;
    if (startX > left && startX < right && !isWhole) {
      const by = timeAt(x) - start;
      return { from: from + by, to: to + by };
    }
    return rangeBetween(start, timeAt(x));
  };
  return {
    move: ({ offsetX }) => cascade.setRange(move(offsetX)),
    click() {
      const by = start - (from + to) / 2;
      cascade.setRange({ from: from + by, to: to + by });
    },
  };
}

/** Over names it scrolls the rows; sideways or with Shift it pans; else it zooms where the pointer is. */
function turnWheel(stage: Stage, cascade: Cascade, event: WheelEvent): void {
  const { scene } = stage;
  if (scene === null) return;
  event.preventDefault();
  moveTo(stage, event);
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
  const [x, y] = [event.deltaX * unit, event.deltaY * unit];
  const { plot } = scene.frame;
  if (event.offsetX < plot.x) cascade.scrollBy(y);
  else if (event.shiftKey || Math.abs(x) > Math.abs(y)) cascade.pan((x || y) / plot.width);
  else {
    const inHistogram = event.offsetY < plot.y - scene.frame.axis.height;
    const [box, range] = inHistogram ? [scene.frame.histogram, histogramRange(scene)] : [plot, cascade.view];
    cascade.zoom(Math.exp(y * ZOOM_SPEED), timeOfX(box, range, event.offsetX));
  }
}
