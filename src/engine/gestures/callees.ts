/** Where the work of a trace went on that one of its entries hands over, and where it first failed. */
import { type EntryRow, LEVELS } from '../../model.ts';
import { joinsOf } from '../correlation/joins.ts';
import { spanTree } from '../correlation/spanTree.ts';
import { type Log, NO_ID, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import { isRecordedSpan } from '../timeline/recordedSpan.ts';

const ERROR = LEVELS.indexOf('error');
/** A trace of more spans than this is not read for a key press. */
const MOST_SPANS = 2_000;

/** The first error of the entries that hold the id, else of those that join its trace; -1 where nothing failed. */
export function firstFailureOf(log: Log, id: number): { entry: number; via: number } {
  const isError = (entry: number) => log.level[entry] !== NO_LEVEL && log.level[entry] >= ERROR;
  const recorded = id === NO_ID ? undefined : log.ids.entries(id).find(isError);
  if (recorded !== undefined) return { entry: recorded, via: id };
  const inferred = joinsOf(log, id).joined.find(({ entry }) => isError(entry));
  return inferred ?? { entry: -1, via: NO_ID };
}

/** The spans right below a recorded one; else the next entry of another service, unless it is of the same moment. */
export async function calleesOf(log: Log, id: number, entry: number): Promise<EntryRow[]> {
  if (id === NO_ID) return [];
  const entries = log.ids.entries(id);
  const at = entries.indexOf(entry);
  if (at < 0) return [];
  if (isRecordedSpan(log, entry)) return childSpans(log, entries, entry);
  const own = log.service[entry];
  const next = entries
    .subarray(at + 1)
    .find((each) => log.service[each] !== own && log.service[each] !== NO_SERVICE && log.time[each] > log.time[entry]);
  return next === undefined || own === NO_SERVICE ? [] : [log.row(next)];
}

async function childSpans(log: Log, entries: Uint32Array, entry: number): Promise<EntryRow[]> {
  const spans = entries.filter((each) => isRecordedSpan(log, each));
  if (spans.length > MOST_SPANS) return [];
  const read = await log.read(spans);
  const tree = spanTree(read).spans;
  const { file, line } = log.row(entry);
  const self = tree.find((span) => span.file === file && span.line === line);
  if (self === undefined || self.id === '') return [];
  return tree.flatMap((span) => {
    if (span.parent !== self.id) return [];
    const row = read.find((each) => each.file === span.file && each.line === span.line);
    return row === undefined ? [] : [log.row(row.entry)];
  });
}
