/**
 * Runs a compiled pattern over a line, as parse/pattern/matcher.ts does: what that gives, this gives as well, or it
 * gives the line up.
 */
import {
  PATTERN_CODE,
  PATTERN_FIRST,
  PATTERN_SLOTS,
  PATTERN_TABLES,
  PATTERN_TEXT,
  SLOTS,
  STACK,
  STACK_MAX,
  WORDS_SET,
} from './memory';
import { Op } from './ops';
import { timeEnd } from './tables';

export const NOWHERE: u32 = 0xffffffff;
const END_OF_TEXT: u32 = 256;

/** Half of what the matcher grants: whoever keeps within it here does so there. */
const BUDGET: i32 = 5_000;
const BUDGET_PER_BYTE: i32 = 2;

// What an entry of the stack is to do, where it is not the lowest position of a loop.
const RESUME: u32 = 0xffffffff;
const RESTORE: u32 = 0xfffffffe;
const MORE: u32 = 0xfffffffd;

/** Whether the line is for others to match: too many steps, too deep, or a time that nobody has told of. */
export let gaveUp: bool = false;

let code: u32 = 0;
let tables: u32 = 0;
let text: u32 = 0;
let first: u32 = 0;
let last: u32 = 0;
let stack: u32 = 0;
let steps: i32 = 0;

/** Whether the pattern, which begins with the line, matches [start, limit); its groups are in SLOTS then. */
export function matchLine(pattern: u32, start: u32, limit: u32): bool {
  gaveUp = false;
  tables = load<u32>(pattern, PATTERN_TABLES);
  if (load<u8>(tables + load<u32>(pattern, PATTERN_FIRST) + byteAt(start, limit)) === 0) return false;
  code = load<u32>(pattern, PATTERN_CODE);
  text = load<u32>(pattern, PATTERN_TEXT);
  first = start;
  last = limit;
  stack = STACK;
  steps = BUDGET + <i32>(limit - start) * BUDGET_PER_BYTE;
  const slots = load<u32>(pattern, PATTERN_SLOTS) << 2;
  for (let i: u32 = 0; i < slots; i += 16) v128.store(SLOTS + i, i8x16.splat(-1));
  return run(code, start) !== NOWHERE;
}

@inline
function byteAt(at: u32, limit: u32): u32 {
  return at < limit ? <u32>load<u8>(at) : END_OF_TEXT;
}

@inline
function operand(pc: u32, i: u32): u32 {
  return load<u32>(pc + (i << 2));
}

@inline
function isIn(set: u32, c: u32): bool {
  return load<u8>(set + c) !== 0;
}

@inline
function farthest(at: u32, most: u32, limit: u32): u32 {
  return most > limit - at ? limit : at + most;
}

/** From an instruction and a position to the next MATCH; the position there, or NOWHERE. */
function run(from: u32, position: u32): u32 {
  const limit = last;
  const base = stack;
  let top = base;
  let pc = from;
  let at = position;
  for (;;) {
    steps--;
    // Leaves the switch where the way ends; goes on with the loop where it does not.
    switch (load<i32>(pc)) {
      case Op.MATCH:
        stack = base;
        return at;
      case Op.CHAR:
        if (at < limit && <u32>load<u8>(at) === operand(pc, 1)) {
          at++;
          pc += 8;
          continue;
        }
        break;
      case Op.TEXT: {
        const known = text + operand(pc, 1);
        const length = operand(pc, 2);
        if (at + length > limit) break;
        let same: u32 = 0;
        while (same < length && load<u8>(at + same) === load<u8>(known + same)) same++;
        if (same < length) break;
        at += length;
        pc += 12;
        continue;
      }
      case Op.SET:
        if (at < limit && isIn(tables + operand(pc, 1), load<u8>(at))) {
          at++;
          pc += 8;
          continue;
        }
        break;
      case Op.FIELD: {
        const slot = operand(pc, 1);
        const set = tables + operand(pc, 2);
        const end = farthest(at, operand(pc, 4), limit);
        const least = at + operand(pc, 3);
        const before = at;
        while (at < end && isIn(set, load<u8>(at))) at++;
        steps -= at - before;
        if (at < least) break;
        if (top > <u32>STACK) {
          top = keep(slot, slot + 2, top);
          if (top === 0) return giveUp(base);
        }
        store<u32>(SLOTS + (slot << 2), before);
        store<u32>(SLOTS + (slot << 2), at, 4);
        pc += 20;
        continue;
      }
      case Op.SETS: {
        const set = tables + operand(pc, 1);
        const end = at + operand(pc, 2);
        if (end > limit) break;
        while (at < end && isIn(set, load<u8>(at))) at++;
        if (at < end) break;
        pc += 12;
        continue;
      }
      case Op.REST:
        at = limit;
        pc += 4;
        continue;
      case Op.RUN: {
        const set = tables + operand(pc, 1);
        const end = farthest(at, operand(pc, 3), limit);
        const least = at + operand(pc, 2);
        const before = at;
        while (at < end && isIn(set, load<u8>(at))) at++;
        steps -= at - before;
        if (at < least) break;
        pc += 16;
        continue;
      }
      case Op.GREEDY: {
        const set = tables + operand(pc, 1);
        const follow = tables + operand(pc, 4);
        const end = farthest(at, operand(pc, 3), limit);
        const least = at + operand(pc, 2);
        const before = at;
        while (at < end && isIn(set, load<u8>(at))) at++;
        steps -= at - before;
        // Back to the last place from which the rest can begin.
        while (at >= least && !isIn(follow, byteAt(at, limit))) at--;
        if (at < least) break;
        pc += 20;
        if (at === least) continue;
        top = push(top, pc, at, least);
        if (top === 0) return giveUp(base);
        continue;
      }
      case Op.LAZY: {
        const set = tables + operand(pc, 1);
        const follow = tables + operand(pc, 4);
        const end = farthest(at, operand(pc, 3), limit);
        const least = at + operand(pc, 2);
        if (least > limit) break;
        while (at < least && isIn(set, load<u8>(at))) at++;
        if (at < least) break;
        // On to the first place from which the rest can begin.
        while (!isIn(follow, byteAt(at, limit)) && at < end && isIn(set, load<u8>(at))) {
          at++;
          steps--;
        }
        if (!isIn(follow, byteAt(at, limit))) break;
        if (at < end && isIn(set, load<u8>(at))) {
          // Two entries: the way on, and below it how far it may go.
          top = push(top, end, 0, 0);
          if (top !== 0) top = push(top, pc, at, MORE);
          if (top === 0) return giveUp(base);
        }
        pc += 20;
        continue;
      }
      case Op.SPLIT: {
        const next = byteAt(at, limit);
        const there = isIn(tables + operand(pc, 3), next);
        if (!isIn(tables + operand(pc, 2), next)) {
          if (!there) break;
          pc = code + (operand(pc, 1) << 2);
          continue;
        }
        if (there) {
          top = push(top, code + (operand(pc, 1) << 2), at, RESUME);
          if (top === 0) return giveUp(base);
        }
        pc += 16;
        continue;
      }
      case Op.JUMP:
        pc = code + (operand(pc, 1) << 2);
        continue;
      case Op.SAVE: {
        const slot = operand(pc, 1);
        if (top > <u32>STACK) {
          top = keep(slot, slot + 1, top);
          if (top === 0) return giveUp(base);
        }
        store<u32>(SLOTS + (slot << 2), at);
        pc += 8;
        continue;
      }
      case Op.CLEAR: {
        const slot = operand(pc, 1);
        const end = operand(pc, 2);
        top = keep(slot, end, top);
        if (top === 0) return giveUp(base);
        memory.fill(SLOTS + (slot << 2), 0xff, (end - slot) << 2);
        pc += 12;
        continue;
      }
      case Op.MOVED:
        if (load<u32>(SLOTS + (operand(pc, 1) << 2)) !== at) {
          pc += 8;
          continue;
        }
        break;
      case Op.START:
        if (at === first) {
          pc += 4;
          continue;
        }
        break;
      case Op.END:
        if (at === limit) {
          pc += 4;
          continue;
        }
        break;
      case Op.BOUNDARY: {
        const before: u32 = at > first ? <u32>load<u8>(WORDS_SET + <u32>load<u8>(at - 1)) : 0;
        const after: u32 = at < limit ? <u32>load<u8>(WORDS_SET + <u32>load<u8>(at)) : 0;
        if ((before ^ after) === operand(pc, 1)) {
          pc += 8;
          continue;
        }
        break;
      }
      case Op.AHEAD: {
        top = keep(operand(pc, 3), operand(pc, 4), top);
        if (top === 0) return giveUp(base);
        stack = top;
        const end = run(pc + 20, at);
        if (gaveUp) return giveUp(base);
        if ((end !== NOWHERE) === (operand(pc, 1) === 0)) {
          pc = code + (operand(pc, 2) << 2);
          continue;
        }
        break;
      }
      case Op.TIME: {
        // Whether a time that nobody has told of stands here is for others to see.
        at = timeEnd(at, limit);
        if (at === NOWHERE) return giveUp(base);
        pc += 4;
        continue;
      }
    }
    if (steps <= 0) return giveUp(base);
    // Back to the last place where there was another way.
    for (;;) {
      if (top === base) {
        stack = base;
        return NOWHERE;
      }
      top -= 12;
      const what = load<u32>(top, 8);
      if (what === RESTORE) {
        store<u32>(SLOTS + (load<u32>(top) << 2), load<u32>(top, 4));
        continue;
      }
      pc = load<u32>(top);
      at = load<u32>(top, 4);
      if (what === RESUME) break;
      if (what === MORE) {
        const end = load<u32>(top - 12);
        const set = tables + operand(pc, 1);
        const follow = tables + operand(pc, 4);
        // The byte at the old place fits the loop: that was seen when the entry was made.
        at++;
        steps--;
        while (!isIn(follow, byteAt(at, limit)) && at < end && isIn(set, load<u8>(at))) {
          at++;
          steps--;
        }
        if (!isIn(follow, byteAt(at, limit))) {
          top -= 12;
          continue;
        }
        if (at < end && isIn(set, load<u8>(at))) {
          store<u32>(top, at, 4);
          top += 12;
        } else top -= 12;
        pc += 20;
        break;
      }
      // A greedy loop gives back down to the next place from which the rest can begin.
      const follow = tables + load<u32>(pc - 4);
      at--;
      steps--;
      while (at >= what && !isIn(follow, load<u8>(at))) {
        at--;
        steps--;
      }
      if (at < what) continue;
      if (at > what) {
        store<u32>(top, at, 4);
        top += 12;
      }
      break;
    }
  }
  return NOWHERE;
}

function giveUp(base: u32): u32 {
  gaveUp = true;
  stack = base;
  return NOWHERE;
}

/** An entry more; the new top of the stack, or 0 where it is full. */
@inline
function push(top: u32, where: u32, at: u32, what: u32): u32 {
  if (top >= <u32>(STACK + STACK_MAX)) return 0;
  store<u32>(top, where);
  store<u32>(top, at, 4);
  store<u32>(top, what, 8);
  return top + 12;
}

/** Keeps the slots from `from` on, to be put back. */
function keep(from: u32, to: u32, top: u32): u32 {
  for (let slot = from; slot < to && top !== 0; slot++) top = push(top, slot, load<u32>(SLOTS + (slot << 2)), RESTORE);
  return top;
}
