/** Where things stand: boxes of the picture and the way between time and pixels. Pure; pixels are CSS pixels. */
import type { Micros } from '../../model.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The fixed parts of the picture for a size of the canvas. */
export interface Frame {
  /** Names and counts of rows; does not move with time. */
  gutter: Box;
  histogram: Box;
  axis: Box;
  /** The rows' marks; what lies outside it is clipped. */
  plot: Box;
  rowHeight: number;
  /** Rows too low for a second line of text, or for labels between them. */
  compact: boolean;
  /** Height of all rows, of which `plot.height` is seen. */
  contentHeight: number;
}

/** What of the picture is seen. */
export interface View {
  from: Micros;
  to: Micros;
  /** Pixels by which the rows are scrolled. */
  scroll: number;
}

export const AXIS_HEIGHT = 24;
/** Where names of rows begin, behind their icons. */
export const NAME_X = 32;
/** Between a name and the plot. */
export const NAME_MARGIN = 10;
const NARROWEST_GUTTER = 150;
const WIDEST_GUTTER = 260;
const GUTTER_SHARE = 0.28;
const HISTOGRAM_TOP = 8;
const LARGEST_ROW = 76;
const SMALLEST_ROW = 26;
const COMPACT_BELOW = 44;
const RIGHT_MARGIN = 12;

/**
 * Rows share the height there is, within what can be read; more rows than fit are scrolled. Names get
 * the width they ask for as long as most of the picture is left to time.
 */
export function layoutFrame(rows: number, width: number, height: number, nameWidth = 0): Frame {
  const most = Math.min(WIDEST_GUTTER, width * GUTTER_SHARE);
  // Rounded down, the widest name would lack a part of a pixel, and be cut for it.
  const asked = Math.ceil(NAME_X + nameWidth + NAME_MARGIN);
  const gutterWidth = Math.round(Math.max(NARROWEST_GUTTER, Math.min(asked, most)));
  const histogramHeight = height < 420 ? 32 : 52;
  const plotTop = HISTOGRAM_TOP + histogramHeight + AXIS_HEIGHT;
  const plotWidth = Math.max(40, width - gutterWidth - RIGHT_MARGIN);
  const plotHeight = Math.max(0, height - plotTop);
  const rowHeight = Math.max(SMALLEST_ROW, Math.min(LARGEST_ROW, Math.floor(plotHeight / Math.max(1, rows))));
  return {
    gutter: { x: 0, y: plotTop, width: gutterWidth, height: plotHeight },
    histogram: { x: gutterWidth, y: HISTOGRAM_TOP, width: plotWidth, height: histogramHeight },
    axis: { x: gutterWidth, y: HISTOGRAM_TOP + histogramHeight, width: plotWidth, height: AXIS_HEIGHT },
    plot: { x: gutterWidth, y: plotTop, width: plotWidth, height: plotHeight },
    rowHeight,
    compact: rowHeight < COMPACT_BELOW,
    contentHeight: rowHeight * rows,
  };
}

/** The pixel of a time in a box that shows a range. */
export function xOfTime(box: Box, { from, to }: Pick<View, 'from' | 'to'>, time: Micros): number {
  return box.x + ((time - from) / (to - from)) * box.width;
}

export function timeOfX(box: Box, { from, to }: Pick<View, 'from' | 'to'>, x: number): Micros {
  return from + ((x - box.x) / box.width) * (to - from);
}

export function topOfRow(frame: Frame, view: Pick<View, 'scroll'>, row: number): number {
  return frame.plot.y + row * frame.rowHeight - view.scroll;
}

export function middleOfRow(frame: Frame, view: Pick<View, 'scroll'>, row: number): number {
  // On a whole pixel, or text and ticks would blur.
  return Math.round(topOfRow(frame, view, row) + frame.rowHeight / 2);
}

/** The row at a height; -1 outside the rows. */
export function rowOfY(frame: Frame, view: Pick<View, 'scroll'>, rows: number, y: number): number {
  if (y < frame.plot.y || y >= frame.plot.y + frame.plot.height) return -1;
  const row = Math.floor((y - frame.plot.y + view.scroll) / frame.rowHeight);
  return row < rows ? row : -1;
}

export function clampScroll(frame: Frame, scroll: number): number {
  return Math.max(0, Math.min(scroll, frame.contentHeight - frame.plot.height));
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

export function contains(box: Box, x: number, y: number): boolean {
  return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}
