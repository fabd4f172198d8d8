/** From one entry to the next in time, beyond what is in sight where need be. */
import { LEVELS } from '../../src/model.ts';
import type { TimelineModel } from '../../src/protocol.ts';
import type { MarkStore } from './markStore.ts';
import type { Range } from './range.ts';
import { firstAtOrAfter, type MarkSet } from './scene.ts';

export interface Step {
  direction: 1 | -1;
  errorsOnly: boolean;
}

export interface Found {
  entry: number;
  time: number;
  row: number;
}

const ERROR = LEVELS.indexOf('error');
const BUCKETS_BEYOND = 2_048;

/** The mark after (or before) the selected one; from the edge of the view where nothing is selected. */
export async function nextMark(
  store: Pick<MarkStore, 'shown' | 'range'>,
  model: TimelineModel,
  step: Step,
  from: { entry: number; time: number | null } | null,
  view: Range,
): Promise<Found | null> {
  const start = from?.time ?? (step.direction === 1 ? view.from : view.to);
  const { marks } = store.shown;
  const held = start >= marks.from && start <= marks.to;
  if (held) {
    const found = search(store.shown, model, step, start, from?.entry ?? null);
    if (found !== null) return found;
  }
  const rest = beyond(model, step, start, held ? marks : { from: start, to: start });
  if (rest === null) return null;
  return search(await store.range(rest, BUCKETS_BEYOND), model, step, start, from?.entry ?? null);
}

/** What of the log lies behind the marks that were searched. */
function beyond(model: Range, { direction }: Step, start: number, searched: Range): Range | null {
  if (direction === 1) {
    const from = Math.max(start, searched.to);
    return from < model.to || start === searched.to ? { from, to: model.to } : null;
  }
  const to = Math.min(start, searched.from);
  return to > model.from || start === searched.from ? { from: model.from, to } : null;
}

/** Entries of one time are told apart by their place among the marks. */
function search(
  { marks }: MarkSet,
  model: TimelineModel,
  step: Step,
  start: number,
  entry: number | null,
): Found | null {
  const { direction, errorsOnly } = step;
  const count = marks.time.length;
  const first = firstAtOrAfter(count, (index) => marks.time[index], start);
  let at = first;
  while (at < count && marks.time[at] === start && !(marks.entry[at] === entry && isServiceRow(at))) at++;
  if (at >= count || marks.time[at] !== start) at = direction === 1 ? first - 1 : first;
  for (at += direction; at >= 0 && at < count; at += direction) {
    const level = marks.level[at];
    if (errorsOnly && (level < ERROR || level >= LEVELS.length)) continue;
    // A resource's row repeats entries of services.
    if (isServiceRow(at)) return { entry: marks.entry[at], time: marks.time[at], row: marks.row[at] };
  }
  return null;

  function isServiceRow(mark: number): boolean {
    return model.rows[marks.row[mark]]?.kind === 'service';
  }
}
