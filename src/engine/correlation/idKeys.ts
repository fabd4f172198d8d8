/** Which keys hold ids, by the conventions of the field, and which of an entry's ids leads. */

/** Ranks of id keys: the highest of an entry's ids is its trace. */
export const TRACE_RANK = 5;
export const CORRELATION_RANK = 4;
export const REQUEST_RANK = 3;
/** An id that entries may share, but that names a thing rather than a journey. */
export const ENTITY_RANK = 1;
/** A span names one step; it is looked up, but never leads. */
export const SPAN_RANK = 0;
export const NOT_AN_ID = -1;

const MOST_KNOWN = 4096;
const known = new Map<string, readonly string[]>();

/** `traceId`, `trace_id`, `X-Trace-ID` → [`trace`, `id`]; also used for the words of any other key. */
export function words(key: string): readonly string[] {
  let found = known.get(key);
  if (!found) {
    found = key
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter(Boolean);
    // The keys of a log are few and asked about often; a log whose keys are data must not fill the memory.
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, found);
  }
  return found;
}

const NOT_IDS = new Set(['pid', 'tid', 'process', 'thread', 'event', 'message', 'task', 'version', 'schema', 'rule']);

/** What runs, and what it runs on: such an id is the same on all lines of a process, and joins nothing. */
const CONSTANT = new Set(['app', 'key', 'container', 'instance', 'cluster', 'agent', 'host', 'machine', 'node', 'pod']);

/** Keys of some formats whose words do not tell: Seq's, Google's, AWS Lambda's, the header of Zipkin. */
const BY_CONVENTION: readonly (readonly [RegExp, number])[] = [
  [/(?:^|\.)@tr$/, TRACE_RANK],
  [/(?:^|\.)@(?:sp|ps)$/, SPAN_RANK],
  [/(?:^|\.)tracing\.value$/, TRACE_RANK],
  [/(?:^|[^a-z0-9])b3$/i, TRACE_RANK],
];

/** The rank of a (dotted) key as an id key; NOT_AN_ID for the others. */
export function idKeyRank(key: string): number {
  const byConvention = BY_CONVENTION.find(([pattern]) => pattern.test(key));
  if (byConvention) return byConvention[1];
  const all = words(key);
  const last = all.at(-1) ?? '';
  const joined = all.join('');
  const before = all.at(-2) ?? '';
  if (last === 'traceparent') return TRACE_RANK;
  const isId = last === 'id' || last === 'uuid' || last === 'guid' || last === 'ids';
  if (/^(?:x?b3)?(?:trace|traceid)$/.test(last)) return TRACE_RANK;
  if (/spanid$|parentid$/.test(joined) || (last === 'span' && all.length === 1)) return SPAN_RANK;
  if (isId && before === 'trace') return TRACE_RANK;
  if (/^(?:correlation|correlationid|corrid|cid)$/.test(last) || (isId && /^(?:correlation|corr)$/.test(before))) {
    return CORRELATION_RANK;
  }
  if (/^(?:requestid|reqid|rid)$/.test(last) || (isId && /^(?:request|req|operation)$/.test(before)))
    return REQUEST_RANK;
  if (!isId) return /^[a-z]{3,}id$/.test(last) && !NOT_IDS.has(last) && COMPOUND.test(last) ? ENTITY_RANK : NOT_AN_ID;
  return NOT_IDS.has(before) || CONSTANT.has(before) || /(?:^|\.)_id$/.test(key) ? NOT_AN_ID : ENTITY_RANK;
}

/** Keys written in one word, as `orderid`: only of things that commonly have ids, for `valid` ends so too. */
const COMPOUND = /^(?:order|user|session|account|customer|payment|cart|message|client|transaction|reservation|job)id$/;
