/** The text of a quoted value of logfmt: escaped as Go's `%q` writes it, which is more than JSON knows. */
import { decodeUtf8 } from '../../base/utf8.ts';

const SIMPLE: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07' };
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gsu;
const LAST_CODE_POINT = 0x10ffff;

/** The value in buffer[start, end), given without its quotes. An escape that nobody knows stays as it is written. */
export function unquoteLogfmt(buffer: Uint8Array, start: number, end: number): string {
  return decodeUtf8(buffer, start, end).replace(ESCAPE, (whole, byte, four, eight, octal, other) => {
    if (other !== undefined) return SIMPLE[other] ?? (/["'\\/]/.test(other) ? other : whole);
    const point = octal === undefined ? Number.parseInt(byte ?? four ?? eight, 16) : Number.parseInt(octal, 8);
    return point <= LAST_CODE_POINT ? String.fromCodePoint(point) : whole;
  });
}
