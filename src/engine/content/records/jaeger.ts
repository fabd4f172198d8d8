/** Jaeger's JSON: the answer of its query service, a single trace, or a span as Jaeger stores it. */
import type { Json } from '../../../model.ts';
import { fromPairs, has, isObject, type JsonObject, object, objects, present, text, without } from './json.ts';
import { nanos } from './nanos.ts';
import { exceptionText, spanEvent, spanLine } from './spanLine.ts';

const MICRO = 1000n;

export function isJaeger(value: JsonObject): boolean {
  return objects(value.data).some(isTrace) || isTrace(value) || isSpan(value);
}

function isTrace(value: JsonObject): boolean {
  return has(value, 'spans') && (has(value, 'traceID') || has(value, 'processes')) && Array.isArray(value.spans);
}

function isSpan(value: JsonObject): boolean {
  return has(value, 'traceID', 'spanID', 'operationName');
}

export function* jaegerRecords(value: JsonObject): Generator<JsonObject> {
  if (isSpan(value)) yield span(value, {}, null);
  else if (isTrace(value)) yield* spansOf(value);
  else for (const trace of objects(value.data)) yield* isTrace(trace) ? spansOf(trace) : [trace];
}

function* spansOf(trace: JsonObject): Generator<JsonObject> {
  const processes = object(trace.processes);
  for (const item of objects(trace.spans)) yield span(item, processes, text(trace.traceID));
}

function span(item: JsonObject, processes: JsonObject, traceOfAll: string | null): JsonObject {
  const process = isObject(item.process) ? item.process : object(processes[text(item.processID) ?? '']);
  const trace = text(item.traceID) ?? traceOfAll;
  const tags = tagsOf(item.tags ?? item.tag);
  const references = objects(item.references);
  const parent =
    references.find((reference) => reference.refType !== 'FOLLOWS_FROM' && isIn(reference, trace)) ??
    references.find((reference) => isIn(reference, trace));
  const events = objects(item.logs).map((log) => {
    const fields = tagsOf(log.fields);
    return spanEvent(nanos(log.timestamp, MICRO), text(fields.event), without(fields, ['event']));
  });
  const failed =
    tags.error === true || tags.error === 'true' || text(tags['otel.status_code'])?.toUpperCase() === 'ERROR';
  return spanLine({
    service: text(process.serviceName),
    trace,
    span: text(item.spanID),
    parent: parent ? text(parent.spanID) : text(item.parentSpanID),
    name: text(item.operationName) ?? '',
    kind: text(tags['span.kind']),
    start: nanos(item.startTime, MICRO),
    duration: nanos(item.duration, MICRO),
    level: failed ? 'error' : null,
    status: failed ? 'error' : null,
    reason: text(tags['otel.status_description']) ?? exceptionText(events) ?? text(tags['error.message']),
    more: {
      // Without the process, its key is all that is known of the service.
      process: has(process, 'serviceName') ? undefined : text(item.processID),
      attributes: tags,
      resource: tagsOf(process.tags ?? process.tag),
      events,
      links: references
        .filter((reference) => reference !== parent)
        .map((reference) =>
          present({ trace_id: reference.traceID, span_id: reference.spanID, ref_type: reference.refType }),
        ),
      flags: item.flags,
      warnings: item.warnings,
    },
  });
}

function isIn(reference: JsonObject, trace: string | null): boolean {
  return text(reference.spanID) !== null && (trace === null || (text(reference.traceID) ?? trace) === trace);
}

/** A list of `{key, type, value}`; in storage also an object. */
function tagsOf(tags: Json | undefined): JsonObject {
  if (isObject(tags)) return tags;
  return fromPairs(objects(tags).map(({ key, value }) => [text(key) ?? '', value ?? null]));
}
