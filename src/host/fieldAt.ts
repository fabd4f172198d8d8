/** The key of which field the cursor stands on, in a line of JSON or of `key=value`. */
import { getLocation } from 'jsonc-parser';

const OF_KEY = /[\w.@/-]/;

/** Dotted, as the engine names the fields of nested objects; undefined where there is no key. */
export function fieldKeyAt(line: string, character: number): string | undefined {
  return jsonKeyAt(line, character) ?? pairKeyAt(line, character);
}

/** What stands before the object, as collectors write it, is passed over. */
function jsonKeyAt(line: string, character: number): string | undefined {
  const start = line.indexOf('{');
  if (start < 0 || character <= start) return undefined;
  const { path, isAtPropertyKey, previousNode } = getLocation(line.slice(start), character - start);
  // Between two fields there is a path too, but nothing stands there; and the engine keeps a list as one value.
  if (previousNode === undefined || !isAtPropertyKey || path.some((step) => typeof step === 'number')) return undefined;
  return path.join('.') || undefined;
}

function pairKeyAt(line: string, character: number): string | undefined {
  let start = character;
  let end = character;
  while (start > 0 && OF_KEY.test(line[start - 1])) start--;
  while (end < line.length && OF_KEY.test(line[end])) end++;
  return line[end] === '=' && end > start && !/\S/.test(line[start - 1] ?? ' ') ? line.slice(start, end) : undefined;
}
