/** An entry as a piece of evidence in the report. */
import type { Entry, Evidence } from '../../model.ts';

export function evidence(entry: Entry): Evidence {
  const { file, line, column, timestamp, message } = entry;
  return { file, line, column, entry: entry.entry, timestamp, message };
}
