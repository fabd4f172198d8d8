/** Elasticsearch, OpenSearch and Kibana: answers of a search, and documents one a line. */
import type { Json } from '../../../model.ts';
import { isObject, type JsonObject, object, objects } from './json.ts';

export function isElastic(value: JsonObject): boolean {
  return isDocument(value) || hitsOf(value).some(isDocument);
}

/** The documents as they were sent in, with the index and the id they are kept under. */
export function elasticRecords(value: JsonObject): JsonObject[] {
  if (!isDocument(value)) return hitsOf(value).flatMap((hit) => (isDocument(hit) ? elasticRecords(hit) : [hit]));
  const source = isObject(value._source) ? value._source : fieldsOf(object(value.fields));
  const { _index, _id } = value;
  return [{ ...source, ...(_index !== undefined && { _index }), ...(_id !== undefined && { _id }) }];
}

function hitsOf(value: JsonObject): JsonObject[] {
  const answers = [value, object(value.rawResponse), object(value.response), ...objects(value.responses)];
  return answers.flatMap((answer) => objects(object(answer.hits).hits));
}

function isDocument(value: JsonObject): boolean {
  return isObject(value._source) || (Object.hasOwn(value, '_index') && isObject(value.fields));
}

/** `fields` holds an array of values for each key. */
function fieldsOf(fields: JsonObject): JsonObject {
  const single = (value: Json): Json => (Array.isArray(value) && value.length === 1 ? value[0] : value);
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, single(value)]));
}
