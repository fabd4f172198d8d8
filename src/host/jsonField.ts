/** Which field of a JSON line the cursor stands on. */
import { getLocation } from 'jsonc-parser';

export interface JsonField {
  /** Dotted, as the engine names the fields of nested objects. */
  key: string;
  isKey: boolean;
}

/** What stands before the object, as collectors write it, is passed over. Undefined where there is no field. */
export function jsonFieldAt(line: string, character: number): JsonField | undefined {
  const start = line.indexOf('{');
  if (start < 0 || character <= start) return undefined;
  const { path, isAtPropertyKey, previousNode } = getLocation(line.slice(start), character - start);
  // Between two fields there is a path too, but nothing stands there.
  if (previousNode === undefined) return undefined;
  // The engine keeps a list as one value.
  const inList = path.findIndex((step) => typeof step === 'number');
  const keys = inList < 0 ? path : path.slice(0, inList);
  const key = keys.join('.');
  return key === '' ? undefined : { key, isKey: isAtPropertyKey && inList < 0 };
}
