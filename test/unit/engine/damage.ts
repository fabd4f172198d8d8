/** Bytes as they should not be: of text that was right until something was cut out of it or written into it. */
import fc from 'fast-check';

export interface Damage {
  at: number;
  cut: number;
  insert: number[];
}

/** Bytes that mean something to some format, more often than others. */
const byte = fc.oneof(fc.constantFrom(...Buffer.from('"\\,:{}[]()=| 0e-.tuZT\t\r\n\0')), fc.nat(255));

export const damage = fc.record({ at: fc.nat(), cut: fc.nat(2), insert: fc.array(byte, { maxLength: 2 }) });

export function damaged(bytes: Uint8Array, { at, cut, insert }: Damage): Uint8Array {
  const from = at % (bytes.length + 1);
  return Uint8Array.from([...bytes.subarray(0, from), ...insert, ...bytes.subarray(from + cut)]);
}
