/** CloudWatch Logs: answers of its API, subscriptions, and the results of Insights queries. */
import type { Json } from '../../../model.ts';
import { exportedLine } from './exportedLine.ts';
import { fromPairs, has, isObject, type JsonObject, objects, present, text, without } from './json.ts';
import { nanos } from './nanos.ts';

const MILLI = 1_000_000n;
/** What stands beside the events of an answer: an object with anything else is a record that has events of its own. */
const ENVELOPE =
  /^(?:events|next(?:Forward|Backward)?Token|searchedLogStreams|logGroup|logGroupName|logStream|logStreamName|ResponseMetadata|\$metadata)$/;

export function isCloudWatch(value: JsonObject): boolean {
  return eventsOf(value).some(isEvent) || rowsOf(value).length > 0;
}

export function* cloudWatchRecords(value: JsonObject): Generator<JsonObject> {
  const stream = { logGroup: value.logGroup ?? value.logGroupName, logStream: value.logStream };
  for (const event of eventsOf(value)) yield isEvent(event) ? record(event, stream) : event;
  for (const row of rowsOf(value)) yield insight(row);
}

function eventsOf(value: JsonObject): JsonObject[] {
  const events = objects(value.logEvents);
  if (events.length > 0) return events;
  return Object.keys(value).every((key) => ENVELOPE.test(key)) ? objects(value.events) : [];
}

function isEvent(event: JsonObject): boolean {
  return typeof event.message === 'string' && nanos(event.timestamp, MILLI) !== null && !has(event, 'level');
}

function record(event: JsonObject, stream: Record<string, Json | undefined>): JsonObject {
  return exportedLine({
    line: String(event.message).trimEnd(),
    time: nanos(event.timestamp, MILLI),
    labels: withService(present({ ...stream, logStream: stream.logStream ?? event.logStreamName })),
    metadata: without(event, ['message', 'timestamp', 'logStreamName']),
  });
}

/** `/aws/lambda/checkout` and `/ecs/prod/checkout` end with the name of what logs. */
function withService(labels: JsonObject): JsonObject {
  const group = text(labels.logGroup);
  return group === null ? labels : { ...labels, service: group.split('/').at(-1) ?? group };
}

/** Rows of `{field, value}`. */
function rowsOf(value: JsonObject): JsonObject[] {
  if (!Array.isArray(value.results)) return [];
  return value.results.flatMap((row) => {
    const fields = objects(row);
    const named = fields.length > 0 && fields.every((field) => has(field, 'field', 'value'));
    return named ? [fromPairs(fields.map((field) => [text(field.field) ?? '', field.value]))] : [];
  });
}

function insight(row: JsonObject): JsonObject {
  const line = text(row['@message']);
  if (line === null || !isObject(row)) return row;
  // Written without a zone, and in UTC.
  const time = text(row['@timestamp'])?.replace(' ', 'T');
  const millis = time === undefined ? Number.NaN : Date.parse(/Z$/.test(time) ? time : `${time}Z`);
  return exportedLine({
    line: line.trimEnd(),
    time: Number.isNaN(millis) ? null : BigInt(millis) * MILLI,
    labels: withService(present({ logGroup: row['@log'], logStream: row['@logStream'] })),
    metadata: without(row, ['@message', '@timestamp', '@log', '@logStream', '@ptr']),
  });
}
