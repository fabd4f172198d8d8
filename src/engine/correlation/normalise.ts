/**
 * Ids are compared in one form, whatever wrote them: lower case; of a `traceparent` the trace;
 * X-Ray's `1-8hex-24hex` joined; of Google's `projects/P/traces/ID` the last part.
 */

const NOTHING = new Set(['', '-', 'null', 'none', 'nil', 'undefined', 'unknown', 'n/a', 'na', 'false', 'true']);
const LONGEST = 256;

/** The form in which ids are compared; null where the text names nothing. */
export function normaliseId(text: string): string | null {
  const id = text.trim().toLowerCase();
  if (id.length > LONGEST || NOTHING.has(id) || /^[0-]+$/.test(id)) return null;
  const parent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(id);
  if (parent) return normaliseId(parent[1]);
  const xray = /^(?:root=)?1-([0-9a-f]{8})-([0-9a-f]{24})$/.exec(id);
  if (xray) return xray[1] + xray[2];
  const resource = /^projects\/[^/]+\/traces\/([0-9a-f]+)$/.exec(id);
  return resource ? resource[1] : id;
}

/** Lengths of `traceparent` and X-Ray ids: of such, only `normaliseId` can tell. */
const FORMS = new Set([55, 35, 40]);

/** Whether the bytes are surely in their compared form already; said without making a string, for most ids are. */
export function isNormalised(buffer: Uint8Array, start: number, end: number): boolean {
  if (end - start > LONGEST || FORMS.has(end - start)) return false;
  // A digit from 1 on tells an id from all words for nothing, and from zeros.
  let digit = false;
  for (let at = start; at < end; at++) {
    const c = buffer[at];
    if (c >= 0x31 && c <= 0x39) digit = true;
    else if (!((c >= 0x61 && c <= 0x7a) || c === 0x30 || c === 0x2d || c === 0x5f)) return false;
  }
  return digit;
}
