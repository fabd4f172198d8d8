/** The card at the pointer: what a mark, arrow, bar or name stands for. */
import type { Cascade } from './cascade.ts';
import { element } from './element.ts';
import type { Hit } from './hitTest.ts';
import { flagsOfEntry, type Scene } from './scene.ts';
import type { Stage } from './stage.ts';
import {
  clock,
  countEntries,
  countLines,
  edgeName,
  edgeReasons,
  hopReason,
  INFERRED_ENTRY,
  lengthOf,
  levelName,
  logText,
  rowName,
} from './words.ts';

/** A pointer that passes over many marks asks for none of their texts. */
const READ_AFTER_MS = 90;
const DISTANCE = 14;

export function createTooltip(stage: Stage, cascade: Cascade): HTMLElement {
  const root = element('div', { class: 'tooltip', hidden: true });
  let shown = '';
  let timer = 0;

  const show = (): void => {
    const { scene, pointer } = stage;
    const hit = scene && stage.hit();
    const key = hit ? JSON.stringify(hit) : '';
    if (key !== shown) {
      shown = key;
      window.clearTimeout(timer);
      const lines = scene && hit ? describe(scene, hit) : [];
      root.hidden = lines.length === 0;
      root.replaceChildren(...lines.map((line, index) => element('div', { class: index === 0 ? 'first' : '' }, line)));
      if (scene && hit?.kind === 'mark') {
        const entry = scene.marks.marks.entry[hit.mark];
        timer = window.setTimeout(() => void addMessage(entry, key), READ_AFTER_MS);
      }
    }
    if (pointer !== null && !root.hidden) place(root, stage.root, pointer);
  };

  const addMessage = async (entry: number, key: string): Promise<void> => {
    const details = await cascade.entries.get(entry).catch(() => null);
    if (details === null || key !== shown) return;
    root.append(element('div', { class: 'message' }, logText(details.message)));
    if (stage.pointer !== null) place(root, stage.root, stage.pointer);
  };

  stage.overlay.addEventListener('pointermove', () => requestAnimationFrame(show));
  stage.overlay.addEventListener('pointerleave', show);
  new ResizeObserver(show).observe(stage.root);
  cascade.onChange((change) => {
    if (change === 'view' || change === 'model') show();
  });
  return root;
}

function describe(scene: Scene, hit: Hit): string[] {
  const { model } = scene;
  switch (hit.kind) {
    case 'mark': {
      const { time, level, count, entry } = scene.marks.marks;
      const at = hit.mark;
      const lines = [`${clock(time[at])} ${levelName(level[at])} ${rowName(model.rows[hit.row])}`];
      if (scene.marks.marks.inferred[at] === 1) lines.push(INFERRED_ENTRY);
      if (count[at] > 1) lines.push(`the worst of ${countEntries(count[at])} here; zoom in to see each`);
      return [...lines, ...flagsOfEntry(model, entry[at]).map(({ message }) => logText(message))];
    }
    case 'edge':
      return [edgeName(model, model.edges[hit.edge]), ...edgeReasons(model.edges[hit.edge]), scene.edgeTexts[hit.edge]];
    case 'hop': {
      const hop = model.hops[hit.hop];
      return [edgeName(model, hop), hopReason(hop), `${clock(hop.fromTime)} – ${clock(hop.toTime)}`];
    }
    case 'bar': {
      const { name, from, to, inferred } = model.bars[hit.bar];
      const origin = inferred ? 'inferred from log lines' : 'recorded span';
      return [logText(name), `${lengthOf(to - from)}, ${origin}`, `${clock(from)} – ${clock(to)}`];
    }
    case 'row': {
      const { kind, entries, warnings, errors, fatals } = model.rows[hit.row];
      const count = kind === 'resource' ? `${countLines(entries)} tell of it` : countEntries(entries);
      const counts = `${count} · ${warnings} WARN · ${errors} ERROR · ${fatals} FATAL`;
      return [rowName(model.rows[hit.row]), kind, counts];
    }
    default:
      return [];
  }
}

/** Beside the pointer, on the side where there is room. */
function place(card: HTMLElement, stage: HTMLElement, { x, y }: { x: number; y: number }): void {
  const { offsetWidth: width, offsetHeight: height } = card;
  const left = x + DISTANCE + width > stage.clientWidth ? x - DISTANCE - width : x + DISTANCE;
  const top = y + DISTANCE + height > stage.clientHeight ? y - DISTANCE - height : y + DISTANCE;
  card.style.left = `${Math.max(4, left)}px`;
  card.style.top = `${Math.max(4, top)}px`;
}
