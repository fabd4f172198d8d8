/** Marks by the window: asked for once, kept for a while, and shown from a wider window until finer ones come. */
import { type MarksWindow, marksWindow, windowKey } from '../../src/engine/timeline/window.ts';
import type { CascadeHostApi, TimelineScope } from '../../src/protocol.ts';
import type { Range } from './range.ts';
import { groupMarks, type MarkSet, NO_MARKS } from './scene.ts';

const MOST_WINDOWS = 24;

interface Held extends MarksWindow {
  set: MarkSet;
}

export interface MarkStoreEvents {
  arrived(): void;
  failed(error: unknown): void;
}

export class MarkStore {
  /** What to draw now. */
  shown: MarkSet = NO_MARKS;
  private readonly held = new Map<string, Held>();
  private readonly asked = new Set<string>();

  private readonly host: Pick<CascadeHostApi, 'marks'>;
  private readonly scope: TimelineScope;
  private readonly events: MarkStoreEvents;

  constructor(host: Pick<CascadeHostApi, 'marks'>, scope: TimelineScope, events: MarkStoreEvents) {
    this.host = host;
    this.scope = scope;
    this.events = events;
  }

  /** Makes `shown` the best there is for the view, and asks for what would be better. Called at each drawing. */
  show(view: Range, pixels: number): void {
    const wanted = marksWindow(view.from, view.to, pixels);
    const held = this.held.get(windowKey(wanted)) ?? this.covering(view, wanted);
    if (held !== undefined) {
      this.shown = held.set;
      return;
    }
    this.shown = this.widest(view) ?? this.shown;
    void this.ask(wanted);
  }

  /** Marks of any range, for steps that leave the view. */
  async range(range: Range, buckets: number): Promise<MarkSet> {
    return groupMarks(await this.host.marks(this.scope, range.from, range.to, buckets));
  }

  private async ask(wanted: MarksWindow): Promise<void> {
    const key = windowKey(wanted);
    if (this.asked.has(key)) return;
    this.asked.add(key);
    try {
      const marks = await this.host.marks(this.scope, wanted.from, wanted.to, wanted.buckets);
      this.held.set(key, { ...wanted, set: groupMarks(marks) });
      const [oldest] = this.held.keys();
      if (this.held.size > MOST_WINDOWS && oldest !== undefined) this.held.delete(oldest);
      this.events.arrived();
    } catch (error) {
      this.events.failed(error);
    } finally {
      this.asked.delete(key);
    }
  }

  /** A window as fine as the wanted one in which the view still lies. */
  private covering(view: Range, wanted: MarksWindow): Held | undefined {
    const finest = bucketOf(wanted);
    return [...this.held.values()].find((held) => bucketOf(held) === finest && covers(held, view));
  }

  /** The finest window that covers the view at all. */
  private widest(view: Range): MarkSet | undefined {
    const covering = [...this.held.values()].filter((held) => covers(held, view));
    return covering.sort((a, b) => bucketOf(a) - bucketOf(b))[0]?.set;
  }
}

function bucketOf({ from, to, buckets }: MarksWindow): number {
  return (to - from) / buckets;
}

function covers(held: MarksWindow, view: Range): boolean {
  return held.from <= view.from && held.to >= view.to;
}
