/** What a query line may go on with: fields and their values, as this log has them. */
import { LEVELS } from '../../model.ts';
import type { QueryCompletion } from '../../protocol.ts';
import type { Log } from '../index/log.ts';
import { isKey } from './predicates.ts';
import { textOf } from './values.ts';

/** Fields that every log has, whatever its keys are called. */
const ROLES = ['level', 'service', 'message', 'after', 'before', 'id', 'file'];
/** Entries read to learn which values a field has. */
const SAMPLE = 256;
const LONGEST_VALUE = 120;

/** What a log holds never changes, and each letter typed asks for it. */
interface Known {
  fields?: string[];
  /** Of the field that was asked for last. */
  values?: { key: string; found: Promise<string[]> };
}

const known = new WeakMap<Log, Known>();

/** The end of a query: the term that is being written, without what negates it or stands before it. */
const LAST_TERM = /(?:^|[\s(])[-!+]?((?:[A-Za-z_@][\w.@/-]*:)?(?:"[^"]*|[^\s"()]*))$/;

/** Each completion is the whole query with its last term completed. */
export async function completions(log: Log, query: string, most: number): Promise<QueryCompletion[]> {
  const memory = known.get(log) ?? {};
  known.set(log, memory);
  const term = LAST_TERM.exec(query)?.[1];
  if (term === undefined) return [];
  const before = query.slice(0, query.length - term.length);
  const colon = term.indexOf(':');
  if (colon < 0) {
    memory.fields ??= fieldsOf(log);
    const names = begunBy(memory.fields, term).filter((name) => name !== term);
    return names.slice(0, most).map((name) => ({ query: `${before}${name}:`, label: `${name}:`, kind: 'field' }));
  }
  const key = term.slice(0, colon);
  const asked = key.toLowerCase();
  if (memory.values?.key !== asked) memory.values = { key: asked, found: valuesOf(log, asked) };
  const begun = term.slice(colon + 1).replace(/^"/, '');
  const values = begunBy(await memory.values.found, begun);
  return values
    .filter((value) => value !== begun)
    .slice(0, most)
    .map((value) => ({ query: `${before}${key}:${quoted(value)} `, label: `${key}:${value}`, kind: 'value' }));
}

/** Those that begin so, then those that hold it. */
function begunBy(names: readonly string[], begun: string): string[] {
  const wanted = begun.toLowerCase();
  const places = names.map((name) => ({ name, at: name.toLowerCase().indexOf(wanted) }));
  return [...places.filter(({ at }) => at === 0), ...places.filter(({ at }) => at > 0)].map(({ name }) => name);
}

/** The log's keys, the most frequent first. */
function fieldsOf(log: Log): string[] {
  const entries = new Float64Array(log.layouts.length);
  for (let entry = 0; entry < log.count; entry++) if (log.layout[entry] < entries.length) entries[log.layout[entry]]++;
  const counts = new Map<string, number>();
  for (const [layout, keys] of log.layouts.entries()) {
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + entries[layout]);
  }
  const own = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([key]) => key);
  return [...ROLES, ...own.filter((key) => !ROLES.includes(key) && /^[A-Za-z_@][\w.@/-]*$/.test(key))];
}

async function valuesOf(log: Log, key: string): Promise<string[]> {
  if (key === 'level') return [...LEVELS].reverse();
  if (key === 'service') return usedServices(log);
  if (key === 'file') return log.files.map(({ path }) => path);
  if (ROLES.includes(key)) return [];
  const has = log.layouts.map((keys) => keys.some((each) => isKey(each.toLowerCase(), key)));
  let holders = 0;
  for (let entry = 0; entry < log.count; entry++) if (has[log.layout[entry]]) holders++;
  // Spread over the log, for neighbours have the same values.
  const step = Math.max(1, holders / SAMPLE);
  const sample: number[] = [];
  for (let entry = 0, holder = 0; entry < log.count; entry++) {
    if (has[log.layout[entry]] && holder++ === Math.floor(sample.length * step)) sample.push(entry);
  }
  const counts = new Map<string, number>();
  for (const { fields } of await log.read(sample)) {
    for (const field of fields) {
      const value = textOf(field.value);
      if (isKey(field.key.toLowerCase(), key) && value !== '' && value.length <= LONGEST_VALUE) {
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
}

function usedServices(log: Log): string[] {
  const used = new Set<number>();
  for (let entry = 0; entry < log.count; entry++) used.add(log.service[entry]);
  return log.services.filter((_, service) => used.has(service)).sort();
}

/** As it must be written to mean itself. */
function quoted(value: string): string {
  return /^[\w./@#%+-]+(?::[\w./@#%+-]+)*$/.test(value) && !/^[-+]/.test(value)
    ? value
    : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
