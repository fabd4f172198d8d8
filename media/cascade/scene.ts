/** All that one drawing needs, put together before it begins. */
import type { PlacedEdge } from '../../src/engine/timeline/edges.ts';
import type { Frame, View } from '../../src/engine/timeline/layout.ts';
import { LEVELS } from '../../src/model.ts';
import type { TimelineFlag, TimelineMarks, TimelineModel } from '../../src/protocol.ts';
import type { Theme } from './theme.ts';

export interface Scene {
  model: TimelineModel;
  frame: Frame;
  view: View;
  marks: MarkSet;
  /** The lane of each bar of the model. */
  lanes: Uint8Array;
  edges: PlacedEdge[];
  edgeTexts: readonly string[];
  theme: Theme;
}

/** Marks with what drawing and pointing at them need to be quick. */
export interface MarkSet {
  marks: TimelineMarks;
  /** Numbers of marks by level, in order of time; entries without a level last. */
  byLevel: readonly Uint32Array[];
}

/** What lies over the picture and changes with each move of the pointer. */
export interface Overlay {
  pointer: { x: number; y: number } | null;
  selected: { time: number; row: number } | null;
  /** The edge pointed at or selected. */
  edge: number | null;
  /** The entry at the cursor of an editor. */
  cursor: number | null;
  measure: { from: number; to: number } | null;
}

/** Entries without a level come after the levels. */
const UNKNOWN_LEVEL = LEVELS.length;

export const NO_MARKS: MarkSet = groupMarks({
  from: 0,
  to: 0,
  time: new Float64Array(),
  row: new Uint16Array(),
  level: new Uint8Array(),
  count: new Uint32Array(),
  entry: new Uint32Array(),
  inferred: new Uint8Array(),
});

export function groupMarks(marks: TimelineMarks): MarkSet {
  const groups: number[][] = Array.from({ length: UNKNOWN_LEVEL + 1 }, () => []);
  marks.level.forEach((level, mark) => {
    groups[Math.min(level, UNKNOWN_LEVEL)].push(mark);
  });
  return { marks, byLevel: groups.map((group) => Uint32Array.from(group)) };
}

/** The first of the numbers whose time is not before; numbers are in order of time. */
export function firstAtOrAfter(count: number, timeOf: (index: number) => number, time: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeOf(middle) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function flagsOfEntry(model: TimelineModel, entry: number): TimelineFlag[] {
  return model.flags.filter((flag) => flag.entry === entry);
}
