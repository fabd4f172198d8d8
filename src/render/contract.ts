/** The conventions that every JSON output shares: see docs/cli.md. */
import type { Evidence } from '../incident.ts';
import type { Json, Micros, Position } from '../model.ts';
import { rfc3339 } from './time.ts';

/** What may be written: absent values are null, and never left out. */
export type JsonObject = { [key: string]: Json };

export function timeJson(micros: Micros | null): string | null {
  return micros === null ? null : rfc3339(micros);
}

export function locationJson({ file, line, column }: Position): JsonObject {
  return { file, line, column };
}

export function evidenceJson(evidence: Evidence): JsonObject {
  return { ...locationJson(evidence), timestamp: timeJson(evidence.timestamp), message: evidence.message };
}
