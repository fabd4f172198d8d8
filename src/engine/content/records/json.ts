/** JSON that others wrote, looked at without trust: every step may find something else than expected. */
import type { Json } from '../../../model.ts';

export type JsonObject = { [key: string]: Json };

const STRINGS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** Undefined where the text is no JSON. Integers that JavaScript would round become strings, for ids may be such. */
export function parseJson(text: string): Json | undefined {
  try {
    const exact = /[:[,\s]-?\d{16}/.test(text) ? text.replace(STRINGS_AND_NUMBERS, quotedIfLong) : text;
    return JSON.parse(exact) as Json;
  } catch {
    return undefined;
  }
}

function quotedIfLong(token: string): string {
  return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects among the elements of what may be an array. */
export function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** A string that says something; numbers count as they are written. */
export function text(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Whether an object has all of the keys, as its own. */
export function has(value: JsonObject, ...keys: string[]): boolean {
  return keys.every((key) => Object.hasOwn(value, key));
}

/** Without the keys given. Made by entries, so that `__proto__` is a key as any other. */
export function without(value: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Key and value pairs as an object; a repeated key becomes an array of its values. */
export function fromPairs(pairs: readonly (readonly [key: string, value: Json])[]): JsonObject {
  const values = new Map<string, Json[]>();
  for (const [key, value] of pairs) {
    const known = values.get(key);
    if (known) known.push(value);
    else values.set(key, [value]);
  }
  return Object.fromEntries([...values].map(([key, all]) => [key, all.length === 1 ? all[0] : all]));
}

/** An object of the members that are there. */
export function present(members: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== null && !isEmpty(value)),
  ) as JsonObject;
}

function isEmpty(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
