/** An entry as a piece of evidence in the report. */
import type { Evidence } from '../../incident.ts';
import type { Entry } from '../../model.ts';

export function evidence(entry: Entry): Evidence {
  const { file, line, column, timestamp, message } = entry;
  return { file, line, column, entry: entry.entry, timestamp, message };
}
