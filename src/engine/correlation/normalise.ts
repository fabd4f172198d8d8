/**
 * Ids are compared in one form, whatever wrote them: lower case; of a header (`traceparent`, `b3`,
 * `uber-trace-id`, `X-Amzn-Trace-Id`) the trace; X-Ray's `1-8hex-24hex` joined; of Google's `projects/P/traces/ID` the last
 * part; with the zeros that Jaeger and others leave away in front; a trace of 64 bits in 16 digits, though
 * some fill it up to 32; Datadog's decimal numbers in hexadecimal.
 *
 * Only what a standard says to be equal is made equal. That a Datadog id is the low half of a W3C id is
 * nothing its text can tell: see datadog.ts.
 */

const NOTHING = new Set(['', '-', 'null', 'none', 'nil', 'undefined', 'unknown', 'n/a', 'na', 'false', 'true']);
const LONGEST = 256;

/** Keys under which Datadog's tracers write: there, a decimal number is a number of 64 bits. */
const DATADOG_KEY = /(?:^|[^a-z])(?:dd|datadog)[._-]/i;

export function isDatadogKey(key: string): boolean {
  return DATADOG_KEY.test(key);
}

/** The form in which ids are compared; null where the text names nothing. `key` is where it stood. */
export function normaliseId(text: string, key = ''): string | null {
  const id = text.trim().toLowerCase();
  if (id.length > LONGEST || NOTHING.has(id) || /^[0-]+$/.test(id)) return null;
  const header = traceOfHeader(id);
  if (header !== null) return normaliseId(header);
  if (key !== '' && isDatadogKey(key)) return hexOfDecimal(id) ?? wholeHex(id);
  return wholeHex(id);
}

function traceOfHeader(id: string): string | null {
  const parent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(id);
  if (parent) return parent[1];
  const b3 = /^([0-9a-f]{16}|[0-9a-f]{32})-[0-9a-f]{16}(?:-[01d])?(?:-[0-9a-f]{16})?$/.exec(id);
  if (b3) return b3[1];
  const xray = /^(?:[^;]*;)*?(?:root=)?1-([0-9a-f]{8})-([0-9a-f]{24})(?:;.*)?$/.exec(id);
  if (xray) return xray[1] + xray[2];
  const jaeger = /^([0-9a-f]{1,32}):[0-9a-f]{1,16}:[0-9a-f]{1,16}:[0-9a-f]{1,2}$/.exec(id);
  if (jaeger) return jaeger[1];
  const prefixed = /^0x([0-9a-f]{16}|[0-9a-f]{32})$/.exec(id);
  if (prefixed) return prefixed[1];
  return /^projects\/[^/]+\/traces\/([0-9a-f]+)$/.exec(id)?.[1] ?? null;
}

/** Hexadecimal ids of 64 and 128 bits in all their digits; anything else is as the application chose it. */
function wholeHex(id: string): string {
  if (id.length < 13 || id.length > 32 || !/^[0-9a-f]+$/.test(id)) return id;
  if (id.length === 32) return id.startsWith('0'.repeat(16)) ? id.slice(16) : id;
  // A number in decimal digits lacks nothing, and a random id hardly ever consists of such alone.
  if (!/[a-f]/.test(id)) return id;
  // More zeros than three are no accident of random numbers, but ids of another length.
  if (id.length < 16) return id.padStart(16, '0');
  return id.length > 28 ? id.padStart(32, '0') : id;
}

/** 16 digits; null where the text is no number of 64 bits. */
export function hexOfDecimal(text: string): string | null {
  if (!/^[1-9]\d{0,19}$/.test(text)) return null;
  const hex = BigInt(text).toString(16);
  return hex.length > 16 ? null : hex.padStart(16, '0');
}

/** Whether the bytes are surely in their compared form already; said without making a string, for most ids are. */
export function isNormalised(buffer: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  // A digit from 1 on tells an id from all words for nothing, and from zeros.
  let digit = false;
  let name = false;
  for (let at = start; at < end; at++) {
    const c = buffer[at];
    if (c >= 0x31 && c <= 0x39) digit = true;
    else if ((c >= 0x67 && c <= 0x7a && c !== 0x78) || c === 0x5f) name = true;
    else if (!((c >= 0x61 && c <= 0x66) || c === 0x78 || c === 0x30 || c === 0x2d)) return false;
  }
  if (!digit || length > LONGEST) return false;
  // No standard's form holds letters past F, but for the x of 0x: such an id is one that an application chose.
  if (name) return true;
  // Of these lengths are headers, X-Ray's ids, and ids that lack zeros.
  if (length > 32 ? length !== 36 : (length > 12 && length < 16) || (length > 28 && length < 32)) return false;
  return buffer[start] !== 0x30 || (length !== 32 && length !== 18);
}
