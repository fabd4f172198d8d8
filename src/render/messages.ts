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
  'error-burst.onset': '{count, error} among {among, entry} of the service, after {before, entry} without one: {text}',
  'error-burst.count': '{count, error}, {peak} in {bucketMs, duration} where {usual} is usual: {text}',
  'latency-shift.median':
    '{p50, duration} instead of {usual, duration} in the median of {count, call}, up to {slowest, duration}: {text}',
  'latency-outlier.call': 'took {duration, duration} where {usual, duration} is usual of {calls, call}: {text}',
  'silence.gap':
    '{service} was silent for {gapMs, duration} where it should have logged in {expected, second}, after: {text}',
  'silence.end':
    '{service} was silent to the end, for {gapMs, duration} in {expected, second} of which it should have logged, after: {text}',
  'error-rate.share':
    '{failed} of {requests, request} failed, {share, percent} where {usual, percent} is usual: {text}',
  'new-template.first': 'first of {count, entry} of a kind that was never there before: {text}',
  'retry-storm.attempts':
    '{attempts, number} attempts for each of {requests, request} where {usual, number} are usual: {text}',
  'circuit-breaker.open': 'circuit breaker open: {text}',
  'circuit-breaker.half-open': 'circuit breaker half open: {text}',
  'threshold-trend.climbs':
    '{valueKey} climbs: {from, percent} to {to, percent} of {limitKey} in {spanMs, duration}, full in {leftMs, duration}',
  'silence.thin':
    '{service} had {requests, request} in {gapMs, duration} where {expected, number} were to be expected, from: {text}',
  'fatal.entry': 'FATAL: {text}',
  'timeout.status': 'status {status}, a timeout: {text}',
  'timeout.message': 'timeout: {text}',
  'timeout.duration': 'took {duration} of the {timeout} allowed: {text}',
  'unended-operation.silent': 'began and never ended, while {next} went on {afterMs, duration} later: {text}',
  'missing-step.absent':
    '{id} went no further: {service} says "{step}" in {share, percent} of {like, journey} like {example}; here: {text}',
  'state-order.reversed':
    '{afterMs, duration} before "{step}", which it follows in {share, percent} of {like, journey}: {text}',
  'stuck-entity.waits': '{id} went no further; like ones end with "{step}" of {service} (n = {like}): {text}',
  'stuck-entity.worth':
    '{id}, worth {amount} {currency}, went no further; like ones end with "{step}" of {service} (n = {like}): {text}',
  'orphan-span.parent': '{orphans, span} of {spans} in {service} whose parent is nowhere in the log; the first: {text}',
  'missing-trace-id.lines':
    '{lines, line} of {entries} in {service} without the id of a trace, of {templates, kind}; the first: {text}',
  'time-oddity.away':
    '{service} is {gapMs, duration} away from the rest of its trace; a late log, a clock or a reused id: {text}',
  'clock-skew.between':
    '{ahead} is {leastMs, duration} to {mostMs, duration} ahead of {behind} by {agreeing} of {calls, call}: a clock, or work nobody waits for',
  'clock-skew.at-least':
    'the clock of {ahead} is at least {leastMs, duration} ahead of that of {behind} by {agreeing} of {calls, call}',
  'known-symptom.match': '{title}: {text}; often {cause}',
  'known-symptom.own': '{title}: {text}',
  'why.saturated': '{share, percent} full: {text}',
  'why.used-up': 'says it is used up ({symptom}): {text}',
  'why.levels': '{warnings, warning; errors, error; fatals, fatal} about it',
  'why.slow-work':
    'slow in {now} of {of, step}, usually {usual} of {usualOf}; up to {ms, duration} for {usualMs, duration}',
  'why.slow-calls':
    'slow on its side of {now} of {of, call}, usually {usual} of {usualOf}; up to {ms, duration} for {usualMs, duration}',
  'why.slow-to-call':
    'slow on the way in {now} of {of, call}, usually {usual} of {usualOf}; up to {ms, duration} for {usualMs, duration}',
  'why.errors': 'an error in {now} of {of, request}, usually {usual} of {usualOf}: {text}',
  'why.missing': 'only {now} of {of, request} do so, usually {usual} of {usualOf}: {text}',
  'why.no-lines': 'writes lines in {now} of {of, request}, usually {usual} of {usualOf}',
  'why.silent': 'answers {now} of {of, request}, usually {usual} of {usualOf}: {text}',
  'why.unanswered': 'unanswered in {now} of {of, request}, usually {usual} of {usualOf}: {text}',
  'why.new': '{now} of {of, request} do so, usually {usual} of {usualOf}: {text}',
  'why.observed': '{lines, line} from {observer}, which watches it',
  'why.unended': '{count, operation} began and never ended: {text}',
  'why.blamed': 'blamed in {lines, line} of {services, service}',
  'why.explained': 'weighed down, because {cause} explains it',
  'not-run.sparse': 'not run; {entries, entry} in {services, service} are too sparse for a baseline',
  'not-run.few-durations':
    'not run; {most, call} of an operation say how long they took, {needed} or more in even buckets tell what is usual',
  'not-run.few-seconds':
    'not run; a service logs in {seconds, second} at most, and more than {needed} tell what gap is usual',
  'not-run.few-requests': 'not run; a service has {most, request} at most, and {needed} tell how many usually fail',
  'not-run.short':
    'not run; no service logs {needed, entry} and for {neededMs, duration}, before which everything is new',
  'not-run.few-points': 'not run; a gauge beside its limit has {most, entry}, and {needed} tell whether it climbs',
  'not-run.few-like-traces':
    'only where an error follows; an operation is in {traces, trace} at most, and {needed} tell what is usual',
  'alert.near-limit': '{valueKey} of {service} above {threshold, percent} of {limitKey}',
  'alert.over-limit': '{valueKey} of {service} above {limitKey}',
  'alert.line': '{service} says "{text}"',
  'alert.error-share': 'more than {threshold, percent} of what {service} says within 5 min is at ERROR or above',
  'alert.slow': '95th percentile of {service} above {threshold} s within 5 min',
  'alert.no-times': 'the log has no times',
  'alert.too-short': 'the log spans {span, duration}, and the rule needs {range, duration}',
  'alert.no-values': 'no entry tells what the rule measures, or too few in any window',
  'alert.too-many': '{entries, entry} would have to be read back, and {most} are the most',
  'alert.sampled': 'measured on a sample of {entries} of {of, entry}',
  'alert.pattern': 'the pattern {pattern} cannot be run here',
  'alert.pattern-slow': 'the pattern {pattern} takes too many steps',
  'alert.syntax': 'cannot be read as PromQL or LogQL, at character {at}',
  'alert.nameless': 'the selector names no metric',
  'alert.unsupported': '{part} cannot be tried on a log',
  'alert.no-expr': 'the rule has no expr',
  'alert.no-duration': 'for: {value} is no duration',
  'alert.no-field': 'no entry has a field for the label {label}',
  'alert.no-service': 'no service is called like {name}',
  'alert.no-metric': 'nothing in the log tells {metric}',
  'alert.no-requests': 'no entry tells how a request was answered, so {metric} cannot be counted',
  'alert.label-ignored': 'the label {label} is ignored: no entry has it',
  'alert.means-services': '{label} means {services}',
  'alert.means-fields': '{label} means {keys}',
  'alert.means-up': '{metric} means entries within 5 min',
  'alert.means-requests': '{metric} means entries with {keys}',
  'alert.means-durations': '{metric} means the durations that entries tell',
  'alert.means-text': '{metric} means entries that speak of "{word}"',
  'alert.means-errors': '{label} means entries at ERROR and above',
  'not-run.few-journeys': 'not run; {journeys, trace} at most are alike, and {needed} tell what is usual',
  'advice.no-ids': 'log a trace id: none of {count, entry} of {services, service} has one, so nothing joins them',
  'advice.some-ids':
    'log the trace id on every line of {service}: {count} of {entries, entry} are without one, of {templates, sort}',
  'advice.never-ids': 'log a trace id in {service}: none of its {count, entry} has one, and other services have',
  'advice.no-service': 'log the service: {count} of {entries, entry} in {file} do not say who speaks',
  'advice.no-time': 'log a time that can be read: {count} of {entries, entry} in {file} have none',
  'advice.level-too-low': 'log failures at WARN or above: {count, entry} at {level} with "{text}"',
  'advice.level-too-high': 'log what went well below ERROR: {count, entry} at {level} with "{text}"',
  'advice.units': 'log {key} in one unit: it is written in {ways} ways, as {values}; {count, entry} with it',
  'advice.units-in-keys': 'log in one unit under one key, not in {ways}: {keys}; {count, entry} with them',
  'advice.repeated-key': 'log {key} once an entry, for most readers keep one value only: {count, entry} with several',
  'query.quote': 'a quote is not closed',
  'query.open': 'a bracket is not closed',
  'query.close': 'a bracket is closed that was not opened; quote it to look for it',
  'query.empty': 'nothing stands in the brackets',
  'query.before': 'nothing stands before the operator; quote it to look for the word',
  'query.after': 'nothing follows the operator; quote it to look for the word',
  'query.value': 'nothing follows "{after}"',
  'query.level': '"{value}" is no level; there are trace, debug, info, warn, error, fatal',
  'query.number': '"{value}" after {operator} is no number; for times there are after: and before:',
  'query.time': '"{value}" is no time; use 12:30, "2023-08-15 12:30" or 2023-08-15T12:30:00Z',
  'query.large': 'the query has too many terms, or brackets too deep',
  'query.unclear': 'the query cannot be read',
  'query.json': 'this begins like a query of Elasticsearch, and is no valid JSON',
  'query.clause': 'each clause of the query must be an object with one name, and a value for it',
  'query.unknown': '{name} of Elasticsearch is not understood here',
  'query.ignored': '{text} is ignored: this log has no such field, label or folder',
  'query.part-ignored': '{part} of the request is ignored',
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
  call: ['call', 'calls'],
  request: ['request', 'requests'],
  second: ['second', 'seconds'],
  journey: ['like one', 'like ones'],
  kind: ['kind', 'kinds'],
  sort: ['kind of message', 'kinds of messages'],
  span: ['span', 'spans'],
  operation: ['operation', 'operations'],
  step: ['step', 'steps'],
};
