/** Loki: answers of its query API, what is pushed to it, lines of `logcli -o jsonl`, and Grafana's downloads. */
import type { Json } from '../../../model.ts';
import { exportedLine } from './exportedLine.ts';
import { isObject, type JsonObject, object, objects, text, without } from './json.ts';
import { nanos, parseTime } from './nanos.ts';

export function isLoki(value: JsonObject): boolean {
  return streamsOf(value).some(isStream) || isLogcli(value);
}

export function* lokiRecords(value: JsonObject): Generator<JsonObject> {
  if (isLogcli(value)) {
    const { line, timestamp, tsNs } = value;
    const labels = object(value.labels ?? value.fields);
    const metadata = without(value, ['line', 'timestamp', 'tsNs', 'labels', 'fields', 'date', 'id']);
    const time = nanos(tsNs, 1n) ?? parseTime(timestamp) ?? nanos(timestamp, 1n);
    yield exportedLine({ line: String(line), time, labels, metadata });
    return;
  }
  for (const stream of streamsOf(value)) {
    if (!isStream(stream)) {
      yield stream;
      continue;
    }
    const labels = object(stream.stream);
    const values = Array.isArray(stream.values) ? stream.values : [];
    for (const item of values.filter(Array.isArray)) {
      const metadata = metadataOf(item[2]);
      yield exportedLine({ line: text(item[1]) ?? '', time: nanos(item[0], 1n), labels, metadata });
    }
  }
}

function streamsOf(value: JsonObject): JsonObject[] {
  const result = objects(object(value.data).result);
  return result.length > 0 ? result : objects(value.streams);
}

function isStream(value: JsonObject): boolean {
  return isObject(value.stream) && Array.isArray(value.values);
}

function isLogcli(value: JsonObject): boolean {
  return (
    typeof value.line === 'string' &&
    (typeof value.timestamp === 'string' || typeof value.timestamp === 'number') &&
    (isObject(value.labels) || isObject(value.fields))
  );
}

/** `{"structuredMetadata": …, "parsed": …}` where labels are told apart by their origin, else just the labels. */
function metadataOf(value: Json | undefined): JsonObject {
  const all = object(value);
  const { structuredMetadata, parsed } = all;
  return isObject(structuredMetadata) || isObject(parsed) ? { ...object(parsed), ...object(structuredMetadata) } : all;
}
