/** Spans of Zipkin's second format: in an array, an array of such, or one by one. */
import type { Json } from '../../../model.ts';
import { has, type JsonObject, object, objects, text } from './json.ts';
import { nanos } from './nanos.ts';
import { spanEvent, spanLine } from './spanLine.ts';

const MICRO = 1000n;
/** A log record may have ids of these names too; it says something, or how much it matters. */
const NOT_A_SPAN = ['message', 'msg', 'level', 'severity'];
const TELLING = ['localEndpoint', 'remoteEndpoint', 'duration', 'annotations', 'tags', 'shared', 'kind'];

export function isZipkin(value: JsonObject): boolean {
  const isIds = isHex(value.traceId, 32) && isHex(value.id, 16);
  return (
    isIds && TELLING.some((key) => Object.hasOwn(value, key)) && !NOT_A_SPAN.some((key) => Object.hasOwn(value, key))
  );
}

function isHex(value: Json | undefined, longest: number): boolean {
  return typeof value === 'string' && value.length <= longest && /^[0-9a-f]+$/i.test(value);
}

export function zipkinRecords(item: JsonObject): JsonObject[] {
  const tags = object(item.tags);
  // The tag's value may be empty: that it is there says that the span failed.
  const failed = has(tags, 'error') && tags.error !== false && tags.error !== 'false';
  const reason = text(tags.error);
  return [
    spanLine({
      service: text(object(item.localEndpoint).serviceName),
      trace: text(item.traceId),
      span: text(item.id),
      parent: text(item.parentId),
      name: text(item.name) ?? '',
      kind: text(item.kind)?.toLowerCase(),
      start: nanos(item.timestamp, MICRO),
      duration: nanos(item.duration, MICRO),
      level: failed ? 'error' : null,
      status: failed ? 'error' : null,
      reason: reason === 'true' ? null : reason,
      more: {
        local: item.localEndpoint,
        remote: item.remoteEndpoint,
        attributes: tags,
        events: objects(item.annotations).map((note) => spanEvent(nanos(note.timestamp, MICRO), text(note.value), {})),
        shared: item.shared,
        debug: item.debug,
      },
    }),
  ];
}
