/** The cascade's arrows and their labels. */
import { type PlacedEdge, pointOfCurve } from '../../src/engine/timeline/edges.ts';
import type { Scene } from './scene.ts';
import { fillArrowhead } from './shapes.ts';

/** Dashed where the order is not known: the arrow then says what depends on what, not what came first. */
export function drawEdges(context: CanvasRenderingContext2D, scene: Scene): void {
  for (const placed of scene.edges) drawArrow(context, scene, placed, false);
  for (const placed of scene.edges) drawLabel(context, scene, placed, false);
}

/** Again and stronger, over everything: the edge that is pointed at or selected. */
export function drawEdgeOnTop(context: CanvasRenderingContext2D, scene: Scene, edge: number): void {
  const placed = scene.edges.find((candidate) => candidate.edge === edge);
  if (placed === undefined) return;
  drawArrow(context, scene, placed, true);
  drawLabel(context, scene, placed, true);
}

function drawArrow(
  context: CanvasRenderingContext2D,
  { model, theme }: Scene,
  { edge, curve }: PlacedEdge,
  strong: boolean,
): void {
  const [start, one, two, end] = curve;
  const color = strong ? theme.foreground : theme.edge;
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = strong ? 2.4 : 1.6;
  context.setLineDash(model.edges[edge].order === 'undetermined' ? [5, 4] : []);
  context.beginPath();
  context.moveTo(start.x, start.y);
  context.bezierCurveTo(one.x, one.y, two.x, two.y, end.x, end.y);
  context.stroke();
  context.setLineDash([]);
  const before = pointOfCurve(curve, 0.92);
  fillArrowhead(
    context,
    end.x,
    end.y + Math.sign(end.y - start.y) * 2,
    Math.atan2(end.y - before.y, end.x - before.x),
    8,
  );
}

function drawLabel(
  context: CanvasRenderingContext2D,
  { edgeTexts, theme }: Scene,
  { edge, label }: PlacedEdge,
  strong: boolean,
): void {
  if (label === null) return;
  context.beginPath();
  context.roundRect(label.x + 0.5, Math.round(label.y) + 0.5, label.width - 1, label.height - 1, label.height / 2);
  context.fillStyle = theme.label;
  context.fill();
  context.strokeStyle = strong ? theme.accent : theme.line;
  context.lineWidth = strong ? 1.5 : 1;
  context.stroke();
  context.font = theme.small;
  context.fillStyle = theme.foreground;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(edgeTexts[edge], label.x + label.width / 2, Math.round(label.y) + label.height / 2 + 0.5);
  context.textAlign = 'left';
}
