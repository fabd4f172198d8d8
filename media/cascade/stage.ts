/** The two canvases: sized to the page, drawn at most once a frame. */

import { placeEdges } from '../../src/engine/timeline/edges.ts';
import { lanesOfBars } from '../../src/engine/timeline/lanes.ts';
import { layoutFrame } from '../../src/engine/timeline/layout.ts';
import type { TimelineModel } from '../../src/protocol.ts';
import type { Cascade } from './cascade.ts';
import { drawOverlay, drawPicture } from './draw.ts';
import { element } from './element.ts';
import { type Hit, hitTest } from './hitTest.ts';
import type { Scene } from './scene.ts';
import { onThemeChange, readTheme, type Theme } from './theme.ts';
import { edgeLabel, rowName } from './words.ts';

export class Stage {
  readonly root: HTMLElement;
  /** Takes focus, pointer and keys. */
  readonly overlay: HTMLCanvasElement;
  pointer: { x: number; y: number } | null = null;
  /** What was drawn last; null while there is nothing to draw. */
  scene: Scene | null = null;
  private readonly picture: HTMLCanvasElement;
  private readonly cascade: Cascade;
  private theme: Theme = readTheme();
  private lanes: { model: TimelineModel; lanes: Uint8Array } | null = null;
  private scheduled: 'nothing' | 'overlay' | 'picture' = 'nothing';

  constructor(cascade: Cascade) {
    this.cascade = cascade;
    this.picture = element('canvas', { 'aria-hidden': 'true' });
    this.overlay = element('canvas', {
      class: 'overlay',
      role: 'application',
      tabindex: 0,
      'aria-roledescription': 'timeline',
      'aria-describedby': 'keys',
    });
    this.root = element('div', { class: 'stage' }, this.picture, this.overlay);
    new ResizeObserver(() => {
      // Other things are under the pointer now, and it has not gone to them.
      this.pointer = null;
      this.redraw();
    }).observe(this.root);
    onThemeChange(() => {
      this.theme = readTheme();
      this.redraw();
    });
    cascade.onChange((change) => {
      if (change === 'selection' || change === 'overlay') this.redrawOverlay();
      else this.redraw();
      if (change === 'model') this.describe();
    });
  }

  redraw(): void {
    if (this.scheduled === 'nothing') requestAnimationFrame(() => this.draw());
    this.scheduled = 'picture';
  }

  redrawOverlay(): void {
    if (this.scheduled !== 'nothing') return;
    requestAnimationFrame(() => this.draw());
    this.scheduled = 'overlay';
  }

  hit(): Hit | null {
    return this.scene && this.pointer ? hitTest(this.scene, this.pointer.x, this.pointer.y) : null;
  }

  private draw(): void {
    const whole = this.scheduled === 'picture';
    this.scheduled = 'nothing';
    const { clientWidth: width, clientHeight: height } = this.root;
    const overlay = this.overlay.getContext('2d');
    const picture = this.picture.getContext('2d');
    if (overlay === null || picture === null || width === 0 || height === 0) return;
    if (whole) {
      fitCanvas(this.picture, picture, width, height);
      fitCanvas(this.overlay, overlay, width, height);
      this.scene = this.makeScene(picture, width, height);
      if (this.scene !== null) drawPicture(picture, this.scene, width, height);
    }
    const { scene, cascade } = this;
    overlay.clearRect(0, 0, width, height);
    if (scene === null) {
      picture.clearRect(0, 0, width, height);
      return;
    }
    const hit = this.hit();
    const { selection } = cascade;
    drawOverlay(overlay, scene, {
      pointer: this.pointer,
      selected: selection?.time == null ? null : { time: selection.time, row: selection.row },
      edge: hit?.kind === 'edge' ? hit.edge : cascade.edge,
      cursor: cascade.cursor,
      measure: cascade.measure,
    });
  }

  private makeScene(context: CanvasRenderingContext2D, width: number, height: number): Scene | null {
    const { cascade, theme } = this;
    const { model } = cascade;
    if (model === null || cascade.status.kind !== 'ready') return null;
    context.font = theme.bold;
    const names = model.rows.map((row) => context.measureText(rowName(row)).width);
    const widest = names.reduce((most, name) => Math.max(most, name), 0);
    const frame = layoutFrame(model.rows.length, width, height, widest);
    cascade.setFrame(frame);
    const { view, marks } = cascade;
    marks.show(view, frame.plot.width);
    context.font = theme.small;
    const edgeTexts = model.edges.map(edgeLabel);
    const labels = { texts: edgeTexts, widthOf: (text: string) => context.measureText(text).width };
    const edges = placeEdges(frame, view, model, labels);
    return { model, frame, view, marks: marks.shown, lanes: this.lanesOf(model), edges, edgeTexts, theme };
  }

  private lanesOf(model: TimelineModel): Uint8Array {
    if (this.lanes?.model !== model) this.lanes = { model, lanes: lanesOfBars(model.bars) };
    return this.lanes.lanes;
  }

  private describe(): void {
    const { model } = this.cascade;
    const rows = model?.rows.map(rowName).join(', ') ?? '';
    this.overlay.setAttribute(
      'aria-label',
      model ? `Cascade timeline, ${model.rows.length} rows: ${rows}` : 'Cascade timeline',
    );
  }
}

/** Sized in the screen's own pixels, drawn in the page's. */
function fitCanvas(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, width: number, height: number): void {
  const ratio = window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting the size clears the canvas and is slow, so it is done only when needed.
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}
