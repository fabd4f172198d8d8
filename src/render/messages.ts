/**
 * Every sentence the engine can ask for, by its key.
 *
 * `{name}` is an argument; `{name, form}` says how it reads: `duration` (milliseconds), `time` and
 * `clock` (microseconds), `number`, `percent` (a share from 0 to 1), or a noun of NOUNS, which
 * counts it: `{count, entry}` reads "1 entry" or "14 entries". Several in one slot, with semicolons
 * between, are a list without what is zero: "2 warnings and 1 fatal".
 */
export const MESSAGES: Readonly<Record<string, string>> = {
  'threshold-breach.capacity': '{valueKey} {value} of {limit}, {share, percent} of {limitKey}',
  'threshold-breach.ceiling': '{valueKey} {value} above {limitKey} {limit}',
  'threshold-breach.floor': '{valueKey} {value} below {limitKey} {limit}',
  'error-burst.count': '{count, error}, {peak} in {bucketMs, duration} where {usual} is usual: {text}',
  'fatal.entry': 'FATAL: {text}',
  'timeout.status': 'status {status}, a timeout: {text}',
  'timeout.message': 'timeout: {text}',
  'timeout.duration': 'took {duration} of the {timeout} allowed: {text}',
  'unended-operation.silent': 'began and never ended, while {next} went on {afterMs, duration} later: {text}',
  'time-oddity.away':
    '{service} is {gapMs, duration} away from the rest of its trace; a late log, a clock or a reused id: {text}',
  'known-symptom.match': '{title}: {text}; often {cause}',
  'why.saturated': '{share, percent} full: {text}',
  'why.used-up': 'says it is used up ({symptom}): {text}',
  'why.levels': '{warnings, warning; errors, error; fatals, fatal} about it',
  'why.observed': '{lines, line} from {observer}, which watches it',
  'why.unended': '{count, operation} began and never ended: {text}',
  'why.blamed': 'blamed in {lines, line} of {services, service}',
  'why.explained': 'weighed down, because {cause} explains it',
  'not-run.sparse': 'not run; {entries, entry} in {services, service} are too sparse for a baseline',
  'not-run.few-like-traces':
    'only where an error follows; an operation is in {traces, trace} at most, and {needed} tell what is usual',
};

/** Singular and plural of what sentences count. */
export const NOUNS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  entry: ['entry', 'entries'],
  warning: ['warning', 'warnings'],
  error: ['error', 'errors'],
  fatal: ['fatal', 'fatals'],
  line: ['line', 'lines'],
  service: ['service', 'services'],
  trace: ['trace', 'traces'],
  operation: ['operation', 'operations'],
};
