/**
 * Runs a compiled pattern over bytes. What may have to be tried otherwise is kept on a stack of its own, and
 * every step is counted: a pattern whose ways multiply gives up instead of hanging.
 */

import { Op } from '../../kernel/ops.ts';
import { SET_SIZE, WORD } from './byteSet.ts';
import type { Program } from './program.ts';

/** Reads a time in any form; the position behind it, or -1. */
export interface TimeAtom {
  matchAt(bytes: Uint8Array, at: number, limit: number): number;
}

/** Steps a pattern may take in a text: a few hundred are usual. */
const BUDGET = 10_000;
const BUDGET_PER_BYTE = 4;
const STACK = 3 * 8192;

// What an entry of the stack is to do, where it is not the lowest position of a loop.
const RESUME = -1;
const RESTORE = -2;
const MORE = -3;

/**
 * Entries of three: where to go on, a position, and what to do. All matchers of a thread share it: each is done
 * with it when it returns.
 */
const stack = new Int32Array(STACK);

export class Matcher {
  /** Where each group begins and ends, -1 where it took no part; of the last match. */
  readonly slots: Int32Array;
  /** Whether the last match was given up, because it took too many steps. */
  overrun = false;
  readonly #program: Program;
  readonly #time: TimeAtom;
  #depth = 0;
  #steps = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #start = 0;
  #limit = 0;

  constructor(program: Program, time: TimeAtom) {
    this.#program = program;
    this.#time = time;
    this.slots = new Int32Array(program.slots);
  }

  /** Looks for the pattern in bytes[start, limit), which to the pattern is all there is. */
  match(bytes: Uint8Array, start: number, limit: number): boolean {
    const { tables, first, anchored } = this.#program;
    const slots = this.slots;
    this.overrun = false;
    this.#bytes = bytes;
    this.#start = start;
    this.#limit = limit;
    this.#steps = BUDGET + (limit - start) * BUDGET_PER_BYTE;
    const last = anchored ? start : limit;
    for (let at = start; at <= last; at++) {
      if (tables[first + (at < limit ? bytes[at] : SET_SIZE - 1)] === 0) continue;
      for (let i = 0; i < slots.length; i++) slots[i] = -1;
      this.#depth = 0;
      const end = this.#run(0, at);
      if (end >= 0) {
        slots[0] = at;
        slots[1] = end;
        return true;
      }
      if (this.overrun) return false;
    }
    return false;
  }

  /** From an instruction and a position to the next MATCH; the position there, or -1. */
  #run(from: number, position: number): number {
    const { code, tables, text } = this.#program;
    const slots = this.slots;
    const bytes = this.#bytes;
    const limit = this.#limit;
    const base = this.#depth;
    let depth = base;
    let steps = this.#steps;
    let pc = from;
    let at = position;
    for (;;) {
      steps--;
      // Leaves the switch where the way ends; goes on with the loop where it does not.
      switch (code[pc]) {
        case Op.MATCH:
          this.#steps = steps;
          this.#depth = base;
          return at;
        case Op.CHAR:
          if (at < limit && bytes[at] === code[pc + 1]) {
            at++;
            pc += 2;
            continue;
          }
          break;
        case Op.TEXT: {
          const offset = code[pc + 1];
          const length = code[pc + 2];
          if (at + length > limit) break;
          let same = 0;
          while (same < length && bytes[at + same] === text[offset + same]) same++;
          if (same < length) break;
          at += length;
          pc += 3;
          continue;
        }
        case Op.SET:
          if (at < limit && tables[code[pc + 1] + bytes[at]] !== 0) {
            at++;
            pc += 2;
            continue;
          }
          break;
        case Op.FIELD: {
          const slot = code[pc + 1];
          const table = code[pc + 2];
          const max = code[pc + 4];
          const end = max > limit - at ? limit : at + max;
          const least = at + code[pc + 3];
          const before = at;
          while (at < end && tables[table + bytes[at]] !== 0) at++;
          steps -= at - before;
          if (at < least) break;
          if (depth > 0) {
            depth = this.#keep(slot, slot + 2, depth);
            if (depth < 0) {
              depth = base;
              steps = 0;
              break;
            }
          }
          slots[slot] = before;
          slots[slot + 1] = at;
          pc += 5;
          continue;
        }
        case Op.SETS: {
          const table = code[pc + 1];
          const end = at + code[pc + 2];
          if (end > limit) break;
          while (at < end && tables[table + bytes[at]] !== 0) at++;
          if (at < end) break;
          pc += 3;
          continue;
        }
        case Op.REST:
          at = limit;
          pc += 1;
          continue;
        case Op.RUN: {
          const table = code[pc + 1];
          const max = code[pc + 3];
          const end = max > limit - at ? limit : at + max;
          const least = at + code[pc + 2];
          const before = at;
          while (at < end && tables[table + bytes[at]] !== 0) at++;
          steps -= at - before;
          if (at < least) break;
          pc += 4;
          continue;
        }
        case Op.GREEDY: {
          const table = code[pc + 1];
          const max = code[pc + 3];
          const follow = code[pc + 4];
          const end = max > limit - at ? limit : at + max;
          const least = at + code[pc + 2];
          const before = at;
          while (at < end && tables[table + bytes[at]] !== 0) at++;
          steps -= at - before;
          // Back to the last place from which the rest can begin.
          while (at >= least && tables[follow + (at < limit ? bytes[at] : 256)] === 0) at--;
          if (at < least) break;
          pc += 5;
          if (at === least) continue;
          if (depth + 3 > STACK) {
            steps = 0;
            break;
          }
          stack[depth] = pc;
          stack[depth + 1] = at;
          stack[depth + 2] = least;
          depth += 3;
          continue;
        }
        case Op.LAZY: {
          const table = code[pc + 1];
          const max = code[pc + 3];
          const end = max > limit - at ? limit : at + max;
          const least = at + code[pc + 2];
          if (least > limit) break;
          while (at < least && tables[table + bytes[at]] !== 0) at++;
          if (at < least) break;
          const follow = code[pc + 4];
          // On to the first place from which the rest can begin.
          while (tables[follow + (at < limit ? bytes[at] : 256)] === 0 && at < end && tables[table + bytes[at]] !== 0) {
            at++;
            steps--;
          }
          if (tables[follow + (at < limit ? bytes[at] : 256)] === 0) break;
          if (at < end && tables[table + bytes[at]] !== 0) {
            if (depth + 6 > STACK) {
              steps = 0;
              break;
            }
            // Two entries: the way on, and below it how far it may go.
            stack[depth] = end;
            stack[depth + 1] = 0;
            stack[depth + 2] = 0;
            stack[depth + 3] = pc;
            stack[depth + 4] = at;
            stack[depth + 5] = MORE;
            depth += 6;
          }
          pc += 5;
          continue;
        }
        case Op.SPLIT: {
          const next = at < limit ? bytes[at] : 256;
          const here = tables[code[pc + 2] + next];
          const there = tables[code[pc + 3] + next];
          if (here === 0) {
            if (there === 0) break;
            pc = code[pc + 1];
            continue;
          }
          if (there !== 0) {
            if (depth + 3 > STACK) {
              steps = 0;
              break;
            }
            stack[depth] = code[pc + 1];
            stack[depth + 1] = at;
            stack[depth + 2] = RESUME;
            depth += 3;
          }
          pc += 4;
          continue;
        }
        case Op.JUMP:
          pc = code[pc + 1];
          continue;
        case Op.SAVE: {
          const slot = code[pc + 1];
          if (depth > 0) {
            if (depth + 3 > STACK) {
              steps = 0;
              break;
            }
            stack[depth] = slot;
            stack[depth + 1] = slots[slot];
            stack[depth + 2] = RESTORE;
            depth += 3;
          }
          slots[slot] = at;
          pc += 2;
          continue;
        }
        case Op.CLEAR: {
          depth = this.#keep(code[pc + 1], code[pc + 2], depth);
          if (depth < 0) {
            depth = base;
            steps = 0;
            break;
          }
          for (let slot = code[pc + 1]; slot < code[pc + 2]; slot++) slots[slot] = -1;
          pc += 3;
          continue;
        }
        case Op.MOVED:
          if (slots[code[pc + 1]] !== at) {
            pc += 2;
            continue;
          }
          break;
        case Op.START:
          if (at === this.#start) {
            pc += 1;
            continue;
          }
          break;
        case Op.END:
          if (at === limit) {
            pc += 1;
            continue;
          }
          break;
        case Op.BOUNDARY: {
          const before = at > this.#start ? WORD[bytes[at - 1]] : 0;
          const after = at < limit ? WORD[bytes[at]] : 0;
          if ((before ^ after) === code[pc + 1]) {
            pc += 2;
            continue;
          }
          break;
        }
        case Op.AHEAD: {
          depth = this.#keep(code[pc + 3], code[pc + 4], depth);
          if (depth < 0) {
            depth = base;
            steps = 0;
            break;
          }
          this.#depth = depth;
          this.#steps = steps;
          const end = this.#run(pc + 5, at);
          steps = this.#steps;
          if (end >= 0 === (code[pc + 1] === 0) && !this.overrun) {
            pc = code[pc + 2];
            continue;
          }
          break;
        }
        case Op.TIME: {
          const end = this.#time.matchAt(bytes, at, limit);
          if (end >= 0) {
            at = end;
            pc += 1;
            continue;
          }
          break;
        }
      }
      if (steps <= 0 || this.overrun) {
        this.overrun = true;
        this.#steps = 0;
        this.#depth = base;
        return -1;
      }
      // Back to the last place where there was another way.
      for (;;) {
        if (depth === base) {
          this.#steps = steps;
          this.#depth = base;
          return -1;
        }
        depth -= 3;
        const what = stack[depth + 2];
        if (what === RESTORE) {
          slots[stack[depth]] = stack[depth + 1];
          continue;
        }
        pc = stack[depth];
        at = stack[depth + 1];
        if (what === RESUME) break;
        if (what === MORE) {
          const end = stack[depth - 3];
          const table = code[pc + 1];
          const follow = code[pc + 4];
          // The byte at the old place fits the loop: that was seen when the entry was made.
          at++;
          steps--;
          while (tables[follow + (at < limit ? bytes[at] : 256)] === 0 && at < end && tables[table + bytes[at]] !== 0) {
            at++;
            steps--;
          }
          if (tables[follow + (at < limit ? bytes[at] : 256)] === 0) {
            depth -= 3;
            continue;
          }
          if (at < end && tables[table + bytes[at]] !== 0) {
            stack[depth + 1] = at;
            depth += 3;
          } else depth -= 3;
          pc += 5;
          break;
        }
        // A greedy loop gives back down to the next place from which the rest can begin.
        const follow = code[pc - 1];
        at--;
        steps--;
        while (at >= what && tables[follow + bytes[at]] === 0) {
          at--;
          steps--;
        }
        if (at < what) continue;
        if (at > what) {
          stack[depth + 1] = at;
          depth += 3;
        }
        break;
      }
    }
  }

  /** Keeps the slots from `from` on, to be put back; the new depth of the stack, or -1 where it is full. */
  #keep(from: number, to: number, depth: number): number {
    if (depth + (to - from) * 3 > STACK) return -1;
    for (let slot = from; slot < to; slot++) {
      stack[depth] = slot;
      stack[depth + 1] = this.slots[slot];
      stack[depth + 2] = RESTORE;
      depth += 3;
    }
    return depth;
  }
}
