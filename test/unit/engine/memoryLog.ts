/** A small log in memory, for tests of rooms that read `Log` and nothing else. */

import { type Log, NO_ID, NO_LEVEL, NO_SERVICE } from '../../../src/engine/index/log.ts';
import type { Entry, EntryRow, Field, FileSummary, Id, Json } from '../../../src/model.ts';
import { LEVELS } from '../../../src/model.ts';

const TIME_KEYS = ['timestamp', 'ts', 'time'];
const LEVEL_KEYS = ['level', 'lvl'];
const SERVICE_KEYS = ['service', 'svc'];
const MESSAGE_KEYS = ['message', 'msg'];
const TRACE_KEY = /^(trace|correlation)_?id$/i;
const ID_KEY = /(_id|Id)$/;
const DURATION_KEYS = ['response_time_ms', 'duration_ms', 'latency_ms'];

/** Files as name → text, one JSON object a line. Whatever is no object is left out. */
export function memoryLog(files: Record<string, string>): Log {
  const entries: Entry[] = [];
  const [templates, layouts, services] = [table(), table(), table()];
  const columns: { template: number; layout: number; service: number; duration: number; file: number }[] = [];
  const paths = Object.keys(files).sort();
  for (const [file, path] of paths.entries()) {
    for (const [index, text] of files[path].split('\n').entries()) {
      const object = parsed(text);
      if (!object) continue;
      const entry = entryOf(object, entries.length, path, index + 1);
      entries.push(entry);
      columns.push({
        file,
        template: templates.number(masked(entry.message)),
        layout: layouts.number(Object.keys(object).join('\n')),
        service: entry.service === null ? NO_SERVICE : services.number(entry.service),
        duration: Number(DURATION_KEYS.map((key) => object[key]).find((value) => value !== undefined) ?? Number.NaN),
      });
    }
  }
  const ids = idsOf(entries);
  const time = Float64Array.from(entries, (entry) => entry.timestamp ?? Number.NaN);
  const order = Uint32Array.from(entries.keys()).sort((a, b) => time[a] - time[b] || a - b);
  return {
    count: entries.length,
    time,
    file: Uint16Array.from(columns, ({ file }) => file),
    line: Uint32Array.from(entries, ({ line }) => line),
    level: Uint8Array.from(entries, ({ level }) => (level === null ? NO_LEVEL : LEVELS.indexOf(level))),
    service: Uint16Array.from(columns, ({ service }) => service),
    template: Uint32Array.from(columns, ({ template }) => template),
    layout: Uint16Array.from(columns, ({ layout }) => layout),
    trace: Uint32Array.from(entries, (entry) => ids.leading(entry)),
    durationMs: Float32Array.from(columns, ({ duration }) => duration),
    files: paths.map((path) => summaryOf(path, entries)),
    skipped: [],
    services: services.names,
    templates: templates.names.map((text) => ({ text })),
    layouts: layouts.names.map((keys) => keys.split('\n')),
    order,
    ids: ids.ids,
    orphanSpans: [],
    spanParent: null,
    row: (entry): EntryRow => entries[entry],
    read: async (wanted) => Array.from(wanted, (entry) => entries[entry]),
    holding: async (wanted) => Array.from(wanted),
  };
}

function parsed(text: string): Record<string, Json> | null {
  try {
    return JSON.parse(text) as Record<string, Json>;
  } catch {
    return null;
  }
}

function entryOf(object: Record<string, Json>, entry: number, file: string, line: number): Entry {
  const text = (keys: string[]): string | null => {
    const value = keys.map((key) => object[key]).find((candidate) => typeof candidate === 'string');
    return typeof value === 'string' ? value : null;
  };
  const timestamp = text(TIME_KEYS);
  const level = text(LEVEL_KEYS)?.toLowerCase() ?? '';
  const fields: Field[] = Object.entries(object).map(([key, value]) => ({ key, value }));
  const ids: Id[] = Object.entries(object)
    .filter(([key, value]) => ID_KEY.test(key) && typeof value === 'string')
    .map(([key, value]) => ({ key, value: String(value), normalised: String(value).toLowerCase() }));
  return {
    entry,
    file,
    line,
    column: 1,
    endLine: line,
    timestamp: timestamp === null ? null : Date.parse(timestamp) * 1000,
    level: LEVELS.find((name) => name === level) ?? null,
    service: text(SERVICE_KEYS),
    message: text(MESSAGE_KEYS) ?? '',
    ids,
    fields,
  };
}

/** Variables are what holds a digit; enough for the messages that tests write. */
function masked(message: string): string {
  return message.replace(/\S*\d\S*/g, '<*>');
}

function table(): { names: string[]; number(name: string): number } {
  const names: string[] = [];
  const numbers = new Map<string, number>();
  return {
    names,
    number(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, names.length);
      return names.push(name) - 1;
    },
  };
}

function idsOf(entries: readonly Entry[]): { ids: Log['ids']; leading(entry: Entry): number } {
  const found: { id: Id; entries: Set<number>; isTrace: boolean }[] = [];
  const numbers = new Map<string, number>();
  for (const entry of entries) {
    for (const id of entry.ids) {
      let number = numbers.get(id.normalised);
      if (number === undefined) {
        number = found.push({ id, entries: new Set(), isTrace: false });
        numbers.set(id.normalised, number);
      }
      found[number - 1].entries.add(entry.entry);
      if (TRACE_KEY.test(id.key)) found[number - 1].isTrace = true;
    }
  }
  const timed = (entry: number): number => entries[entry].timestamp ?? 0;
  const postings = found.map((id) => Uint32Array.from(id.entries).sort((a, b) => timed(a) - timed(b) || a - b));
  return {
    ids: {
      count: found.length,
      find: (normalised) => numbers.get(normalised) ?? NO_ID,
      holding: (text, most) =>
        [...numbers].flatMap(([normalised, id]) => (normalised.includes(text) ? [id] : [])).slice(0, most),
      text: (id) => found[id - 1].id.value,
      key: (id) => found[id - 1].id.key,
      isTrace: (id) => found[id - 1].isTrace,
      entries: (id) => postings[id - 1],
      of: (entry) => entries[entry].ids.map(({ normalised }) => numbers.get(normalised) ?? NO_ID),
    },
    leading(entry) {
      const trace = entry.ids.find(({ key }) => TRACE_KEY.test(key));
      return trace ? (numbers.get(trace.normalised) ?? NO_ID) : NO_ID;
    },
  };
}

function summaryOf(path: string, entries: readonly Entry[]): FileSummary {
  const own = entries.filter(({ file }) => file === path);
  return {
    path,
    format: 'json',
    encoding: 'utf-8',
    unpacked: false,
    spans: null,
    lines: own.length,
    entries: own.length,
    blankLines: 0,
    continuationLines: 0,
    unrecognisedLines: 0,
    withTimestamp: own.length,
    withLevel: own.length,
    withService: own.length,
    withMessage: own.length,
    withId: own.length,
    from: null,
    to: null,
    assumed: { zone: null, year: null },
  };
}
