/** From an id to everything that shares it. */
import type { CorrelationSummary, JoinedVia, Level, Occurrence, Trace, TraceEntry } from '../../model.ts';
import { LEVELS } from '../../model.ts';
import { type Log, NO_ID, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import type { ReadEntry } from '../index/reader.ts';
import { traceListOf } from '../overview/traces.ts';
import { hopsIn } from './hops.ts';
import { type Join, joinsOf } from './joins.ts';
import { normaliseId } from './normalise.ts';
import { spanTree } from './spanTree.ts';

const ERROR = LEVELS.indexOf('error');
/** A text that more ids hold does not tell which one is meant; the first of them are as good as others. */
const MOST_FOUND = 10_000;

/** The number of an id however it is written; NO_ID where the log has none such. */
export function findId(log: Log, text: string): number {
  const normalised = normaliseId(text);
  return normalised === null ? NO_ID : log.ids.find(normalised);
}

/** An id in numbers, from columns alone. */
export function summarise(log: Log, id: number): CorrelationSummary {
  const entries = log.ids.entries(id);
  const services: number[] = [];
  const files = new Set<number>();
  let worst = NO_LEVEL;
  let firstError = -1;
  for (const entry of entries) {
    files.add(log.file[entry]);
    const service = log.service[entry];
    if (service !== NO_SERVICE && !services.includes(service)) services.push(service);
    const level = log.level[entry];
    if (level !== NO_LEVEL && (worst === NO_LEVEL || level > worst)) worst = level;
    if (firstError < 0 && level !== NO_LEVEL && level >= ERROR) firstError = entry;
  }
  const times = Array.from(entries, (entry) => log.time[entry]).filter((time) => !Number.isNaN(time));
  return {
    id: log.ids.text(id),
    key: log.ids.key(id),
    entries: entries.length,
    files: files.size,
    services: services.map((service) => log.services[service]),
    from: times[0] ?? null,
    to: times.at(-1) ?? null,
    worstLevel: levelName(worst),
    first: log.row(entries[0]),
    firstError: firstError < 0 ? null : log.row(firstError),
  };
}

const levelName = (level: number): Level | null => (level === NO_LEVEL ? null : LEVELS[level]);

/**
 * Ids for a pick list. With text: the id that equals it, then those that begin with it, then those that hold
 * it. Without: traces (where the log has none, all ids that entries share), those of the worst level and the most
 * services first.
 */
export function searchIds(log: Log, text: string, limit: number): CorrelationSummary[] {
  const wanted = text.trim().toLowerCase();
  return (wanted === '' ? leadingIds(log, limit) : idsHolding(log, wanted, limit)).map((id) => summarise(log, id));
}

function leadingIds(log: Log, limit: number): number[] {
  const first = traceListOf(log).first('worst', limit);
  if (first.length > 0) return first;
  const ids: number[] = [];
  for (let id = 1; id <= log.ids.count && ids.length < limit; id++) if (log.ids.entries(id).length > 0) ids.push(id);
  return ids;
}

function idsHolding(log: Log, wanted: string, limit: number): number[] {
  const exact = findId(log, wanted);
  const ids = new Set(log.ids.holding(wanted, MOST_FOUND));
  if (exact !== NO_ID) ids.add(exact);
  const found = [...ids].flatMap((id) => {
    // One that turned out to be another, written otherwise, has no entries of its own.
    if (log.ids.entries(id).length === 0) return [];
    const at = log.ids.text(id).toLowerCase().indexOf(wanted);
    const place = id === exact ? 4 : at === 0 ? 2 : 0;
    return { id, score: (place + (log.ids.isTrace(id) ? 1 : 0)) * 1e9 + interest(log, id) };
  });
  found.sort((a, b) => b.score - a.score || a.id - b.id);
  return found.slice(0, limit).map(({ id }) => id);
}

/** Worst level first, then the number of services, then the number of entries. */
function interest(log: Log, id: number): number {
  const entries = log.ids.entries(id);
  // A sample is enough to sort by, or a huge folder would be walked whole at each keystroke.
  const step = Math.max(1, Math.floor(entries.length / 64));
  let worst = 0;
  const services = new Set<number>();
  for (let i = 0; i < entries.length; i += step) {
    const level = log.level[entries[i]];
    if (level !== NO_LEVEL && level > worst) worst = level;
    services.add(log.service[entries[i]]);
  }
  return worst * 1e7 + Math.min(services.size, 99) * 1e5 + Math.min(entries.length, 99_999);
}

/** An entry that holds an id, with the places in its lines where the id stands. */
export function occurrence(
  { entry, lines }: ReadEntry,
  isIt: (normalised: string) => boolean,
  joined: Occurrence['joined'] = 'recorded',
): Occurrence {
  const { message, ids, fields: _, ...row } = entry;
  const spellings = ids.filter((id) => isIt(id.normalised)).map((id) => id.value);
  const ranges = lines.flatMap((line, i) =>
    spellings.flatMap((value) => placesOf(line, value).map((place) => ({ line: row.line + i, ...place }))),
  );
  const distinct = ranges.filter(
    (range, i) => ranges.findIndex((other) => other.line === range.line && other.start === range.start) === i,
  );
  distinct.sort((a, b) => a.line - b.line || a.start - b.start);
  return { ...row, message, ranges: distinct, joined };
}

/** Columns (from 1) at which a value stands in a line by itself, not as a part of a longer word. */
export function placesOf(line: string, value: string): { start: number; end: number }[] {
  for (const form of writtenForms(value)) {
    const places = placesOfText(line, form);
    if (places.length > 0) return places.map((start) => ({ start, end: start + form.length }));
  }
  return [];
}

/** As it is, and as JSON writers that escape what they need not write it: `\u00fc`, `\/`. */
function writtenForms(value: string): string[] {
  const quoted = JSON.stringify(value).slice(1, -1);
  const ascii = quoted.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [...new Set([value, quoted, ascii, quoted.replaceAll('/', '\\/'), ascii.replaceAll('/', '\\/')])];
}

function placesOfText(line: string, value: string): number[] {
  const places: number[] = [];
  for (let at = line.indexOf(value); at >= 0; at = line.indexOf(value, at + value.length)) {
    const before = at === 0 ? '' : line[at - 1];
    const after = line[at + value.length] ?? '';
    // Inside JSON that is quoted in JSON a line end is written \n: its letter is not part of the word behind it.
    const escaped = at > 1 && line[at - 2] === '\\';
    if ((!/[A-Za-z0-9]/.test(before) || escaped) && !/[A-Za-z0-9]/.test(after)) places.push(at + 1);
  }
  return places;
}

/** A trace as the command line and the editor show it, with the entries that are joined to it. */
export async function traceOf(log: Log, id: number): Promise<Trace> {
  const { id: text, key, from, to } = summarise(log, id);
  const { joined, unclear } = joinsOf(log, id);
  const recorded = log.ids.entries(id);
  const entries = await log.read(recorded);
  const inferred = await log.read(joined.map(({ entry }) => entry));
  const all = inOrderOfTime(
    entries.map((entry) => ({ ...entry, joined: 'recorded', via: null })),
    inferred.map((entry, i) => ({ ...entry, joined: 'inferred', via: viaOf(log, joined[i]) })),
  );
  const tree = spanTree(entries);
  const { spans, criticalPath } = tree;
  // A span is logged by its start; the trace lasts until the last of them ends.
  const ends = spans.map(({ start, durationMs }) => (start ?? 0) + durationMs * 1000);
  const end = to === null ? null : ends.reduce((latest, each) => Math.max(latest, each), to);
  return {
    id: text,
    key,
    entries: all,
    unclear,
    spans,
    criticalPath,
    hops: hopsIn(log, [...entries, ...inferred], tree),
    services: [...new Set(all.flatMap(({ service }) => service ?? []))],
    durationMs: from === null || end === null ? null : (end - from) / 1000,
  };
}

/** Both are in order of time; an entry without one, which is never inferred, stays behind the one it follows. */
function inOrderOfTime(recorded: readonly TraceEntry[], inferred: readonly TraceEntry[]): TraceEntry[] {
  const all: TraceEntry[] = [];
  let next = 0;
  for (const entry of recorded) {
    while (next < inferred.length && isBefore(inferred[next], entry)) all.push(inferred[next++]);
    all.push(entry);
  }
  return [...all, ...inferred.slice(next)];
}

function isBefore(one: TraceEntry, other: TraceEntry): boolean {
  return one.timestamp !== null && other.timestamp !== null && one.timestamp < other.timestamp;
}

function viaOf(log: Log, { via, traces }: Join): JoinedVia {
  return { key: log.ids.key(via), id: log.ids.text(via), traces };
}
