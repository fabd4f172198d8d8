/**
 * The state of the picture and what can be done with it. Knows no elements: parts of the page listen
 * for changes and call the methods.
 */
import { clampScroll, type Frame, type View } from '../../src/engine/timeline/layout.ts';
import type { Evidence } from '../../src/incident.ts';
import type { Entry } from '../../src/model.ts';
import type { CascadeHostApi, TimelineModel, TimelineScope } from '../../src/protocol.ts';
import { EntryStore } from './entryStore.ts';
import { MarkStore } from './markStore.ts';
import { firstRange, fitRange, panRange, type Range, rangeWith, withinRange, zoomRange } from './range.ts';
import { NO_MARKS } from './scene.ts';
import { nextMark, type Step } from './step.ts';
import type { SavedState } from './vscodeApi.ts';

/** What has changed: the model, what of it is seen, its marks, what is selected, or what lies over it. */
export type Change = 'model' | 'view' | 'marks' | 'selection' | 'overlay';

export type Status = { kind: 'loading' } | { kind: 'ready' } | { kind: 'empty' } | { kind: 'failed'; message: string };

export interface Selection {
  entry: number;
  /** Null until the entry is read where only its number was known. */
  time: number | null;
  /** -1 where the entry has no row in this scope. */
  row: number;
  details: Entry | null;
}

export class Cascade {
  status: Status = { kind: 'loading' };
  scope: TimelineScope;
  model: TimelineModel | null = null;
  view: View = { from: 0, to: 1, scroll: 0 };
  selection: Selection | null = null;
  /** What went wrong with the last thing asked for; the picture stays. */
  notice: string | null = null;
  /** The number of the selected edge. */
  edge: number | null = null;
  cursor: number | null = null;
  measure: Range | null = null;
  table = false;
  /** The trace the scope switch offers: the last one shown or met in a selected entry. */
  offeredTrace: string | null = null;
  marks: MarkStore;
  readonly entries: EntryStore;
  private readonly host: CascadeHostApi;
  private readonly listeners: ((change: Change) => void)[] = [];
  private loads = 0;
  private frame: Frame | null = null;

  constructor(host: CascadeHostApi, scope: TimelineScope) {
    this.host = host;
    this.scope = scope;
    this.entries = new EntryStore(host);
    this.marks = this.newMarks(scope);
  }

  onChange(listener: (change: Change) => void): void {
    this.listeners.push(listener);
  }

  /** Shows a scope: its model is asked for, and what was selected in the other scope stays if it can. */
  async show(scope: TimelineScope, saved: Partial<SavedState> = {}): Promise<void> {
    this.scope = scope;
    if (scope.kind === 'trace') this.offeredTrace = scope.id;
    this.edge = null;
    this.measure = null;
    this.status = { kind: 'loading' };
    this.changed('model');
    if (!(await this.load())) return;
    if (saved.range) this.setRange(saved.range);
    else if (this.model !== null) this.setRange(firstRange(this.model));
    if (saved.selected) await this.restoreSelection(saved.selected);
    else if (this.selection !== null) this.place(this.selection);
  }

  /** The log was indexed again: numbers of entries mean others now. */
  async reload(): Promise<void> {
    const before = this.model;
    const wasWhole = before !== null && covers(this.view, before);
    const selected = this.selection?.details ?? null;
    this.entries.clear();
    this.cursor = null;
    this.edge = null;
    this.selection = null;
    if (!(await this.load())) return;
    if (this.model !== null && (before === null || wasWhole)) this.setRange(fitRange(this.model));
    if (selected !== null) await this.restoreSelection(selected);
    this.changed('selection');
  }

  setFrame(frame: Frame): void {
    this.frame = frame;
    this.view = { ...this.view, scroll: clampScroll(frame, this.view.scroll) };
  }

  setRange(range: Range): void {
    const { from, to } = this.model === null ? range : withinRange(range, this.model);
    this.view = { ...this.view, from, to };
    this.changed('view');
  }

  scrollBy(pixels: number): void {
    if (this.frame === null) return;
    this.view = { ...this.view, scroll: clampScroll(this.frame, this.view.scroll + pixels) };
    this.changed('view');
  }

  fit(): void {
    if (this.model !== null) this.setRange(fitRange(this.model));
  }

  zoom(factor: number, around: number): void {
    if (this.model !== null) this.setRange(zoomRange(this.view, around, factor, this.model));
  }

  /** Pans by a share of what is seen. */
  pan(share: number): void {
    if (this.model !== null) this.setRange(panRange(this.view, share * (this.view.to - this.view.from), this.model));
  }

  /** Selects an entry; where its place is not known yet, it is read from the entry. */
  async select(entry: number, preview: boolean, place?: { time: number; row: number }): Promise<void> {
    const selection: Selection = { entry, time: place?.time ?? null, row: place?.row ?? -1, details: null };
    this.selection = selection;
    this.edge = null;
    this.notice = null;
    this.changed('selection');
    const details = await this.host.select(entry, preview).catch((error: unknown) => this.warn(error));
    if (this.selection !== selection || !details) return;
    selection.details = details;
    if (place === undefined) this.place(selection);
    const trace = traceOf(details);
    if (trace !== null) this.offeredTrace = trace;
    this.changed('selection');
  }

  selectEvidence(evidence: Evidence): void {
    void this.select(evidence.entry, true);
  }

  selectEdge(edge: number): void {
    this.edge = edge;
    this.selection = null;
    this.changed('selection');
  }

  /** Selects the next or previous entry that the step wants, wherever it is. */
  async step(step: Step): Promise<void> {
    if (this.model === null) return;
    const { model, marks, selection } = this;
    const found = await nextMark(marks, model, step, selection, this.view).catch((error: unknown) => this.warn(error));
    if (!found) return;
    this.setRange(rangeWith(this.view, found.time, model));
    this.revealRow(found.row);
    await this.select(found.entry, true, found);
  }

  open(beside: boolean): void {
    if (this.selection !== null) this.openEntry(this.selection.entry, beside);
  }

  openEntry(entry: number, beside: boolean): void {
    this.host.open(entry, beside).catch((error: unknown) => this.warn(error));
  }

  /** Takes back one thing: a measure, a selection, then the scope of a trace. */
  escape(): void {
    if (this.measure !== null) this.setMeasure(null);
    else if (this.selection !== null || this.edge !== null) {
      this.selection = null;
      this.edge = null;
      this.changed('selection');
    } else if (this.scope.kind === 'trace') void this.show({ kind: 'incident' });
  }

  setMeasure(measure: Range | null): void {
    this.measure = measure;
    this.changed('overlay');
  }

  async setCursor(entry: number): Promise<void> {
    const details = await this.entries.get(entry).catch(() => null);
    this.cursor = details && this.timeOf(details);
    this.changed('overlay');
  }

  /** Moves the times of a trace's services by what their clocks are apart, or shows them as written again. */
  async applyClocks(applied: boolean): Promise<void> {
    if (this.scope.kind !== 'trace') return;
    const { kind, id } = this.scope;
    await this.show(applied ? { kind, id, clocks: 'applied' } : { kind, id });
  }

  setTable(table: boolean): void {
    this.table = table;
    this.changed('view');
  }

  savedState(root: string): SavedState {
    const details = this.selection?.details ?? null;
    const selected = details && { entry: details.entry, file: details.file, line: details.line };
    const range = this.model === null ? null : { from: this.view.from, to: this.view.to };
    return { root, scope: this.scope, range, selected, table: this.table };
  }

  rowOf(entry: Entry): number {
    const name = entry.service ?? '';
    return this.model?.rows.findIndex((row) => row.kind === 'service' && row.name === name) ?? -1;
  }

  /** Where an entry stands in the picture: where clocks are applied, not at the time that it says. */
  timeOf(entry: Entry): number | null {
    const shift = this.model?.shiftMs?.[this.rowOf(entry)] ?? 0;
    return entry.timestamp === null ? null : entry.timestamp + Math.round(shift * 1000);
  }

  private async load(): Promise<boolean> {
    const load = ++this.loads;
    try {
      const model = await this.host.model(this.scope);
      if (load !== this.loads) return false;
      this.model = model;
      this.marks = this.newMarks(this.scope);
      this.status = { kind: model === null ? 'empty' : 'ready' };
      this.changed('model');
      return model !== null;
    } catch (error) {
      if (load === this.loads) this.fail(error);
      return false;
    }
  }

  private newMarks(scope: TimelineScope): MarkStore {
    const marks: MarkStore = new MarkStore(this.host, scope, {
      // Answers to a scope that is no longer shown must not disturb the one that is.
      arrived: () => this.marks === marks && this.changed('marks'),
      failed: (error) => this.marks === marks && this.fail(error),
    });
    marks.shown = NO_MARKS;
    return marks;
  }

  /** An entry's number may have come to mean another one; its place in the file tells. */
  private async restoreSelection({ entry, file, line }: { entry: number; file: string; line: number }): Promise<void> {
    const details = await this.host.select(entry, false).catch(() => null);
    if (details?.file !== file || details.line !== line) return;
    this.selection = { entry, time: this.timeOf(details), row: this.rowOf(details), details };
    this.changed('selection');
  }

  private place(selection: Selection): void {
    const { details } = selection;
    if (details === null || this.model === null) return;
    selection.time = this.timeOf(details);
    selection.row = this.rowOf(details);
    if (selection.time === null || selection.row === -1) return;
    this.setRange(rangeWith(this.view, selection.time, this.model));
    this.revealRow(selection.row);
  }

  private revealRow(row: number): void {
    if (this.frame === null) return;
    const { rowHeight, plot } = this.frame;
    const top = row * rowHeight;
    if (top < this.view.scroll) this.scrollBy(top - this.view.scroll);
    else if (top + rowHeight > this.view.scroll + plot.height)
      this.scrollBy(top + rowHeight - plot.height - this.view.scroll);
  }

  private fail(error: unknown): void {
    this.status = { kind: 'failed', message: messageOf(error) };
    this.changed('model');
  }

  private warn(error: unknown): null {
    this.notice = messageOf(error);
    this.changed('selection');
    return null;
  }

  private changed(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function covers(view: Range, model: TimelineModel): boolean {
  return view.from <= model.from && view.to >= model.to;
}

/** The id that stands for the entry's trace: one whose key says so, else its first. */
export function traceOf({ ids }: Entry): string | null {
  const trace = ids.find(({ key }) => /trace/i.test(key)) ?? ids[0];
  return trace?.value ?? null;
}
