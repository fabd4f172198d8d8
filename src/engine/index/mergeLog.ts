/** Makes one log of the indexes of its files: one numbering of everything, one order in time. */
import type { EntryRow, SkippedFile } from '../../model.ts';
import { LEVELS } from '../../model.ts';
import { idKeyRank, REQUEST_RANK } from '../correlation/idKeys.ts';
import { normaliseId } from '../correlation/normalise.ts';
import { mineTemplates } from '../templates/drain.ts';
import type { FileIndex } from './fileIndex.ts';
import { IdTable } from './idTable.ts';
import { type Ids, type Log, NO_ID, NO_LEVEL, NO_SERVICE } from './log.ts';
import { timeOrder } from './order.ts';

/** Numbers that grow by name: the same name in two files is one. */
class Interned {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.names.length;
      this.names.push(name);
      this.#numbers.set(name, number);
    }
    return number;
  }
}

/** Id keys past the column's range share the last number. */
const MOST_KEYS = 0xffff;

/** All of a log but the reading back of text. */
export type MergedLog = Omit<Log, 'read'> & {
  readonly indexes: readonly FileIndex[];
  /** Number of the first entry of each file; one more at the end. */
  readonly firstEntry: readonly number[];
  /** The entry that covers a line; -1 where none does. */
  entryAt(file: number, line: number): number;
};

/** `indexes` in order of path, so that numbers do not hang on the order in which files were found. */
export function mergeLog(indexes: readonly FileIndex[], skipped: readonly SkippedFile[]): MergedLog {
  const firstEntry = [0];
  for (const index of indexes) firstEntry.push((firstEntry.at(-1) ?? 0) + index.time.length);
  const count = firstEntry.at(-1) ?? 0;
  const time = new Float64Array(count);
  const file = new Uint16Array(count);
  const line = new Uint32Array(count);
  const level = new Uint8Array(count);
  const service = new Uint16Array(count);
  const template = new Uint32Array(count);
  const layout = new Uint16Array(count);
  const durationMs = new Float32Array(count);
  const services = new Interned();
  const shapes = new Interned();
  const layouts = new Interned();
  const keysOfLayout: string[][] = [];
  const shapeNumbers = indexes.map((index) => index.templates.map((shape) => shapes.number(shape)));
  const templates = mineTemplates(shapes.names);
  for (const [f, index] of indexes.entries()) {
    const base = firstEntry[f];
    time.set(index.time, base);
    line.set(index.line, base);
    level.set(index.level, base);
    durationMs.set(index.durationMs, base);
    file.fill(f, base, firstEntry[f + 1]);
    const serviceNumber = index.services.map((name) => Math.min(services.number(name), NO_SERVICE));
    const templateNumber = shapeNumbers[f].map((shape) => templates.template[shape]);
    const layoutNumber = index.layouts.map((keys) => {
      const number = layouts.number(keys.join('\0'));
      keysOfLayout[number] ??= keys;
      return Math.min(number, 0xffff);
    });
    for (let i = 0; i < index.time.length; i++) {
      service[base + i] = index.service[i] === NO_SERVICE ? NO_SERVICE : serviceNumber[index.service[i]];
      template[base + i] = templateNumber[index.template[i]];
      layout[base + i] = layoutNumber[index.layout[i]];
    }
  }
  const order = timeOrder(time, firstEntry);
  const { ids, trace } = mergeIds(indexes, firstEntry, order);
  const files = indexes.map((index) => index.summary);
  const entryAt = (f: number, wanted: number): number => {
    let low = firstEntry[f];
    let high = firstEntry[f + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (line[middle] <= wanted) low = middle + 1;
      else high = middle;
    }
    const entry = low - 1;
    return entry >= firstEntry[f] && wanted <= line[entry] + indexes[f].extraLines[entry - firstEntry[f]] ? entry : -1;
  };
  const row = (entry: number): EntryRow => ({
    entry,
    file: files[file[entry]].path,
    line: line[entry],
    column: 1,
    endLine: line[entry] + indexes[file[entry]].extraLines[entry - firstEntry[file[entry]]],
    timestamp: Number.isNaN(time[entry]) ? null : time[entry],
    level: level[entry] === NO_LEVEL ? null : LEVELS[level[entry]],
    service: service[entry] === NO_SERVICE ? null : services.names[service[entry]],
  });
  return {
    count,
    time,
    file,
    line,
    level,
    service,
    template,
    layout,
    durationMs,
    trace,
    order,
    ids,
    files,
    skipped,
    services: services.names,
    templates: templates.texts.map((text) => ({ text })),
    layouts: keysOfLayout,
    indexes,
    firstEntry,
    entryAt,
    row,
  };
}

function mergeIds(
  indexes: readonly FileIndex[],
  firstEntry: readonly number[],
  order: Uint32Array,
): { ids: Ids; trace: Uint32Array } {
  const table = new IdTable();
  const keys = new Interned();
  const count = firstEntry.at(-1) ?? 0;
  const pairs = indexes.reduce((sum, index) => sum + index.pairId.length, 0);
  const pairId = new Uint32Array(pairs);
  /** Of each entry, where its pairs begin: pairs stand in order of entry. */
  const firstPair = new Uint32Array(count + 1);
  const pairKey = new Uint16Array(pairs);
  let at = 0;
  for (const [f, index] of indexes.entries()) {
    const idNumber = new Uint32Array(index.ids.count + 1);
    for (let id = 1; id <= index.ids.count; id++) idNumber[id] = table.internFrom(index.ids, id);
    const keyNumber = index.idKeys.map((name) => Math.min(keys.number(name), MOST_KEYS));
    for (let pair = 0; pair < index.pairId.length; pair++, at++) {
      pairId[at] = idNumber[index.pairId[pair]];
      pairKey[at] = keyNumber[index.pairKey[pair]];
      firstPair[firstEntry[f] + index.pairEntry[pair] + 1]++;
    }
  }
  for (let entry = 0; entry < count; entry++) firstPair[entry + 1] += firstPair[entry];

  const ranks = keys.names.map(idKeyRank);
  const trace = new Uint32Array(count);
  const leads = new Uint8Array(table.count + 1);
  const keyOf = new Uint16Array(table.count + 1);
  const known = new Uint8Array(table.count + 1);
  const start = new Uint32Array(table.count + 2);
  for (let entry = 0; entry < count; entry++) {
    let best = REQUEST_RANK - 1;
    for (let pair = firstPair[entry]; pair < firstPair[entry + 1]; pair++) {
      const id = pairId[pair];
      const rank = ranks[pairKey[pair]];
      start[id + 1]++;
      if (known[id] === 0 || rank > ranks[keyOf[id]]) {
        known[id] = 1;
        keyOf[id] = pairKey[pair];
      }
      if (rank > best) {
        best = rank;
        trace[entry] = id;
      }
    }
    if (trace[entry] !== NO_ID) leads[trace[entry]] = 1;
  }
  for (let id = 1; id <= table.count; id++) start[id + 1] += start[id];
  // Going through the entries in order of time leaves every id's entries in that order.
  const entries = new Uint32Array(pairs);
  const next = start.slice();
  for (const entry of order) {
    for (let pair = firstPair[entry]; pair < firstPair[entry + 1]; pair++) entries[next[pairId[pair]]++] = entry;
  }
  const ids: Ids = {
    count: table.count,
    find: (normalised) => table.find(normaliseId(normalised) ?? ''),
    text: (id) => table.text(id),
    key: (id) => keys.names[keyOf[id]],
    isTrace: (id) => leads[id] === 1,
    entries: (id) => entries.subarray(start[id], start[id + 1]),
  };
  return { ids, trace };
}
