/** Entries by level over the whole range, with the brush that shows what of it is seen below. */
import { HISTOGRAM_LEVELS } from '../../src/engine/timeline/histogram.ts';
import { xOfTime } from '../../src/engine/timeline/layout.ts';
import { fitRange, type Range } from './range.ts';
import type { Scene } from './scene.ts';
import { fitText } from './shapes.ts';
import { lengthOf } from './words.ts';

/** What the histogram's width stands for. */
export function histogramRange({ model }: Pick<Scene, 'model'>): Range {
  return fitRange(model);
}

export function drawHistogram(context: CanvasRenderingContext2D, scene: Scene): void {
  const { frame, model, theme } = scene;
  const { histogram: box, gutter } = frame;
  const { from, bucket, counts } = model.histogram;
  const whole = histogramRange(scene);
  const highest = highestBucket(counts);
  const width = Math.max(1.5, (bucket / (whole.to - whole.from)) * box.width);
  for (let at = 0; at * HISTOGRAM_LEVELS < counts.length; at++) {
    const x = xOfTime(box, whole, from + at * bucket);
    let y = box.y + box.height;
    for (const level of [HISTOGRAM_LEVELS - 1, ...Array(HISTOGRAM_LEVELS - 1).keys()]) {
      const count = counts[at * HISTOGRAM_LEVELS + level];
      if (count === 0) continue;
      // A single error among thousands must still be seen.
      const height = Math.max(1.5, (count / highest) * (box.height - 4));
      context.fillStyle = theme.levels[level];
      context.fillRect(x, Math.max(box.y, y - height), Math.max(1.5, width - 1), Math.min(height, y - box.y));
      y -= height;
    }
  }
  context.fillStyle = theme.line;
  context.fillRect(box.x, box.y + box.height, box.width, 1);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.font = theme.small;
  context.fillStyle = theme.muted;
  context.fillText('Entries by level', 12, box.y + box.height / 2 - 8);
  context.fillText(fitText(context, `per ${lengthOf(bucket)}`, gutter.width - 20), 12, box.y + box.height / 2 + 8);
}

function highestBucket(counts: Uint32Array): number {
  let highest = 1;
  for (let at = 0; at < counts.length; at += HISTOGRAM_LEVELS) {
    let sum = 0;
    for (let level = 0; level < HISTOGRAM_LEVELS; level++) sum += counts[at + level];
    highest = Math.max(highest, sum);
  }
  return highest;
}

export function drawBrush(context: CanvasRenderingContext2D, scene: Scene): void {
  const { frame, view, theme } = scene;
  const { histogram: box } = frame;
  const whole = histogramRange(scene);
  const left = Math.max(box.x, xOfTime(box, whole, view.from));
  const right = Math.min(box.x + box.width, xOfTime(box, whole, view.to));
  context.fillStyle = theme.background;
  context.globalAlpha = 0.6;
  context.fillRect(box.x, box.y - 2, Math.max(0, left - box.x), box.height + 2);
  context.fillRect(right, box.y - 2, Math.max(0, box.x + box.width - right), box.height + 2);
  context.globalAlpha = 1;
  context.strokeStyle = theme.accent;
  context.lineWidth = 1;
  context.strokeRect(Math.round(left) + 0.5, box.y - 1.5, Math.max(2, Math.round(right - left) - 1), box.height + 2);
}
