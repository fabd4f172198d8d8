/** Small shapes that carry a meaning of their own, so that colour is never the only sign. */
import { LEVELS } from '../../src/model.ts';

const WARN = LEVELS.indexOf('warn');
const ERROR = LEVELS.indexOf('error');
const FATAL = LEVELS.indexOf('fatal');

/** Whether a level has a sign: ▲ warn, ● error, ■ fatal. Milder ones are told by the height of their tick. */
export function hasSign(level: number): boolean {
  return level === WARN || level === ERROR || level === FATAL;
}

/** Fills the sign of a level around a point; nothing where the level has none. */
export function fillSign(context: CanvasRenderingContext2D, level: number, x: number, y: number, radius: number): void {
  if (!hasSign(level)) return;
  context.beginPath();
  if (level === WARN) {
    context.moveTo(x, y - radius);
    context.lineTo(x + radius * 1.1, y + radius * 0.9);
    context.lineTo(x - radius * 1.1, y + radius * 0.9);
    context.closePath();
  } else if (level === ERROR) {
    context.arc(x, y, radius, 0, 2 * Math.PI);
  } else {
    context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  }
  context.fill();
}

/** Leaves the outline of a diamond as the path, to be filled or stroked. */
export function diamondPath(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.closePath();
}

/** A drum, the sign of what is stored in and waited for. */
export function strokeDrum(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const [cx, rx, ry] = [x + width / 2, width / 2, height * 0.16];
  context.beginPath();
  context.ellipse(cx, y + ry, rx, ry, 0, 0, 2 * Math.PI);
  context.moveTo(x, y + ry);
  context.lineTo(x, y + height - ry);
  context.ellipse(cx, y + height - ry, rx, ry, 0, Math.PI, 0, true);
  context.lineTo(x + width, y + ry);
  context.stroke();
}

/** A point with an arrowhead that comes from a direction. */
export function fillArrowhead(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  angle: number,
  size: number,
): void {
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.beginPath();
  context.moveTo(0, 0);
  context.lineTo(-size, size * 0.55);
  context.lineTo(-size, -size * 0.55);
  context.closePath();
  context.fill();
  context.restore();
}

/** Text that fits, cut with an ellipsis where it does not. */
export function fitText(context: CanvasRenderingContext2D, text: string, width: number): string {
  return cutToFit(context, text, width, (length) => `${text.slice(0, length).trimEnd()}…`);
}

/** A name that fits, cut in the middle: names of one log often begin alike, and end alike as often. */
export function fitName(context: CanvasRenderingContext2D, name: string, width: number): string {
  return cutToFit(context, name, width, (length) => {
    const tail = length >>> 1;
    return `${name.slice(0, length - tail)}…${name.slice(name.length - tail)}`;
  });
}

/** The text, or as much of it as fits by what `cut` makes of it for a number of characters. */
function cutToFit(
  context: CanvasRenderingContext2D,
  text: string,
  width: number,
  cut: (length: number) => string,
): string {
  if (context.measureText(text).width <= width) return text;
  let low = 0;
  let high = text.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (context.measureText(cut(middle)).width <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : cut(low);
}
