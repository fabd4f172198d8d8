/** Calls of a trace: thin arrows from the caller's line to the callee's. */
import { middleOfRow, xOfTime } from '../../src/engine/timeline/layout.ts';
import type { TimelineHop } from '../../src/protocol.ts';
import type { Scene } from './scene.ts';
import { fillArrowhead } from './shapes.ts';

/** Ends are kept off the ticks they join. */
const GAP = 10;
const DOTS = [1.5, 3.5];

/** Dotted where log lines imply them: only spans record a call. */
export function drawHops(context: CanvasRenderingContext2D, scene: Scene): void {
  const { model, theme } = scene;
  for (const hop of model.hops) {
    const ends = endsOfHop(scene, hop);
    if (ends === null) continue;
    const { x1, y1, x2, y2 } = ends;
    context.strokeStyle = theme.muted;
    context.fillStyle = theme.muted;
    context.lineWidth = hop.inferred ? 1.4 : 1;
    context.lineCap = 'round';
    context.setLineDash(hop.inferred ? DOTS : []);
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
    context.setLineDash([]);
    context.lineCap = 'butt';
    fillArrowhead(context, x2, y2, Math.atan2(y2 - y1, x2 - x1), 6);
  }
}

/** Null where nothing of it is in sight. */
export function endsOfHop({ frame, view }: Pick<Scene, 'frame' | 'view'>, hop: TimelineHop) {
  const { plot } = frame;
  const [x1, x2] = [xOfTime(plot, view, hop.fromTime), xOfTime(plot, view, hop.toTime)];
  const down = hop.to > hop.from ? 1 : -1;
  const [y1, y2] = [middleOfRow(frame, view, hop.from) + down * GAP, middleOfRow(frame, view, hop.to) - down * GAP];
  if (Math.max(x1, x2) < plot.x || Math.min(x1, x2) > plot.x + plot.width) return null;
  if (Math.max(y1, y2) < plot.y || Math.min(y1, y2) > plot.y + plot.height) return null;
  return { x1, y1, x2, y2 };
}
