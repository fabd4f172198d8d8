/** OTLP in JSON: logs, spans and metrics, of a document or of a line as the collector's file exporter writes it. */
import type { Json } from '../../../model.ts';
import { fromPairs, isObject, type JsonObject, object, objects, present, text, without } from './json.ts';
import { nanos, timeText } from './nanos.ts';
import { exceptionText, spanEvent, spanLine } from './spanLine.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUS = ['unset', 'ok', 'error'];

/** Protobuf's JSON may keep the names of the schema, which are in snake case. */
function member(from: JsonObject, key: string): Json | undefined {
  return from[key] ?? from[key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

export function isOtlp(value: JsonObject): boolean {
  return ['resourceLogs', 'resourceSpans', 'resourceMetrics'].some((key) => Array.isArray(member(value, key)));
}

export function otlpRecords(value: JsonObject): JsonObject[] {
  const records: JsonObject[] = [];
  for (const [key, scopes, older, items] of [
    ['resourceLogs', 'scopeLogs', 'instrumentationLibraryLogs', 'logRecords'],
    ['resourceSpans', 'scopeSpans', 'instrumentationLibrarySpans', 'spans'],
    ['resourceMetrics', 'scopeMetrics', 'instrumentationLibraryMetrics', 'metrics'],
  ] as const) {
    for (const group of objects(member(value, key))) {
      const resource = attributesOf(object(group.resource));
      const origin = {
        service: text(resource['service.name']),
        resource: without(resource, ['service.name']),
      };
      for (const part of objects(member(group, scopes) ?? member(group, older))) {
        const scope = scopeOf(object(part.scope ?? member(part, 'instrumentationLibrary')));
        for (const item of objects(member(part, items))) {
          if (items === 'spans') records.push(span(item, origin, scope));
          else if (items === 'logRecords') records.push(logRecord(item, origin, scope));
          else records.push(...dataPoints(item, origin, scope));
        }
      }
    }
  }
  return records;
}

interface Origin {
  service: string | null;
  resource: JsonObject;
}

function scopeOf(scope: JsonObject): JsonObject {
  return present({ ...without(scope, ['attributes']), attributes: attributesOf(scope) });
}

function span(item: JsonObject, { service, resource }: Origin, scope: JsonObject): JsonObject {
  const start = nanos(member(item, 'startTimeUnixNano'), 1n);
  const end = nanos(member(item, 'endTimeUnixNano'), 1n);
  const status = object(item.status);
  const events = objects(item.events).map((event) =>
    spanEvent(nanos(member(event, 'timeUnixNano'), 1n), text(event.name), attributesOf(event)),
  );
  const state = nameOf(status.code, STATUS, 'STATUS_CODE_');
  return spanLine({
    service,
    trace: idOf(member(item, 'traceId'), 16),
    span: idOf(member(item, 'spanId'), 8),
    parent: idOf(member(item, 'parentSpanId'), 8),
    name: text(item.name) ?? '',
    kind: nameOf(item.kind, KINDS, 'SPAN_KIND_'),
    start,
    duration: start === null || end === null || end === 0n ? null : end - start,
    level: state === 'error' ? 'error' : null,
    status: state === 'unset' ? null : state,
    reason: text(status.message) ?? exceptionText(events),
    more: {
      attributes: attributesOf(item),
      resource,
      scope,
      trace_state: text(member(item, 'traceState')),
      events,
      links: objects(item.links).map((link) =>
        present({
          trace_id: idOf(member(link, 'traceId'), 16),
          span_id: idOf(member(link, 'spanId'), 8),
          attributes: attributesOf(link),
        }),
      ),
    },
  });
}

function logRecord(item: JsonObject, { service, resource }: Origin, scope: JsonObject): JsonObject {
  const time = nanos(member(item, 'timeUnixNano'), 1n);
  const observed = nanos(member(item, 'observedTimeUnixNano'), 1n);
  const body = anyValue(item.body);
  const event = text(member(item, 'eventName'));
  const severity = text(member(item, 'severityText'));
  const level = levelOf(member(item, 'severityNumber'));
  return present({
    timestamp: timeText(time) ?? timeText(observed),
    level: level ?? severity,
    severity_text: level !== null && severity?.toLowerCase() !== level ? severity : null,
    service,
    trace_id: idOf(member(item, 'traceId'), 16),
    span_id: idOf(member(item, 'spanId'), 8),
    event_name: event,
    message: typeof body === 'string' ? body : (event ?? (body === null ? '' : JSON.stringify(body))),
    body: typeof body === 'string' ? undefined : body,
    attributes: attributesOf(item),
    resource,
    scope,
  });
}

/** A measurement is a record too: it has a time, a source and something to say. */
function dataPoints(metric: JsonObject, { service, resource }: Origin, scope: JsonObject): JsonObject[] {
  const name = text(metric.name) ?? '';
  const unit = text(metric.unit);
  const kinds = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary'];
  return kinds.flatMap((kind) =>
    objects(member(object(member(metric, kind)), 'dataPoints')).map((point) => {
      const value = member(point, 'asDouble') ?? member(point, 'asInt') ?? point.sum;
      return present({
        timestamp: timeText(nanos(member(point, 'timeUnixNano'), 1n)),
        type: 'metric',
        service,
        message: [name, ...(value === undefined ? [] : [text(value) ?? '?']), ...(unit === null ? [] : [unit])].join(
          ' ',
        ),
        metric: name,
        metric_kind: kind,
        value: typeof value === 'string' && Number.isSafeInteger(Number(value)) ? Number(value) : value,
        unit,
        attributes: attributesOf(point),
        point: without(point, ['attributes', 'timeUnixNano', 'asDouble', 'asInt']),
        resource,
        scope,
      });
    }),
  );
}

function attributesOf(holder: JsonObject): JsonObject {
  const { attributes } = holder;
  if (isObject(attributes)) return attributes;
  return fromPairs(objects(attributes).map(({ key, value }) => [text(key) ?? '', anyValue(value)]));
}

/** `{"intValue":"10"}` → 10. What is no such value stays as it is. */
function anyValue(value: Json | undefined): Json {
  if (!isObject(value)) return value ?? null;
  const [kind, inner] = Object.entries(value)[0] ?? ['', null];
  switch (kind.replace(/_v/, 'V')) {
    case 'stringValue':
    case 'boolValue':
    case 'doubleValue':
    case 'bytesValue':
      return inner;
    case 'intValue':
      return typeof inner === 'string' && Number.isSafeInteger(Number(inner)) ? Number(inner) : inner;
    case 'arrayValue': {
      const { values } = object(inner);
      return Array.isArray(values) ? values.map(anyValue) : [];
    }
    case 'kvlistValue':
      return fromPairs(objects(object(inner).values).map((pair) => [text(pair.key) ?? '', anyValue(pair.value)]));
    default:
      return Object.keys(value).length === 0 ? null : value;
  }
}

/** Hex as OTLP writes it, or base64 as protobuf's own JSON does; told by the length. Zeros are no id. */
function idOf(value: Json | undefined, bytes: number): string | null {
  const id = text(value);
  if (id === null || /^0+$/.test(id)) return null;
  if (id.length !== Math.ceil(bytes / 3) * 4 || !/^[A-Za-z0-9+/]+=*$/.test(id)) return id;
  const raw = atob(id);
  return Array.from(raw, (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function levelOf(severity: Json | undefined): string | null {
  if (typeof severity === 'string') {
    const word = /^SEVERITY_NUMBER_([A-Z]+?)\d?$/.exec(severity)?.[1]?.toLowerCase();
    if (word !== undefined) return LEVELS.includes(word) ? word : null;
  }
  const number = Number(text(severity));
  return number >= 1 && number <= 24 ? LEVELS[Math.floor((number - 1) / 4)] : null;
}

/** Enumerations are numbers, or the names of the schema. */
function nameOf(value: Json | undefined, names: readonly string[], prefix: string): string | null {
  if (typeof value === 'number') return names[value] ?? String(value);
  return typeof value === 'string' ? value.replace(prefix, '').toLowerCase() : null;
}
