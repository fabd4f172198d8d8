/**
 * The ids of the segment that is being indexed: every spelling once, and the number of the id that it is one of, as
 * index/idTable.ts gives it. What is not surely in the form in which ids are compared is left to others.
 */
import {
  FIRST_SPELLING,
  ID_ARENA,
  ID_LONGEST,
  ID_SLOTS,
  ID_SLOTS_FIRST,
  SPELLING_HASH,
  SPELLING_ID,
  SPELLING_PLAIN,
  SPELLING_START,
} from './memory';

const UNKNOWN: u32 = 0xffffffff;

export let spellings: u32 = 0;
/** Numbers count from 1. */
export let numbers: u32 = 0;
let slots: u32 = ID_SLOTS_FIRST;

export function forgetIds(): void {
  spellings = 0;
  numbers = 0;
  memory.fill(ID_SLOTS, 0, slots << 3);
}

/** The number of the id in [start, end); 0 where it names nothing, UNKNOWN where that is for others to tell. */
export function idNumber(start: u32, end: u32): u32 {
  const hash = hashBytes(start, end);
  const slot = slotOf(start, end, hash);
  const spelling = load<u32>(slot, 4);
  if (spelling !== 0) return load<u32>(SPELLING_ID + ((spelling - 1) << 2));
  if (!isCompared(start, end)) return UNKNOWN;
  const number = ++numbers;
  store<u32>(FIRST_SPELLING + (number << 2), spellings);
  add(start, end, hash, slot, number, 1);
  return number;
}

/** The number of a new spelling; what id it is of is for others to say. */
export function addSpelling(start: u32, end: u32): u32 {
  const hash = hashBytes(start, end);
  add(start, end, hash, slotOf(start, end, hash), 0, 0);
  return spellings - 1;
}

/** Makes the spelling the first of a new id, whose number comes back. */
export function numberSpelling(spelling: u32): u32 {
  store<u32>(FIRST_SPELLING + (++numbers << 2), spelling);
  return numbers;
}

/** The slot of these bytes: of their spelling, counted from 1, or the free one where it would go. */
function slotOf(start: u32, end: u32, hash: u32): u32 {
  const length = end - start;
  for (let i = hash & (slots - 1); ; i = (i + 1) & (slots - 1)) {
    const slot = ID_SLOTS + (i << 3);
    const spelling = load<u32>(slot, 4);
    if (spelling === 0) return slot;
    if (load<u32>(slot) !== hash) continue;
    const at = SPELLING_START + (spelling << 2);
    const known = load<u32>(at - 4);
    if (load<u32>(at) - known === length && same(ID_ARENA + known, start, length)) return slot;
  }
  return 0;
}

/** There is room for it: whoever asks for many sees to that. */
function add(start: u32, end: u32, hash: u32, slot: u32, number: u32, plain: u32): void {
  const spelling = spellings++;
  const at = load<u32>(SPELLING_START + (spelling << 2));
  copy(ID_ARENA + at, start, end - start);
  store<u32>(SPELLING_START + (spellings << 2), at + end - start);
  store<u32>(SPELLING_HASH + (spelling << 2), hash);
  store<u32>(SPELLING_ID + (spelling << 2), number);
  store<u8>(SPELLING_PLAIN + spelling, plain as u8);
  store<u32>(slot, hash);
  store<u32>(slot, spellings, 4);
  if (spellings << 1 > slots) grow();
}

function grow(): void {
  slots <<= 1;
  memory.fill(ID_SLOTS, 0, slots << 3);
  for (let spelling: u32 = 0; spelling < spellings; spelling++) {
    const hash = load<u32>(SPELLING_HASH + (spelling << 2));
    let i = hash & (slots - 1);
    while (load<u32>(ID_SLOTS + (i << 3), 4) !== 0) i = (i + 1) & (slots - 1);
    store<u32>(ID_SLOTS + (i << 3), hash);
    store<u32>(ID_SLOTS + (i << 3), spelling + 1, 4);
  }
}

/** In blocks: behind either end something stands that may be read, or is free. */
@inline
function copy(to: u32, from: u32, length: u32): void {
  for (let i: u32 = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i));
}

@inline
function same(known: u32, start: u32, length: u32): bool {
  if (length < 8) {
    for (let i: u32 = 0; i < length; i++) if (load<u8>(known + i) !== load<u8>(start + i)) return false;
    return true;
  }
  // The last eight overlap those before them where the length is no multiple.
  const last = length - 8;
  for (let i: u32 = 0; i < last; i += 8) if (load<u64>(known + i) !== load<u64>(start + i)) return false;
  return load<u64>(known + last) === load<u64>(start + last);
}

/** As isNormalised of correlation/normalise.ts. */
function isCompared(start: u32, end: u32): bool {
  const length = end - start;
  let digit = false;
  let name = false;
  for (let at = start; at < end; at++) {
    const c: u32 = load<u8>(at);
    if (c - 0x31 < 9) digit = true;
    else if ((c - 0x67 < 20 && c !== 0x78) || c === 0x5f) name = true;
    else if (!(c - 0x61 < 6 || c === 0x78 || c === 0x30 || c === 0x2d)) return false;
  }
  if (!digit || length > <u32>ID_LONGEST) return false;
  if (name) return true;
  if (length > 32 ? length !== 36 : (length > 12 && length < 16) || (length > 28 && length < 32)) return false;
  return load<u8>(start) !== 0x30 || (length !== 32 && length !== 18);
}

/** As base/bytes.ts hashes with seed 0. */
export function hashBytes(start: u32, end: u32): u32 {
  let hash: u32 = (end - start) * 0x2c1b3c6d;
  if (end - start < 4) {
    for (let at = start; at < end; at++) hash = (hash ^ load<u8>(at)) * 0x01000193;
  } else {
    for (let at = start; at < end - 4; at += 4) {
      hash = (hash ^ load<u32>(at)) * 0x9e3779b1;
      hash ^= hash >>> 15;
    }
    hash = (hash ^ load<u32>(end - 4)) * 0x9e3779b1;
  }
  hash = (hash ^ (hash >>> 16)) * 0x7feb352d;
  return hash ^ (hash >>> 15);
}
