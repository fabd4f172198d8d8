/** X-Ray: segments with their subsegments, as the daemon takes them and as `batch-get-traces` gives them. */
import { has, isObject, type JsonObject, object, objects, parseJson, text, without } from './json.ts';
import { nanos } from './nanos.ts';
import { spanLine } from './spanLine.ts';

const SECOND = 1_000_000_000n;
/** Told in the span's own members. */
const TOLD = ['name', 'id', 'trace_id', 'parent_id', 'start_time', 'end_time', 'subsegments'];

export function isXray(value: JsonObject): boolean {
  return isSegment(value) || isQuoted(value) || objects(value.Traces).some((trace) => has(trace, 'Segments'));
}

/** A segment in a string, as the API gives it. */
function isQuoted({ Document }: JsonObject): boolean {
  return typeof Document === 'string' && Document.includes('"start_time"');
}

function isSegment(value: JsonObject): boolean {
  return has(value, 'id', 'name', 'start_time') && /^1-[0-9a-f]{8}-/i.test(text(value.trace_id) ?? '');
}

export function xrayRecords(value: JsonObject): JsonObject[] {
  if (isSegment(value)) return segment(value, text(value.name), text(value.trace_id), text(value.parent_id));
  if (typeof value.Document === 'string') {
    const inner = parseJson(value.Document);
    return isObject(inner) && isSegment(inner) ? xrayRecords(inner) : [value];
  }
  return objects(value.Traces).flatMap((trace) => objects(trace.Segments).flatMap(xrayRecords));
}

function segment(item: JsonObject, service: string | null, trace: string | null, parent: string | null): JsonObject[] {
  const start = nanos(item.start_time, SECOND);
  const end = nanos(item.end_time, SECOND);
  const status = ['fault', 'error', 'throttle'].find((key) => item[key] === true);
  const own = spanLine({
    service,
    trace,
    span: text(item.id),
    parent,
    name: text(item.name) ?? '',
    kind: text(item.namespace),
    start,
    duration: start === null || end === null ? null : end - start,
    // A fault is the server's, an error (4xx) the client's.
    level: status === 'fault' ? 'error' : status === undefined ? null : 'warn',
    status,
    reason: reasonOf(object(item.cause)),
    more: { segment: without(item, TOLD) },
  });
  const inner = objects(item.subsegments).flatMap((part) => segment(part, service, trace, text(item.id)));
  return [own, ...inner];
}

function reasonOf(cause: JsonObject): string | null {
  const [exception] = objects(cause.exceptions);
  if (!exception) return null;
  return [text(exception.type), text(exception.message)].filter((word) => word !== null).join(': ') || null;
}
