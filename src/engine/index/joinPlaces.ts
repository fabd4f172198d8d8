/** Makes one segment of two, where a file grew: else each line that is appended would add another. */
import type { EntryColumns } from './columns.ts';
import { joinAssumed } from './fileSummary.ts';
import type { SegmentPlace } from './mergedLog.ts';
import type { Checkpoint, SegmentCounts } from './segment.ts';

const MOST_SHAPES = 0x10000;
const MOST_BYTES = 2 ** 32;

/**
 * The place of both; `second` goes on where `first` ends, and `columns` hold its entries. Null where the columns are
 * too narrow for both in one.
 */
export function joinPlaces(first: SegmentPlace, second: SegmentPlace, columns: EntryColumns): SegmentPlace | null {
  const shapes = union(first.shapes, second.shapes);
  if (shapes.list.length > MOST_SHAPES || second.to - first.from > MOST_BYTES) return null;
  const { offset, shape } = columns;
  for (let i = 0; i < offset.length; i++) {
    offset[i] += second.from - first.from;
    shape[i] = shapes.places[shape[i]];
  }
  const services = union(first.services, second.services);
  const layouts = union(first.layouts, second.layouts);
  const idKeys = union(first.idKeys, second.idKeys);
  const ids = union(first.ids, second.ids);
  const before = second.checkpoint;
  const inUse = (list: Union, old: Uint32Array, count: number) =>
    list.places.subarray(0, count).reduce((most, place) => Math.max(most, place + 1), old.length);
  const checkpoint: Checkpoint = {
    offset: before?.offset ?? second.from,
    entries: second.firstEntry - first.firstEntry + (before?.entries ?? 0),
    pairs: second.firstPair - first.firstPair + (before?.pairs ?? 0),
    services: inUse(services, first.services, before?.services ?? 0),
    shapes: inUse(shapes, first.shapes, before?.shapes ?? 0),
    layouts: inUse(layouts, first.layouts, before?.layouts ?? 0),
    idKeys: inUse(idKeys, first.idKeys, before?.idKeys ?? 0),
    ids: inUse(ids, first.ids, before?.ids ?? 0),
    counts: before ? joinCounts(first.counts, before.counts) : first.counts,
  };
  return {
    ...first,
    to: second.to,
    services: services.list,
    shapes: shapes.list,
    layouts: layouts.list,
    idKeys: idKeys.list,
    ids: ids.list,
    counts: joinCounts(first.counts, second.counts),
    undated: first.undated || second.undated,
    checkpoint: second.undated ? null : checkpoint,
  };
}

interface Union {
  list: Uint32Array;
  /** Where in the list each of the second one's stands. */
  places: Uint32Array;
}

function union(first: Uint32Array, second: Uint32Array): Union {
  const placeOf = new Map<number, number>();
  for (const number of first) placeOf.set(number, placeOf.size);
  const places = second.map((number) => {
    const place = placeOf.get(number) ?? placeOf.size;
    placeOf.set(number, place);
    return place;
  });
  return { list: Uint32Array.from(placeOf.keys()), places };
}

function joinCounts(a: SegmentCounts, b: SegmentCounts): SegmentCounts {
  const formats = { ...a.formats };
  for (const [name, count] of Object.entries(b.formats)) formats[name] = (formats[name] ?? 0) + count;
  return {
    lines: a.lines + b.lines,
    blank: a.blank + b.blank,
    continuation: a.continuation + b.continuation,
    unrecognised: a.unrecognised + b.unrecognised,
    withMessage: a.withMessage + b.withMessage,
    formats,
    switchedOff: [...new Set([...a.switchedOff, ...b.switchedOff])],
    assumed: joinAssumed(a.assumed, b.assumed),
  };
}
