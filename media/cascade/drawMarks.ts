/** Entries, bars, flags and onsets on their rows. */
import { middleOfRow, xOfTime } from '../../src/engine/timeline/layout.ts';
import { LEVELS } from '../../src/model.ts';
import type { TimelineBar, TimelineFlag } from '../../src/protocol.ts';
import { rowsInSight } from './drawRows.ts';
import { firstAtOrAfter, type Scene } from './scene.ts';
import { diamondPath, fillSign, hasSign } from './shapes.ts';

const ERROR = LEVELS.indexOf('error');
const FATAL = LEVELS.indexOf('fatal');
/** Height of a tick as a share of its row, by level; entries without a level last. */
const HEIGHT = [0.16, 0.16, 0.26, 0.42, 0.5, 0.6, 0.16];
const BAR_HEIGHT = 0.52;
const LANE_STEP = 0.12;
/** Signs nearer than this to the one before would run together. */
const SIGN_DISTANCE = 9;
const ONSET_RADIUS = 6.5;

/** Bars lie below the ticks, longer ones around shorter ones. Inferred ones are outlines: nobody recorded them. */
export function drawBars(context: CanvasRenderingContext2D, scene: Scene): void {
  const { frame, view, model, lanes, theme } = scene;
  const [first, end] = rowsInSight(scene);
  model.bars.forEach((bar, index) => {
    if (bar.row < first || bar.row >= end || bar.to < view.from || bar.from > view.to) return;
    const { x, width } = extentOf(scene, bar);
    if (width < 3) return;
    const height = frame.rowHeight * Math.max(0.12, BAR_HEIGHT - lanes[index] * LANE_STEP);
    const y = middleOfRow(frame, view, bar.row) - height / 2;
    const color = theme.levels[bar.error ? ERROR : LEVELS.indexOf('info')];
    context.fillStyle = color;
    context.strokeStyle = color;
    context.lineWidth = 1;
    context.globalAlpha = bar.inferred ? 0.1 : 0.45;
    if (!theme.highContrast || !bar.inferred) context.fillRect(x, y, width, height);
    context.globalAlpha = bar.inferred ? 0.55 : 1;
    context.setLineDash(bar.inferred ? [4, 3] : []);
    context.strokeRect(x + 0.5, Math.round(y) + 0.5, width - 1, Math.round(height) - 1);
  });
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** The bar's part in sight and a little more, so that its ends stay out of sight where they are. */
export function extentOf({ frame, view }: Pick<Scene, 'frame' | 'view'>, bar: Pick<TimelineBar, 'from' | 'to'>) {
  const { plot } = frame;
  const left = Math.max(plot.x - 4, xOfTime(plot, view, bar.from));
  const right = Math.min(plot.x + plot.width + 4, xOfTime(plot, view, bar.to));
  return { x: Math.round(left), width: Math.max(1, Math.round(right) - Math.round(left)) };
}

/** Level after level, the worst last, so that nothing covers an error. */
export function drawTicks(context: CanvasRenderingContext2D, scene: Scene): void {
  const { frame, view, marks: set, theme } = scene;
  const { marks, byLevel } = set;
  const [first, end] = rowsInSight(scene);
  const scale = frame.plot.width / (view.to - view.from);
  const drawingOrder = [LEVELS.length, ...LEVELS.keys()];
  for (const level of drawingOrder) {
    const group = byLevel[level];
    const size = Math.max(6, frame.rowHeight * HEIGHT[level]);
    const width = level === FATAL ? 3 : 2;
    const signAt = new Float64Array(scene.model.rows.length).fill(Number.NEGATIVE_INFINITY);
    const radius = frame.compact ? 2.5 : 3.5;
    context.fillStyle = theme.levels[level];
    let at = firstAtOrAfter(group.length, (index) => marks.time[group[index]], view.from - 10 / scale);
    const last = view.to + 10 / scale;
    for (; at < group.length && marks.time[group[at]] <= last; at++) {
      const row = marks.row[group[at]];
      if (row < first || row >= end) continue;
      const x = frame.plot.x + (marks.time[group[at]] - view.from) * scale;
      const y = middleOfRow(frame, view, row);
      if (marks.inferred[group[at]] === 1) drawInferred(context, theme, x, y, size);
      else context.fillRect(Math.round(x - width / 2), y - size / 2, width, size);
      if (hasSign(level) && x - signAt[row] >= SIGN_DISTANCE) {
        fillSign(context, level, x, y - size / 2, radius);
        signAt[row] = x;
      }
    }
  }
}

/** Hollow, as an inferred onset is: nobody wrote that it belongs to the trace. */
function drawInferred(context: CanvasRenderingContext2D, theme: Scene['theme'], x: number, y: number, size: number) {
  const color = context.fillStyle;
  context.fillStyle = theme.background;
  context.fillRect(Math.round(x) - 2, y - size / 2, 5, size);
  context.fillStyle = color;
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.strokeRect(Math.round(x) - 2.5, Math.round(y - size / 2) + 0.5, 5, Math.round(size) - 1);
}

/** A pennant at the tick for an anomaly, a dashed ring for an oddity; severity shows in the pennant's form. */
export function drawFlags(context: CanvasRenderingContext2D, scene: Scene): void {
  const { frame, view, model } = scene;
  const [first, end] = rowsInSight(scene);
  const lastAt = new Float64Array(model.rows.length).fill(Number.NEGATIVE_INFINITY);
  for (const flag of model.flags) {
    if (flag.row < first || flag.row >= end || flag.time < view.from || flag.time > view.to) continue;
    const x = xOfTime(frame.plot, view, flag.time);
    const y = middleOfRow(frame, view, flag.row);
    if (flag.oddity) drawRing(context, scene, x, y);
    else if (x - lastAt[flag.row] >= SIGN_DISTANCE) {
      drawPennant(context, scene, flag, x, y);
      lastAt[flag.row] = x;
    }
  }
}

function drawPennant(
  context: CanvasRenderingContext2D,
  { frame, theme }: Scene,
  flag: TimelineFlag,
  x: number,
  y: number,
) {
  const filled = flag.severity === 'error' || flag.severity === 'warning';
  const color = theme.levels[flag.severity === 'error' ? ERROR : LEVELS.indexOf(filled ? 'warn' : 'info')];
  const top = y - frame.rowHeight * (frame.compact ? 0.26 : 0.17);
  context.beginPath();
  context.moveTo(x + 1, top);
  context.lineTo(x + 9, top + 3.5);
  context.lineTo(x + 1, top + 7);
  context.closePath();
  context.fillStyle = filled ? color : theme.background;
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.fill();
  context.stroke();
}

function drawRing(context: CanvasRenderingContext2D, { frame, theme }: Scene, x: number, y: number): void {
  context.strokeStyle = theme.levels[LEVELS.indexOf('warn')];
  context.lineWidth = 1.2;
  context.setLineDash([3, 2.5]);
  context.beginPath();
  context.arc(x, y, Math.min(18, frame.rowHeight * 0.42), 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
}

/** Filled where a line records the onset, hollow where it is inferred. */
export function drawOnsets(context: CanvasRenderingContext2D, scene: Scene): void {
  const { frame, view, model, theme } = scene;
  const [first, end] = rowsInSight(scene);
  const radius = frame.compact ? 5 : ONSET_RADIUS;
  for (let row = first; row < end; row++) {
    const { onset, onsetCertainty } = model.rows[row];
    if (onset === null || onset < view.from || onset > view.to) continue;
    diamondPath(context, xOfTime(frame.plot, view, onset), middleOfRow(frame, view, row), radius);
    context.fillStyle = onsetCertainty === 'recorded' ? theme.edge : theme.background;
    context.fill();
    context.strokeStyle = onsetCertainty === 'recorded' ? theme.background : theme.edge;
    context.lineWidth = onsetCertainty === 'recorded' ? 1 : 1.8;
    context.stroke();
  }
}
