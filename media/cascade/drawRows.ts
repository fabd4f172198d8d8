/** The rows themselves: their ground, names and counts, and the time axis over them. */
import { type Box, NAME_MARGIN, NAME_X, topOfRow, xOfTime } from '../../src/engine/timeline/layout.ts';
import { type Tick, ticks } from '../../src/engine/timeline/steps.ts';
import { LEVELS } from '../../src/model.ts';
import type { TimelineRow } from '../../src/protocol.ts';
import { formatNumber } from '../../src/render/number.ts';
import { formatDate } from '../../src/render/time.ts';
import type { Scene } from './scene.ts';
import { fillSign, fitName, fitText, strokeDrum } from './shapes.ts';
import { countEntries, countLines, rowName } from './words.ts';

const PIXELS_A_TICK = 100;
const ICON_X = 12;
const SIGN_GAP = 8;

/** Rows at least partly in sight: the first and the one after the last. */
export function rowsInSight({ frame, view, model }: Pick<Scene, 'frame' | 'view' | 'model'>): [number, number] {
  const first = Math.floor(view.scroll / frame.rowHeight);
  const last = Math.ceil((view.scroll + frame.plot.height) / frame.rowHeight);
  return [Math.max(0, first), Math.min(model.rows.length, last)];
}

/** Where the last row ends, or the picture does. */
export function bottomOfRows({ frame, view }: Pick<Scene, 'frame' | 'view'>): number {
  return Math.min(frame.plot.height, frame.contentHeight - view.scroll) + frame.plot.y;
}

/** Resources are tinted: they are what services wait for, and log nothing themselves. */
export function drawGround(context: CanvasRenderingContext2D, scene: Scene, width: number): void {
  const { frame, view, model, theme } = scene;
  const [first, end] = rowsInSight(scene);
  for (let row = first; row < end; row++) {
    const top = topOfRow(frame, view, row);
    if (model.rows[row].kind === 'resource') {
      context.fillStyle = theme.tint;
      context.globalAlpha = 0.45;
      context.fillRect(0, top, width, frame.rowHeight);
      context.globalAlpha = 1;
    }
    context.fillStyle = theme.line;
    context.fillRect(0, Math.round(top + frame.rowHeight) - 1, width, 1);
  }
}

export function drawAxis(context: CanvasRenderingContext2D, scene: Scene): void {
  const { frame, view, theme } = scene;
  const { axis, plot, gutter } = frame;
  const bottom = bottomOfRows(scene);
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  for (const { x, label, isDate } of axisTicks(scene)) {
    context.fillStyle = theme.line;
    context.globalAlpha = theme.highContrast ? 0.35 : 0.6;
    context.fillRect(x, plot.y, 1, bottom - plot.y);
    context.globalAlpha = 1;
    context.fillRect(x, axis.y + axis.height - 4, 1, 4);
    context.font = isDate ? `600 ${theme.small}` : theme.small;
    context.fillStyle = isDate ? theme.foreground : theme.muted;
    if (x - 24 > axis.x && x + 24 < axis.x + axis.width) context.fillText(label, x, axis.y + axis.height / 2 - 1);
  }
  context.fillStyle = theme.line;
  context.fillRect(0, axis.y + axis.height - 1, axis.x + axis.width + 12, 1);
  context.textAlign = 'left';
  context.font = theme.small;
  context.fillStyle = theme.muted;
  context.fillText(
    fitText(context, `${formatDate(view.from)} UTC`, gutter.width - 20),
    ICON_X,
    axis.y + axis.height / 2 - 1,
  );
}

/** Ticks of the axis with their pixels. */
export function axisTicks({ frame, view }: Pick<Scene, 'frame' | 'view'>): (Tick & { x: number })[] {
  const { axis } = frame;
  return ticks(view.from, view.to, axis.width / PIXELS_A_TICK).map((tick) => ({
    ...tick,
    x: Math.round(xOfTime(axis, view, tick.time)),
  }));
}

/** Shows that there are more rows than are in sight, and where one is among them. */
export function drawScrollThumb(context: CanvasRenderingContext2D, { frame, view, theme }: Scene): void {
  const { plot, contentHeight } = frame;
  if (contentHeight <= plot.height) return;
  const share = plot.height / contentHeight;
  context.fillStyle = theme.muted;
  context.globalAlpha = 0.5;
  context.fillRect(plot.x + plot.width + 5, plot.y + view.scroll * share, 4, plot.height * share);
  context.globalAlpha = 1;
}

export function drawGutter(context: CanvasRenderingContext2D, scene: Scene): void {
  const { frame, view, model } = scene;
  const [first, end] = rowsInSight(scene);
  context.save();
  context.beginPath();
  context.rect(0, frame.gutter.y, frame.gutter.width, frame.gutter.height);
  context.clip();
  context.textBaseline = 'middle';
  for (let row = first; row < end; row++) {
    const box = { x: 0, y: topOfRow(frame, view, row), width: frame.gutter.width, height: frame.rowHeight };
    drawName(context, scene, model.rows[row], box);
  }
  context.restore();
}

function drawName(context: CanvasRenderingContext2D, { frame, theme }: Scene, row: TimelineRow, box: Box): void {
  const middle = box.y + box.height / 2;
  const nameY = frame.compact ? middle : middle - 9;
  drawIcon(context, row.kind, theme.muted, nameY);
  context.font = theme.bold;
  context.fillStyle = theme.foreground;
  const name = fitName(context, rowName(row), box.width - NAME_X - NAME_MARGIN);
  context.fillText(name, NAME_X, nameY);
  if (frame.compact) {
    // The name comes first; counts are shown beside it where both have room.
    const nameEnd = NAME_X + context.measureText(name).width + 10;
    const signs = signsWidth(context, theme.small, row);
    if (nameEnd + signs <= box.width) drawSigns(context, row, theme, box.width - signs, middle, box.width);
    return;
  }
  context.font = theme.small;
  context.fillStyle = theme.muted;
  // A report names only some of the lines about a resource, so their number is not that of all.
  const count = row.kind === 'resource' ? countLines(row.entries) : countEntries(row.entries);
  context.fillText(count, NAME_X, middle + 10);
  drawSigns(context, row, theme, NAME_X + context.measureText(count).width + 10, middle + 10, box.width);
}

function drawIcon(context: CanvasRenderingContext2D, kind: TimelineRow['kind'], color: string, y: number): void {
  context.strokeStyle = color;
  context.lineWidth = 1.2;
  if (kind === 'resource') strokeDrum(context, ICON_X, y - 6, 10, 12);
  else context.strokeRect(ICON_X + 0.5, y - 4.5, 9, 9);
}

function countsOf(row: TimelineRow): [level: number, count: number][] {
  const all: [number, number][] = [
    [LEVELS.indexOf('warn'), row.warnings],
    [LEVELS.indexOf('error'), row.errors],
    [LEVELS.indexOf('fatal'), row.fatals],
  ];
  return all.filter(([, count]) => count > 0);
}

function signsWidth(context: CanvasRenderingContext2D, font: string, row: TimelineRow): number {
  context.font = font;
  return countsOf(row).reduce((width, [, count]) => width + signWidth(context, count), 0);
}

function signWidth(context: CanvasRenderingContext2D, count: number): number {
  return 12 + context.measureText(formatNumber(count)).width + SIGN_GAP;
}

/** ▲ 3 ● 5 ■ 1; where they do not all fit, the mildest are left out. */
function drawSigns(
  context: CanvasRenderingContext2D,
  row: TimelineRow,
  theme: Scene['theme'],
  left: number,
  y: number,
  right: number,
): void {
  context.font = theme.small;
  const counts = countsOf(row);
  const width = (): number => counts.reduce((sum, [, count]) => sum + signWidth(context, count), 0) - SIGN_GAP;
  while (counts.length > 0 && left + width() > right) counts.shift();
  let x = left;
  for (const [level, count] of counts) {
    context.fillStyle = theme.levels[level];
    fillSign(context, level, x + 4, y, 3.5);
    context.fillText(formatNumber(count), x + 12, y);
    x += signWidth(context, count);
  }
}
