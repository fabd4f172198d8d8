/**
 * Every sentence the engine can ask for, by its key.
 *
 * `{name}` is an argument; `{name, form}` says how it reads: `duration` (milliseconds), `time` and
 * `clock` (microseconds), `number`, `percent` (a share from 0 to 1), or a noun of NOUNS, which
 * counts it: `{count, entry}` reads "1 entry" or "14 entries".
 */
export const MESSAGES: Readonly<Record<string, string>> = {};

/** Singular and plural of what sentences count. */
export const NOUNS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  entry: ['entry', 'entries'],
  error: ['error', 'errors'],
  fatal: ['fatal', 'fatals'],
  file: ['file', 'files'],
  line: ['line', 'lines'],
  service: ['service', 'services'],
  trace: ['trace', 'traces'],
  anomaly: ['anomaly', 'anomalies'],
  time: ['time', 'times'],
};
