/** The hash of a message's shape: templates/shape.ts tells what a shape is, and gives the same hash. */
import { isHex } from './json';
import { FOUND, FOUND_SIZE, KIND } from './memory';

const QUOTE_LIMIT: u32 = 200;
const ID_MIN_HEX: u32 = 16;
const UUID: u32 = 36;
const MIN_ID: u32 = 4;
const LONGEST_PREFIX: u32 = 12;
const LONGEST_GROUP: u64 = 32;
/** Of four groups before the last, in base 64. */
const MOST_GROUPS: u64 = 1 << 24;

const WORD: u32 = 1;
const DIGIT: u32 = 2;

/** Both halves of the hash just made. */
export let low: u32 = 0;
export let high: u32 = 0;
/** Whether the message holds variables. */
export let masked: bool = false;

/** How many of the words in the message may be ids. */
export let found: u32 = 0;

export function forgetFound(): void {
  found = 0;
}

/** Lists what may be ids in FOUND; false where these are more than `most`: then the message is for others to read. */
export function hashShape(start: u32, end: u32, most: u32): bool {
  found = 0;
  low = 0x811c9dc5;
  high = 0x1b873593;
  masked = false;
  let plain = start;
  let at = start;
  while (at < end) {
    const c: u32 = load<u8>(at);
    const k = kind(c);
    if (k <= WORD) {
      at++;
    } else if (k === DIGIT) {
      let from = at;
      while (from > plain && (kindAt(from - 1) === WORD || hyphenates(from - 1, plain))) from--;
      for (at++; at < end; at++) {
        const next = kindAt(at);
        if (next !== WORD && next !== DIGIT && !joins(at, end)) break;
      }
      mix(plain, from);
      masked = true;
      if (at - from >= MIN_ID && !findId(from, at, start, from, most)) return false;
      plain = at;
    } else {
      const close = c === 0x22 || opens(at, start) ? closing(at, end, c) : 0;
      if (close === 0) {
        at++;
        continue;
      }
      mix(plain, endOfMethod(at + 1, close));
      masked = true;
      if (close - at > MIN_ID && !findId(at + 1, close, start, at, most)) return false;
      plain = close;
      at = close + 1;
    }
  }
  mix(plain, end);
  high &= 0x1fffff;
  return true;
}

/** Takes in a piece of plain text and the mask (or the end) behind it. */
function mix(start: u32, end: u32): void {
  let l = low;
  let h = high ^ (end - start);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const four = load<u32>(at);
    l = (l ^ four) * 0x9e3779b1;
    l ^= l >>> 15;
    h = (h ^ four) * 0x85ebca6b;
    h ^= h >>> 13;
  }
  for (; at < end; at++) {
    const c: u32 = load<u8>(at);
    l = (l ^ c) * 0x01000193;
    h = (h ^ c) * 0x2c1b3c6d;
  }
  low = (l ^ (l >>> 16)) * 0x7feb352d;
  high = (h ^ (h >>> 15)) * 0x297a2d39;
}

@inline
function kind(c: u32): u32 {
  return load<u8>(KIND + c);
}

@inline
function kindAt(at: u32): u32 {
  return load<u8>(KIND + <u32>load<u8>(at));
}

@inline
function isWord(at: u32): bool {
  const k = kindAt(at);
  return k === WORD || k === DIGIT;
}

function joins(at: u32, end: u32): bool {
  const c: u32 = load<u8>(at);
  if (at + 1 >= end || (c !== 0x2d && c !== 0x2e && c !== 0x3a)) return false;
  if (c === 0x2d) return isWord(at + 1);
  return kindAt(at - 1) === DIGIT && kindAt(at + 1) === DIGIT;
}

@inline
function hyphenates(at: u32, start: u32): bool {
  return load<u8>(at) === 0x2d && at > start && isWord(at - 1);
}

function opens(at: u32, start: u32): bool {
  return at === start || !isWord(at - 1);
}

/** The closing quote; 0 where there is none near. */
function closing(open: u32, end: u32, quote: u32): u32 {
  const limit = min(end, open + QUOTE_LIMIT);
  for (let at = open + 1; at < limit; at++) if (load<u8>(at) === quote) return at;
  return 0;
}

function endOfMethod(start: u32, end: u32): u32 {
  let at = start;
  while (at < end && load<u8>(at) >= 0x41 && load<u8>(at) <= 0x5a) at++;
  const length = at - start;
  const isMethod = length >= 3 && length <= 7 && at + 1 < end && load<u8>(at) === 0x20 && load<u8>(at, 1) === 0x2f;
  return isMethod ? at + 1 : start;
}

/** Lists a word that may be an id, by its look or by its key, which stands before `keyed`; false where there is no room. */
function findId(from: u32, to: u32, start: u32, keyed: u32, most: u32): bool {
  const looks = isIdText(from, to);
  if (!looks && !isKeyed(keyed, start)) return true;
  if (found === most) return false;
  const keyEnd = keyEndBefore(keyed, start);
  const at = FOUND + found * FOUND_SIZE;
  store<u32>(at, from);
  store<u32>(at, to, 4);
  store<u32>(at, keyEnd === 0 ? from : wordBefore(keyEnd, start), 8);
  store<u32>(at, keyEnd === 0 ? from : keyEnd, 12);
  store<u32>(at, looks ? 0 : 1, 16);
  found++;
  return true;
}

/** Where the word ends that stands before `at` with at most three other characters between; 0 where none does. */
function keyEndBefore(at: u32, start: u32): u32 {
  for (let end = at; end > start && end + 3 >= at; end--) if (isWord(end - 1)) return end;
  return 0;
}

/** The start of the word that ends at `end`. */
function wordBefore(end: u32, start: u32): u32 {
  let at = end;
  while (at > start && (isWord(at - 1) || hyphenates(at - 1, start))) at--;
  return at;
}

/** Whether a word that ends in `id`, perhaps in quotes, and a colon or an equals sign stand before `at`. */
function isKeyed(at: u32, start: u32): bool {
  const end = keyEndBefore(at, start);
  if (end <= start + 2) return false;
  const c: u32 = load<u8>(end);
  const between = c === 0x22 || c === 0x27 ? end + 1 : end;
  if (between >= at || (load<u8>(between) !== 0x3a && load<u8>(between) !== 0x3d)) return false;
  return (load<u8>(end - 1) | 0x20) === 0x64 && (load<u8>(end - 2) | 0x20) === 0x69;
}

/** As templates/idText.ts has it, exactly: what is an id here is asked of nobody else. */
function isIdText(start: u32, end: u32): bool {
  const length = end - start;
  if (length < ID_MIN_HEX || (length === ID_MIN_HEX && isAddress(start))) return false;
  if (length > UUID && length <= UUID + 1 + LONGEST_PREFIX && isPrefix(start, end - UUID)) start = end - UUID;
  return isPlainId(start, end);
}

function isPrefix(start: u32, end: u32): bool {
  if (load<u8>(end - 1) !== 0x2d || end - start < 2) return false;
  let other = false;
  for (let at = start; at < end - 1; at++) {
    const letter: u32 = <u32>load<u8>(at) | 0x20;
    if (letter < 0x61 || letter > 0x7a) return false;
    if (letter > 0x66) other = true;
  }
  return other;
}

function isPlainId(start: u32, end: u32): bool {
  const length = end - start;
  let digits: u32 = 0;
  let groups: u64 = 0;
  let group: u64 = 0;
  let hyphens = false;
  for (let at = start; at < end; at++) {
    const c: u32 = load<u8>(at);
    if (c === 0x2d && length > 32) {
      if (group > LONGEST_GROUP || groups >= MOST_GROUPS) return false;
      groups = groups * 64 + group;
      group = 0;
      hyphens = true;
      continue;
    }
    if (!isHex(c)) return false;
    if (c <= 0x39) digits++;
    group++;
  }
  if (digits === 0) return false;
  if (!hyphens) return true;
  return group <= LONGEST_GROUP && isHyphenated(groups * 64 + group);
}

/** The lengths of groups that standards have, in base 64 as HYPHENATED there. */
function isHyphenated(groups: u64): bool {
  return (
    groups === ((((8 * 64 + 4) * 64 + 4) * 64 + 4) * 64 + 12) ||
    groups === (((2 * 64 + 32) * 64 + 16) * 64 + 2) ||
    groups === (1 * 64 + 8) * 64 + 24 ||
    isB3(groups, 16) ||
    isB3(groups, 32)
  );
}

function isB3(groups: u64, trace: u64): bool {
  const pair = trace * 64 + 16;
  return groups === pair || groups === pair * 64 + 1 || groups === (pair * 64 + 1) * 64 + 16;
}

/** 64 bits that begin with 16 equal ones point into memory: of a process, or of the system. */
function isAddress(at: u32): bool {
  const four = load<u32>(at);
  return four === 0x30303030 || (four | 0x20202020) === 0x66666666;
}
