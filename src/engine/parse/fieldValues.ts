/** The values of a record made of fields as text and JSON: for the few records that are shown, not for all that are indexed. */
import { decodeUtf8 } from '../../base/utf8.ts';
import type { Field, Json } from '../../model.ts';
import { EMPTY_OBJECT, type FieldList, STRING } from './fieldList.ts';
import type { FieldScanner, Unquote } from './fieldScanner.ts';

/** All fields of the record just scanned, in order; a repeated key gives several. */
export function fieldsOf(scanner: FieldScanner, unquote: Unquote, bytes: Uint8Array): Field[] {
  return Array.from({ length: scanner.count }, (_, i): Field => {
    return { key: scanner.keys.names[scanner.key[i]], value: valueAt(scanner, unquote, bytes, i) };
  });
}

function valueAt(fields: FieldList, unquote: Unquote, bytes: Uint8Array, i: number): Json {
  const [start, end] = [fields.start[i], fields.end[i]];
  if (fields.type[i] === STRING)
    return fields.escaped[i] === 1 ? unquote(bytes, start, end) : decodeUtf8(bytes, start, end);
  if (fields.type[i] === EMPTY_OBJECT) return {};
  const text = decodeUtf8(bytes, start, end);
  const parsed = parseJson(text);
  // A number that JavaScript would round is kept as it was written.
  const rounded =
    typeof parsed === 'number' && (Number.isInteger(parsed) ? !Number.isSafeInteger(parsed) : !Number.isFinite(parsed));
  return rounded ? text : parsed;
}

/** A word of logfmt that stands alone says that something is so. */
function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return true;
  }
}

/**
 * A message template (messagetemplates.org) with its holes filled: `{User}`, `{@User}`, `{Count,5:000}`. A
 * hole that no field fills stays as it is.
 */
export function renderTemplate(template: string, fields: readonly Field[]): string {
  return template.replace(/\{\{|\}\}|\{[@$]?([\w.]+)(?:,-?\d+)?(?::[^{}]*)?\}/g, (hole, name?: string) => {
    if (name === undefined) return hole[0];
    const inner = fields.filter(({ key }) => key === name || key.endsWith(`.${name}`));
    const value = (fields.findLast(({ key }) => key === name) ?? inner.at(-1))?.value ?? objectOf(fields, name);
    if (value === undefined) return hole;
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

/** Fields of an object are listed one by one: put together again, one level deep in names. */
function objectOf(fields: readonly Field[], name: string): Json | undefined {
  const members = fields.flatMap(({ key, value }): [string, Json][] => {
    const at = key.startsWith(`${name}.`) ? 0 : key.indexOf(`.${name}.`) + 1;
    return at > 0 || key.startsWith(`${name}.`) ? [[key.slice(at + name.length + 1), value]] : [];
  });
  return members.length > 0 ? Object.fromEntries(members) : undefined;
}
