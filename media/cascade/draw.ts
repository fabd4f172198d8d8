/** The two layers: the picture, and what lies over it and changes with every move of the pointer. */
import { type Box, middleOfRow, xOfTime } from '../../src/engine/timeline/layout.ts';
import { drawEdgeOnTop, drawEdges } from './drawEdges.ts';
import { drawBrush, drawHistogram } from './drawHistogram.ts';
import { drawHops } from './drawHops.ts';
import { drawBars, drawFlags, drawOnsets, drawTicks } from './drawMarks.ts';
import { axisTicks, bottomOfRows, drawAxis, drawGround, drawGutter, drawScrollThumb } from './drawRows.ts';
import type { Overlay, Scene } from './scene.ts';
import { clock, lengthOf } from './words.ts';

export function drawPicture(context: CanvasRenderingContext2D, scene: Scene, width: number, height: number): void {
  context.fillStyle = scene.theme.background;
  context.fillRect(0, 0, width, height);
  drawHistogram(context, scene);
  within(context, { ...scene.frame.plot, x: 0, width }, () => drawGround(context, scene, width));
  drawAxis(context, scene);
  within(context, scene.frame.plot, () => {
    drawBars(context, scene);
    drawTicks(context, scene);
    drawFlags(context, scene);
    drawHops(context, scene);
    drawEdges(context, scene);
    drawOnsets(context, scene);
  });
  drawGutter(context, scene);
  drawScrollThumb(context, scene);
}

export function drawOverlay(context: CanvasRenderingContext2D, scene: Scene, overlay: Overlay): void {
  drawBrush(context, scene);
  const { plot } = scene.frame;
  if (overlay.cursor !== null) drawTimeLine(context, scene, overlay.cursor, { dashed: true });
  if (overlay.measure !== null) drawMeasure(context, scene, overlay.measure);
  within(context, plot, () => {
    if (overlay.edge !== null) drawEdgeOnTop(context, scene, overlay.edge);
    if (overlay.selected !== null) drawHalo(context, scene, overlay.selected);
  });
  if (overlay.selected !== null) drawTimeLine(context, scene, overlay.selected.time, { bubble: true });
  const { pointer } = overlay;
  if (pointer !== null && pointer.x >= plot.x && pointer.x <= plot.x + plot.width && pointer.y >= plot.y) {
    const { view } = scene;
    drawTimeLine(context, scene, view.from + ((pointer.x - plot.x) / plot.width) * (view.to - view.from), {
      faint: true,
      bubble: true,
    });
  }
}

function within(context: CanvasRenderingContext2D, box: Box, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  draw();
  context.restore();
}

interface LineStyle {
  dashed?: boolean;
  faint?: boolean;
  /** With its time on the axis. */
  bubble?: boolean;
}

function drawTimeLine(context: CanvasRenderingContext2D, scene: Scene, time: number, style: LineStyle): void {
  const { frame, view, theme } = scene;
  const { plot, axis } = frame;
  const x = Math.round(xOfTime(plot, view, time));
  if (x < plot.x || x > plot.x + plot.width) return;
  context.strokeStyle = style.faint ? theme.muted : theme.accent;
  context.lineWidth = 1;
  context.globalAlpha = style.faint ? 0.5 : 1;
  context.setLineDash(style.dashed ? [4, 4] : []);
  context.beginPath();
  context.moveTo(x + 0.5, plot.y);
  context.lineTo(x + 0.5, bottomOfRows(scene));
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (!style.bubble) return;
  context.font = theme.small;
  const text = clock(time);
  const width = context.measureText(text).width + 12;
  const left = Math.max(plot.x, Math.min(plot.x + plot.width - width, x - width / 2));
  hideLabels(context, scene, left, left + width);
  context.beginPath();
  context.roundRect(left, axis.y + 2, width, axis.height - 6, 3);
  context.fillStyle = style.faint ? theme.label : theme.accent;
  context.fill();
  if (style.faint) {
    context.strokeStyle = theme.line;
    context.stroke();
  }
  context.fillStyle = style.faint ? theme.foreground : theme.onAccent;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, left + width / 2, axis.y + axis.height / 2 - 0.5);
  context.textAlign = 'left';
}

/** A label of the axis that a bubble would cut in half is hidden whole. */
function hideLabels(context: CanvasRenderingContext2D, scene: Scene, left: number, right: number): void {
  const { axis } = scene.frame;
  context.fillStyle = scene.theme.background;
  for (const { x, label } of axisTicks(scene)) {
    const half = context.measureText(label).width / 2 + 3;
    if (x + half > left && x - half < right) context.fillRect(x - half, axis.y + 2, 2 * half, axis.height - 6);
  }
}

function drawHalo(
  context: CanvasRenderingContext2D,
  { frame, view, theme }: Scene,
  { time, row }: { time: number; row: number },
) {
  const x = xOfTime(frame.plot, view, time);
  const y = middleOfRow(frame, view, row);
  const height = frame.rowHeight * 0.74;
  context.strokeStyle = theme.accent;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(x - 7, y - height / 2, 14, height, 5);
  context.stroke();
}

function drawMeasure(
  context: CanvasRenderingContext2D,
  { frame, view, theme }: Scene,
  { from, to }: { from: number; to: number },
) {
  const { plot } = frame;
  const clampX = (time: number): number => Math.max(plot.x, Math.min(plot.x + plot.width, xOfTime(plot, view, time)));
  const [left, right] = [clampX(Math.min(from, to)), clampX(Math.max(from, to))];
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.16;
  context.fillRect(left, plot.y, right - left, plot.height);
  context.globalAlpha = 1;
  context.fillRect(left, plot.y, 1, plot.height);
  context.fillRect(right, plot.y, 1, plot.height);
  context.font = theme.bold;
  const text = lengthOf(Math.abs(to - from));
  const width = context.measureText(text).width + 16;
  const x = Math.max(plot.x, Math.min(plot.x + plot.width - width, (left + right - width) / 2));
  context.beginPath();
  context.roundRect(x, plot.y + 6, width, 22, 4);
  context.fill();
  context.fillStyle = theme.onAccent;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, x + width / 2, plot.y + 17);
  context.textAlign = 'left';
}
