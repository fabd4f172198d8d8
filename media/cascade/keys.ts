/** The keyboard: everything the pointer can do, and steps from entry to entry. */
import { contains, timeOfX } from '../../src/engine/timeline/layout.ts';
import type { Cascade } from './cascade.ts';
import type { Stage } from './stage.ts';

const PAN = 0.15;
const ZOOM = 0.75;

/** Shown under the picture and read out for it. */
export const KEYS_TEXT = 'W A S D or arrows: zoom, move · F fit · [ ] entry · E error · Enter opens · Esc back';

export function listenToKeys(stage: Stage, cascade: Cascade): void {
  document.addEventListener('keydown', (event) => {
    // On many keyboards brackets need AltGr, which counts as Ctrl and Alt.
    const plain = event.getModifierState('AltGraph') || !(event.ctrlKey || event.metaKey);
    if (event.defaultPrevented || !plain || cascade.model === null) return;
    const action = actionOf(event, stage, cascade);
    if (action === null) return;
    event.preventDefault();
    action();
  });
}

function actionOf(event: KeyboardEvent, stage: Stage, cascade: Cascade): (() => void) | null {
  const { key, target } = event;
  const altKey = event.altKey && !event.getModifierState('AltGraph');
  if (key === 'Enter') {
    // On a button, Enter presses it.
    return target instanceof HTMLButtonElement ? null : () => cascade.open(altKey);
  }
  if (altKey) return null;
  const zoom = (factor: number) => () => cascade.zoom(factor, zoomCentre(stage, cascade));
  const actions: Record<string, () => void> = {
    w: zoom(ZOOM),
    s: zoom(1 / ZOOM),
    a: () => cascade.pan(-PAN),
    d: () => cascade.pan(PAN),
    arrowleft: () => cascade.pan(-PAN),
    arrowright: () => cascade.pan(PAN),
    f: () => cascade.fit(),
    '[': () => void cascade.step({ direction: -1, errorsOnly: false }),
    ']': () => void cascade.step({ direction: 1, errorsOnly: false }),
    e: () => void cascade.step({ direction: event.shiftKey ? -1 : 1, errorsOnly: true }),
    escape: () => cascade.escape(),
  };
  // The table and the side panel scroll with these, as any page does.
  const onPicture = target === stage.overlay || target === document.body;
  if (onPicture && !cascade.table) {
    const page = stage.root.clientHeight / 2;
    Object.assign(actions, {
      arrowup: zoom(ZOOM),
      arrowdown: zoom(1 / ZOOM),
      pageup: () => cascade.scrollBy(-page),
      pagedown: () => cascade.scrollBy(page),
    });
  }
  const name = key.toLowerCase();
  return Object.hasOwn(actions, name) ? actions[name] : null;
}

/** Where the pointer is, else the selected entry, else the middle. */
function zoomCentre({ pointer, scene }: Stage, { view, selection }: Cascade): number {
  if (pointer && scene && contains(scene.frame.plot, pointer.x, pointer.y)) {
    return timeOfX(scene.frame.plot, view, pointer.x);
  }
  const selected = selection?.time ?? null;
  return selected !== null && selected >= view.from && selected <= view.to ? selected : (view.from + view.to) / 2;
}
