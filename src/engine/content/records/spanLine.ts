/** A recorded span as one line of JSON that reads like any other record, whatever tracer wrote it. */
import type { Json } from '../../../model.ts';
import { type JsonObject, object, present } from './json.ts';
import { milliseconds, timeText } from './nanos.ts';

/** The value of `type` that tells a span from a log record. */
export const SPAN_TYPE = 'span';

export interface SpanRecord {
  service: string | null;
  trace: string | null;
  span: string | null;
  parent: string | null;
  name: string;
  kind?: string | null | undefined;
  /** Nanoseconds since 1970. */
  start: bigint | null;
  /** Nanoseconds. */
  duration: bigint | null;
  /** Only trouble has a level: that a span went well says nothing of how much it matters. */
  level: 'error' | 'warn' | null;
  status?: string | null | undefined;
  /** Why it failed, in the words of the tracer. */
  reason?: string | null | undefined;
  /** What else the tracer told, under its own keys. */
  more?: Record<string, Json | undefined>;
}

/** A message of several lines would hide what comes behind it. */
const LONGEST_REASON = 500;

export function spanLine(span: SpanRecord): JsonObject {
  const reason = span.level === null ? null : (span.reason ?? null);
  const { start, duration } = span;
  return present({
    timestamp: timeText(start),
    level: span.level,
    type: SPAN_TYPE,
    service: span.service,
    trace_id: span.trace,
    span_id: span.span,
    parent_span_id: span.parent,
    message: reason === null ? span.name : `${span.name}: ${reason.slice(0, LONGEST_REASON)}`,
    name: span.name,
    kind: span.kind,
    status: span.status,
    status_message: span.reason,
    ...span.more,
    // Last, because attributes may hold durations of their own.
    duration_ms: duration === null || duration < 0n ? undefined : milliseconds(duration),
    negative_duration_ms: duration !== null && duration < 0n ? milliseconds(duration) : undefined,
  });
}

/** An event of a span as it stands in the span's line. */
export function spanEvent(time: bigint | null, name: string | null, attributes: JsonObject): JsonObject {
  return present({ timestamp: timeText(time), name, attributes });
}

/** What the exceptions among the attributes of a span's events say. */
export function exceptionText(events: readonly JsonObject[]): string | null {
  for (const { attributes } of events.toReversed()) {
    const { 'exception.type': type, 'exception.message': message, 'error.object': thrown } = object(attributes);
    const words = [type, message].filter((word) => typeof word === 'string' && word !== '');
    if (words.length > 0) return words.join(': ');
    if (typeof thrown === 'string') return thrown;
  }
  return null;
}
