/** Puts the page together: the picture and its parts on one side, the editor on the other. */
import { connect, serve } from '../../src/base/rpc.ts';
import type { CascadeHostApi, CascadeViewApi, TimelineScope } from '../../src/protocol.ts';
import { createAnnouncer } from './announcer.ts';
import { Cascade } from './cascade.ts';
import { button, element } from './element.ts';
import { createFooter } from './footer.ts';
import { createHeader } from './header.ts';
import { listenToKeys } from './keys.ts';
import { listenToPointer } from './pointer.ts';
import { createSidePanel } from './sidePanel.ts';
import { Stage } from './stage.ts';
import { createTable } from './table.ts';
import { createTooltip } from './tooltip.ts';
import { portOfWindow, type SavedState, type VsCodeApi } from './vscodeApi.ts';
import { logText } from './words.ts';

declare function acquireVsCodeApi(): VsCodeApi;

/** Saving at every frame of a drag would flood the editor. */
const SAVE_AFTER_MS = 250;

function start(): void {
  const api = acquireVsCodeApi();
  const port = portOfWindow(api);
  const { root = '', name = '', scope = '{"kind":"incident"}' } = document.body.dataset;
  const saved = (api.getState() as SavedState | null | undefined) ?? undefined;
  const cascade = new Cascade(connect<CascadeHostApi>(port), saved?.scope ?? (JSON.parse(scope) as TimelineScope));
  cascade.table = saved?.table ?? false;

  buildPage(cascade, name);
  saveState(api, cascade, root);
  serve<CascadeViewApi>(port, {
    show: async (wanted) => cascade.show(wanted),
    changed: async () => cascade.reload(),
    cursor: async (entry) => cascade.setCursor(entry),
  });
  void cascade.show(cascade.scope, saved);
}

function buildPage(cascade: Cascade, name: string): void {
  const stage = new Stage(cascade);
  const table = createTable(cascade);
  const message = createMessage(cascade);
  stage.root.append(createTooltip(stage, cascade));
  document.body.append(
    createHeader(cascade, name),
    element('main', {}, stage.root, table, message),
    createSidePanel(cascade),
    createFooter(),
    createAnnouncer(cascade),
  );
  cascade.onChange(() => {
    stage.root.hidden = cascade.table || cascade.status.kind !== 'ready';
  });
  listenToPointer(stage, cascade);
  listenToKeys(stage, cascade);
  stage.overlay.focus();
}

/** In place of the picture: that it is being made, that there is nothing to show, or what went wrong. */
function createMessage(cascade: Cascade): HTMLElement {
  const root = element('div', { class: 'instead', role: 'status' });
  cascade.onChange((change) => {
    if (change !== 'model') return;
    const { status, scope } = cascade;
    root.hidden = status.kind === 'ready';
    const back = button('action', 'Show the incident', () => void cascade.show({ kind: 'incident' }));
    if (status.kind === 'loading') root.replaceChildren(element('p', {}, 'Reading the log…'));
    else if (status.kind === 'failed') {
      const again = button('action', 'Try again', () => void cascade.show(scope));
      root.replaceChildren(element('p', { role: 'alert' }, logText(status.message)), again);
    } else if (status.kind === 'empty' && scope.kind === 'trace') {
      root.replaceChildren(element('p', {}, `No entry with a time has the id ${logText(scope.id)}.`), back);
    } else if (status.kind === 'empty') {
      const advice = 'No entry here has a time. “Causeway: Open Logs…” opens another folder or file.';
      root.replaceChildren(element('p', {}, advice));
    }
  });
  return root;
}

function saveState(api: VsCodeApi, cascade: Cascade, root: string): void {
  let timer = 0;
  cascade.onChange((change) => {
    if (change === 'marks' || change === 'overlay') return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => api.setState(cascade.savedState(root)), SAVE_AFTER_MS);
  });
}

start();
