/** Reads lines of text formats into rows as long as they hold nothing that was not met before. */
import { addEmbedded } from './embedded';
import { addFound, addId, addRow, dropIds, giveRow, hasRoom, ids, numberIds, rows, startRows } from './lines';
import {
  FOUND_MAX,
  GROUP_SIZE,
  LAST_STEP,
  MOST_IDS,
  OWNER,
  PAIR_KEYS,
  PATTERN_GROUPS,
  PATTERN_GROUPS_AT,
  PATTERN_KNOWN,
  PATTERN_LAYOUT,
  PATTERN_NEXT,
  PATTERN_OWNER,
  PATTERN_SEED,
  PATTERN_SERVICE,
  PLAN,
  ROLE_ID,
  ROLE_LEVEL,
  ROLE_MESSAGE,
  ROLE_SERVICE,
  ROLE_TIME,
  ROW_IS_TEXT,
  SERVICES,
  SLOTS,
} from './memory';
import { followPairs } from './pairs';
import { minuteOf, nameValue, shapeOf } from './tables';
import { gaveUp, matchLine, NOWHERE } from './text';

const LF: u32 = 0x0a;
const CR: u32 = 0x0d;
const EQUALS: u32 = 0x3d;
const OPEN: u32 = 0x7b;
/** No table answers so. */
const UNKNOWN: u32 = 0xffffffff;
const NO_LEVEL: u32 = 0xff;
/** Headers of several ids are longer, but for those with colons; a UUID is as long as none of them. */
const LONGEST_ID: u32 = 32;
const UUID: u32 = 36;
/** A row's ids, less those that its message and the object at its end may hold. */
const MOST_IN_GROUPS: u32 = MOST_IDS - 2 * FOUND_MAX;

/**
 * As `take` of lines.ts; `head` is the plan of the format that is tried first, `pairs` the root of the layouts of logfmt:
 * either may be 0.
 */
export function takeText(head: u32, pairs: u32, owner: u32, at: u32, stop: u32, end: u32, offset: u32, line: u32): u32 {
  startRows();
  while (at < stop && hasRoom()) {
    const lineEnd = endOfLine(at, end);
    if (lineEnd >= end) return at;
    let next = lineEnd + 1;
    if (load<u8>(lineEnd) === CR) {
      if (next >= end || load<u8>(next) !== LF) return at;
      next++;
    }
    if (beginsWithPair(at, lineEnd)) {
      if (pairs === 0 || !givePairs(pairs, owner, at, lineEnd, at + offset, line)) return at;
    } else if (head === 0 || !giveText(head, owner, at, lineEnd, at + offset, line)) return at;
    at = next;
    line++;
  }
  return at;
}

@inline
function endOfLine(at: u32, end: u32): u32 {
  for (; at < end; at += 16) {
    const block = v128.load(at);
    const stops = i8x16.bitmask(
      v128.or(i8x16.eq(block, i8x16.splat(LF as i8)), i8x16.eq(block, i8x16.splat(CR as i8))),
    );
    if (stops !== 0) return at + ctz(stops);
  }
  return end;
}

function giveText(head: u32, owner: u32, start: u32, end: u32, offset: u32, line: u32): bool {
  const c: u32 = load<u8>(start);
  // What is indented and an object of JSON are tried as something else first, as is a line of pairs.
  if (c <= 0x20 || c === OPEN) return false;
  let plan = head;
  while (!matchLine(plan, start, end)) {
    plan = load<u32>(plan, PATTERN_NEXT);
    if (gaveUp || plan === 0) return false;
  }
  if (load<u32>(plan, PATTERN_KNOWN) === 0 || load<u32>(plan, PATTERN_OWNER) !== owner) return false;
  const first = ids;
  if (giveMatch(plan, offset, line)) return true;
  dropIds(first);
  return false;
}

function givePairs(root: u32, owner: u32, start: u32, end: u32, offset: u32, line: u32): bool {
  if (followPairs(root, 0, start, end) < 0) return false;
  const plan = load<u32>(load<u32>(LAST_STEP), PLAN);
  return plan !== 0 && load<u32>(plan, OWNER) === owner && giveRow(plan, offset, line);
}

function beginsWithPair(start: u32, end: u32): bool {
  let at = start;
  while (at < end && load<u8>(PAIR_KEYS + <u32>load<u8>(at)) !== 0) at++;
  return at > start && at < end && load<u8>(at) === EQUALS;
}

/** A row of what the groups hold. */
function giveMatch(plan: u32, offset: u32, line: u32): bool {
  let time: f64 = NaN;
  let level: u32 = NO_LEVEL;
  let service: u32 = load<u32>(plan, PATTERN_SERVICE);
  let shape: u32 = UNKNOWN;
  let message: u32 = 0;
  let messageEnd: u32 = 0;
  const firstId = ids;
  const count = load<u32>(plan, PATTERN_GROUPS);
  for (let i: u32 = 0; i < count; i++) {
    const group = plan + PATTERN_GROUPS_AT + i * GROUP_SIZE;
    const slot = SLOTS + (load<u32>(group) << 2);
    const from = load<u32>(slot);
    if (from === NOWHERE) continue;
    const to = load<u32>(slot, 4);
    switch (load<i32>(group, 4)) {
      case ROLE_TIME:
        time = minuteOf(from, to);
        if (isNaN(time)) return false;
        break;
      case ROLE_LEVEL:
        level = nameValue(load<u32>(plan, PATTERN_SEED), from, to);
        if (level === UNKNOWN) return false;
        break;
      case ROLE_SERVICE:
        service = nameValue(SERVICES, from, to);
        break;
      case ROLE_MESSAGE:
        message = from;
        messageEnd = to;
        break;
      case ROLE_ID:
        if (!isSurelyId(from, to)) return false;
        addId(from, to, load<u32>(group, 8));
    }
  }
  if (service === UNKNOWN || isNaN(time) || message === 0) return false;
  if (ids - firstId > MOST_IN_GROUPS || !addEmbedded(message, messageEnd)) return false;
  shape = shapeOf(message, messageEnd);
  if (shape === UNKNOWN || !addFound(firstId) || !numberIds(firstId)) return false;
  addRow(time, level, service, shape, NaN, load<u32>(plan, PATTERN_LAYOUT), offset, line);
  store<u8>(ROW_IS_TEXT + rows - 1, 1);
  return true;
}

/** Whether the text surely names something: it is neither a word for nothing, nor zeros, nor a header that may hold these. */
function isSurelyId(start: u32, end: u32): bool {
  const length = end - start;
  if (length > LONGEST_ID && length !== UUID) return false;
  let digit = false;
  for (let at = start; at < end; at++) {
    const c: u32 = load<u8>(at);
    if (c - 0x31 < 9) digit = true;
    else if (c <= 0x20 || c >= 0x7f || c === 0x2f || c === 0x3a || c === 0x3b) return false;
  }
  return digit;
}
