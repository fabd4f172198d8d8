/** JSON that others wrote, looked at without trust: every step may find something else than expected. */
import type { Json } from '../../../model.ts';

export type JsonObject = { [key: string]: Json };

/** Only from 9007199254740992 on: times in microseconds have sixteen digits too, and are common. */
const LONG_AT_LEAST = /[:[,\s]-?(?:9\d{15}|\d{17})/;
const STRINGS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/** No record is nested so deep; who follows members by recursion needs an end to them. */
export const DEEPEST = 1000;

/** Undefined where the text is no JSON, or nested deeper than anybody means it. Integers that JavaScript would round become strings, for ids may be such. */
export function parseJson(text: string): Json | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    const exact = LONG_AT_LEAST.test(text) ? text.replace(STRINGS_AND_NUMBERS, quotedIfLong) : text;
    return JSON.parse(exact) as Json;
  } catch {
    return undefined;
  }
}

function isTooDeep(text: string): boolean {
  if (text.length < 2 * DEEPEST) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (inString) {
      if (c === 0x5c) at++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > DEEPEST) return true;
    } else if (c === 0x7d || c === 0x5d) depth--;
  }
  return false;
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
export function fromPairs(pairs: Iterable<readonly [key: string, value: Json]>): JsonObject {
  const object: JsonObject = {};
  const repeated = new Set<string>();
  for (const [key, value] of pairs) {
    if (!Object.hasOwn(object, key)) define(object, key, value);
    else if (repeated.has(key)) (object[key] as Json[]).push(value);
    else {
      define(object, key, [object[key], value]);
      repeated.add(key);
    }
  }
  return object;
}

/** An object of the members that are there. Loops, for this runs some times a span. */
export function present(members: Record<string, Json | undefined>): JsonObject {
  const object: JsonObject = {};
  for (const key in members) {
    const value = members[key];
    if (value !== undefined && value !== null && !isEmpty(value)) define(object, key, value);
  }
  return object;
}

/** `__proto__` is a key as any other. */
export function define(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  else object[key] = value;
}

function isEmpty(value: Json): boolean {
  if (typeof value !== 'object') return false;
  for (const _ in value) return false;
  return true;
}
