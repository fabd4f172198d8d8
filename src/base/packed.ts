/** Plain data with typed arrays as bytes: a description as JSON, then the arrays as they stand in memory. */
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const KINDS = { Float64Array, Float32Array, Uint32Array, Uint16Array, Uint8Array };
type Kind = keyof typeof KINDS;
type Packable = InstanceType<(typeof KINDS)[Kind]>;

/** Under this key stands the kind of an array, beside it where its bytes are and how many elements it has. */
const ARRAY = '$array';
const ALIGN = 8;
const HEAD = 8;

/** Arrays are laid where their kind needs them, so that they can be used in place. */
export function pack(value: unknown): Uint8Array {
  const arrays: Packable[] = [];
  let size = 0;
  const text = JSON.stringify(value, (_key, part: unknown) => {
    const kind = kindOf(part);
    if (kind === null) return part;
    const array = part as Packable;
    const at = size;
    size = aligned(size + array.byteLength);
    arrays.push(array);
    return { [ARRAY]: kind, at, length: array.length } satisfies ArrayPlace;
  });
  const description = encodeUtf8(text);
  const start = aligned(HEAD + description.length);
  const bytes = new Uint8Array(start + size);
  new DataView(bytes.buffer).setUint32(0, description.length, true);
  bytes.set(description, HEAD);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at = aligned(at + array.byteLength);
  }
  return bytes;
}

/** The arrays are views of `bytes`, which must begin where its memory does. Throws where they hold something else. */
export function unpack(bytes: Uint8Array): unknown {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const start = aligned(HEAD + length);
  return JSON.parse(decodeUtf8(bytes, HEAD, HEAD + length), (_key, part: unknown) => {
    if (!isArray(part)) return part;
    const { [ARRAY]: kind, at, length: count } = part;
    return new KINDS[kind](bytes.buffer as ArrayBuffer, bytes.byteOffset + start + at, count);
  });
}

interface ArrayPlace {
  [ARRAY]: Kind;
  at: number;
  length: number;
}

function isArray(part: unknown): part is ArrayPlace {
  if (typeof part !== 'object' || part === null || !(ARRAY in part)) return false;
  return typeof part[ARRAY] === 'string' && Object.hasOwn(KINDS, part[ARRAY]);
}

function kindOf(value: unknown): Kind | null {
  if (!ArrayBuffer.isView(value)) return null;
  const name = value.constructor.name as Kind;
  return name in KINDS ? name : value instanceof Uint8Array ? 'Uint8Array' : null;
}

const aligned = (at: number) => Math.ceil(at / ALIGN) * ALIGN;

/** Tells damaged bytes; `bytes` must begin at a multiple of four in its memory. */
export function checksum(bytes: Uint8Array): string {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
  let [a, b] = [bytes.length | 0, 0x9e3779b1 | 0];
  for (let i = 0; i < words.length; i++) {
    a = Math.imul(a ^ words[i], 0x2c1b3c6d);
    a ^= a >>> 15;
    b = (Math.imul(b, 31) + a) | 0;
  }
  for (let i = words.length * 4; i < bytes.length; i++) a = Math.imul(a ^ bytes[i], 0x01000193);
  return `${a >>> 0}.${b >>> 0}`;
}
