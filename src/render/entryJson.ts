/** Entries, traces and files as JSON (docs/merge.schema.json, trace.schema.json, files.schema.json). */
import type { Entry, FileSummary, Hop, Json, Span, Trace } from '../model.ts';
import { type JsonObject, locationJson, timeJson } from './contract.ts';

/** One line of `merge --format json`. */
export function entryJson(entry: Entry): JsonObject {
  return {
    ...lineJson(entry),
    ids: entry.ids.map(({ key, value, normalised }) => ({ key, value, normalised })),
    fields: fieldsJson(entry.fields),
  };
}

function lineJson(entry: Entry): JsonObject {
  return {
    ...locationJson(entry),
    timestamp: timeJson(entry.timestamp),
    level: entry.level,
    service: entry.service,
    message: entry.message,
  };
}

/** A repeated key becomes an array of its values. Without a prototype, so that `__proto__` is a key as any other. */
function fieldsJson(fields: Entry['fields']): JsonObject {
  const values = new Map<string, Json[]>();
  for (const { key, value } of fields) {
    const known = values.get(key);
    if (known) known.push(value);
    else values.set(key, [value]);
  }
  const object: JsonObject = Object.create(null);
  for (const [key, all] of values) object[key] = all.length === 1 ? (all[0] ?? null) : all;
  return object;
}

export function traceJson(trace: Trace): JsonObject {
  return {
    id: trace.id,
    key: trace.key,
    entries: trace.entries.map((entry) => ({
      ...lineJson(entry),
      joined: entry.joined,
      via: entry.via && { key: entry.via.key, id: entry.via.id, traces: entry.via.traces },
    })),
    unclear: trace.unclear,
    spans: trace.spans.map(spanJson),
    criticalPath: trace.criticalPath,
    hops: trace.hops.map(hopJson),
    services: trace.services,
    durationMs: trace.durationMs,
  };
}

function hopJson({ caller, callee, joined, how, from, to, lagMs }: Hop): JsonObject {
  const [fromLine, toLine] = [from, to].map(
    (row) => row && { ...locationJson(row), timestamp: timeJson(row.timestamp) },
  );
  return { caller, callee, joined, how, from: fromLine ?? null, to: toLine ?? null, lagMs };
}

function spanJson(span: Span): JsonObject {
  const { id, parent, service, operation, durationMs, selfMs, error, file, line } = span;
  return {
    id,
    parent,
    service,
    operation,
    start: timeJson(span.start),
    durationMs,
    selfMs,
    error,
    file,
    line,
    column: 1,
  };
}

export function fileJson(file: FileSummary): JsonObject {
  return {
    path: file.path,
    format: file.format,
    encoding: file.encoding,
    lines: file.lines,
    entries: file.entries,
    blankLines: file.blankLines,
    continuationLines: file.continuationLines,
    unrecognisedLines: file.unrecognisedLines,
    withTimestamp: file.withTimestamp,
    withLevel: file.withLevel,
    withService: file.withService,
    withMessage: file.withMessage,
    withId: file.withId,
    from: timeJson(file.from),
    to: timeJson(file.to),
    assumed: { zone: file.assumed.zone, year: file.assumed.year },
    spans: file.spans === null ? null : { ...file.spans },
  };
}
