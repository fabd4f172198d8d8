/** Which document an object is, and the records in it. */
import { cloudWatchRecords, isCloudWatch } from './cloudwatch.ts';
import { elasticRecords, isElastic } from './elastic.ts';
import { isJaeger, jaegerRecords } from './jaeger.ts';
import { isObject, type JsonObject, object } from './json.ts';
import { isLoki, lokiRecords } from './loki.ts';
import { isOtlp, otlpRecords } from './otlp.ts';
import { isXray, xrayRecords } from './xray.ts';
import { isZipkin, zipkinRecords } from './zipkin.ts';

export interface Schema {
  name: string;
  /** Whether a document (or a part of one) is of the schema; it then holds at least a record. */
  is(value: JsonObject): boolean;
  /**
   * Never throws, whatever the members hold. A few bytes may be repeated in many records: what is written anew for
   * each of them is given one by one.
   */
  records(value: JsonObject): Iterable<JsonObject>;
}

const SCHEMAS: readonly Schema[] = [
  { name: 'otlp', is: isOtlp, records: otlpRecords },
  { name: 'jaeger', is: isJaeger, records: jaegerRecords },
  { name: 'zipkin', is: isZipkin, records: zipkinRecords },
  { name: 'x-ray', is: isXray, records: xrayRecords },
  { name: 'elasticsearch', is: isElastic, records: elasticRecords },
  { name: 'loki', is: isLoki, records: lokiRecords },
  { name: 'cloudwatch', is: isCloudWatch, records: cloudWatchRecords },
];

export function schemaOf(value: JsonObject): Schema | null {
  return SCHEMAS.find((schema) => schema.is(value)) ?? null;
}

/** The name under which documents of no known schema go. */
export const PLAIN_DOCUMENT = 'json document';

const TIME_KEY = /^@?(?:timestamp|time|ts|t|date|datetime|start_?time)$|_(?:time|at|ts)$|[a-z]Time(?:stamp)?$/i;
const MESSAGE_KEY = /^@?(?:message|msg|m|mt|event|text|body|log)$/i;

/**
 * The array of records that an object of no known schema wraps, as `{"count": 2, "items": […]}`; null where
 * the object is a record itself, or holds no such array.
 */
export function wrappedRecords(value: JsonObject): JsonObject[] | null {
  if (isRecord(value)) return null;
  const arrays = Object.values(value).filter((member) => Array.isArray(member) && member.length > 0);
  if (arrays.length !== 1) return null;
  const elements = arrays[0] as unknown[];
  const records = elements.filter((element): element is JsonObject => isObject(element as JsonObject));
  return records.length === elements.length && records.filter(isRecord).length * 2 > records.length ? records : null;
}

export function isRecord(value: JsonObject): boolean {
  const keys = Object.keys(value);
  if (Object.hasOwn(value, 'log') && isObject(value.log)) return keys.length > 1 || isRecord(object(value.log));
  return keys.some((key) => TIME_KEY.test(key)) || keys.some((key) => MESSAGE_KEY.test(key));
}
