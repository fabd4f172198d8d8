/**
 * The cascade as a picture that stands in the document itself, for previews that draw no Mermaid. It has a ground of
 * its own, for a picture does not know the theme that it is shown in.
 */
import { cascadeOrder } from '../../engine/timeline/cascadeOrder.ts';
import type { CascadeEdge, Report } from '../../incident.ts';
import { cut, plainText } from '../plain.ts';
import { formatDuration } from '../time.ts';
import { MOST_NODES } from './mermaid.ts';
import { type Clock, wellFormed } from './options.ts';

const WIDTH = 190;
const HEIGHT = 44;
const ACROSS = 100;
const DOWN = 18;
const EDGE = 16;
const MOST_NAME = 24;
/** Dashed where the order is not known: the arrow then tells the dependency only. */
const STROKES: Readonly<Record<CascadeEdge['order'], string>> = {
  proven: 'stroke-width="3"',
  timestamp: 'stroke-width="1.5"',
  undetermined: 'stroke-width="1.5" stroke-dasharray="5 4"',
};

interface Box {
  x: number;
  y: number;
}

/** As the address of an image; null where there is nothing to draw. */
export function cascadePicture(report: Pick<Report, 'cascade'>, clock: Clock): string | null {
  const svg = cascadeSvg(report, clock);
  if (svg === null) return null;
  const encoded = encodeURIComponent(svg).replace(/[()']/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `data:image/svg+xml;charset=utf-8,${encoded}`;
}

export function cascadeSvg({ cascade }: Pick<Report, 'cascade'>, clock: Clock): string | null {
  const known = new Map(cascade.nodes.map((node) => [node.name, node]));
  const names = cascadeOrder(cascade)
    .filter((name) => known.has(name))
    .slice(0, MOST_NODES);
  const edges = cascade.edges.filter(({ from, to }) => names.includes(from) && names.includes(to));
  if (names.length === 0) return null;
  const { boxes, width, height } = layOut(names, edges);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z" fill="#57606a"/></marker></defs>',
    `<rect width="${width}" height="${height}" rx="6" fill="#ffffff" stroke="#d0d7de"/>`,
    ...edges.map((edge) => arrow(edge, boxes)),
    ...names.map((name) => {
      const { x, y } = boxes.get(name) ?? { x: 0, y: 0 };
      const node = known.get(name);
      const isResource = node?.kind === 'resource';
      const ground = isResource ? 'fill="#fff8c5" stroke="#9a6700"' : 'fill="#ddf4ff" stroke="#0969da"';
      const below = `${node?.onset == null ? 'onset unknown' : clock(node.onset)}${node?.onsetCertainty === 'inferred' ? ' (inferred)' : ''}`;
      return [
        `<rect x="${x}" y="${y}" width="${WIDTH}" height="${HEIGHT}" rx="${isResource ? 14 : 4}" ${ground}/>`,
        `<text x="${x + WIDTH / 2}" y="${y + 19}" text-anchor="middle" font-weight="bold" fill="#1f2328">${xmlText(cut(plainText(name), MOST_NAME))}</text>`,
        `<text x="${x + WIDTH / 2}" y="${y + 35}" text-anchor="middle" fill="#424a53">${xmlText(below)}</text>`,
      ].join('');
    }),
    '</svg>',
  ];
  return parts.join('');
}

/** A column a step from the causes; what fails later stands lower. Edges that lead back in a cycle push nobody on. */
function layOut(
  names: readonly string[],
  edges: readonly CascadeEdge[],
): { boxes: Map<string, Box>; width: number; height: number } {
  const place = new Map(names.map((name, i) => [name, i]));
  const column = new Map<string, number>();
  const rows: number[] = [];
  const boxes = new Map<string, Box>();
  for (const name of names) {
    const causes = edges.filter(({ from, to }) => to === name && (place.get(from) ?? 0) < (place.get(name) ?? 0));
    const at = causes.reduce((most, { from }) => Math.max(most, (column.get(from) ?? 0) + 1), 0);
    column.set(name, at);
    const row = rows[at] ?? 0;
    rows[at] = row + 1;
    boxes.set(name, { x: EDGE + at * (WIDTH + ACROSS), y: EDGE + row * (HEIGHT + DOWN) });
  }
  const columns = Math.max(...column.values()) + 1;
  const most = Math.max(...rows);
  return {
    boxes,
    width: 2 * EDGE + columns * WIDTH + (columns - 1) * ACROSS,
    height: 2 * EDGE + most * HEIGHT + (most - 1) * DOWN,
  };
}

function arrow({ from, to, order, lagMs }: CascadeEdge, boxes: ReadonlyMap<string, Box>): string {
  const [start, end] = [boxes.get(from), boxes.get(to)];
  if (!start || !end || from === to) return '';
  const isBack = end.x <= start.x;
  const [x1, y1] = [isBack ? start.x + WIDTH / 2 : start.x + WIDTH, isBack ? start.y + HEIGHT : start.y + HEIGHT / 2];
  const [x2, y2] = [isBack ? end.x + WIDTH / 2 : end.x, isBack ? end.y : end.y + HEIGHT / 2];
  const bend = isBack ? 0 : Math.min(60, (x2 - x1) / 2);
  const path = `<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" fill="none" stroke="#57606a" ${STROKES[order]} marker-end="url(#a)"/>`;
  if (lagMs === null || Math.abs(lagMs) < 1 || isBack) return path;
  const label = `${lagMs > 0 ? '+' : '−'}${formatDuration(Math.abs(lagMs))}`;
  return `${path}<text x="${x2 - 8}" y="${y2 - 5}" text-anchor="end" font-size="10" fill="#424a53">${xmlText(label)}</text>`;
}

function xmlText(text: string): string {
  return wellFormed(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
