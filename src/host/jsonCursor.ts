/** Where in a JSON line the cursor means something else than what it stands on. */
import { getLocation } from 'jsonc-parser';

/**
 * On the key of a JSON line the user means its value: `trace_id` leads where the id behind it leads.
 * Lines cut short are no hindrance, the scanner takes what there is.
 */
export function valueColumn(line: string, character: number): number {
  if (!line.trimStart().startsWith('{')) return character;
  const { isAtPropertyKey, previousNode } = getLocation(line, character);
  if (!isAtPropertyKey || previousNode?.type !== 'property') return character;
  const afterKey = previousNode.offset + previousNode.length;
  const value = /^\s*:\s*"?/.exec(line.slice(afterKey));
  return value === null ? character : afterKey + value[0].length;
}
