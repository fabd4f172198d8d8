/**
 * Compiles a pattern. Wherever the bytes that may come next tell which way to go, the program looks at the
 * next byte instead of trying: loops then never give back, and choices leave nothing to come back to.
 */

import { Op, UNLIMITED } from '../../kernel/ops.ts';
import {
  ANYTHING,
  type ByteSet,
  disjoint,
  END_OF_TEXT,
  isAnyByte,
  range,
  SET_SIZE,
  setOf,
  singleOf,
  union,
} from './byteSet.ts';
import type { Program } from './program.ts';
import { type ParsedPattern, PatternError, type PatternNode, parsePattern } from './syntax.ts';

/** Larger programs come from nested counts, and would cost memory and time for each file. */
const MAX_CODE = 20_000;
/** What is counted but adds no code, such as nothing three hundred times, costs time all the same. */
const MAX_STEPS = 50_000;

/** What a time may begin with: a digit, or the name of a day or a month. */
const TIME_START = union(range(0x30, 0x39), range(0x41, 0x5a), range(0x61, 0x7a));

export function compilePattern(source: string): Program {
  const parsed = parsePattern(source);
  return new Compiler(parsed).compile();
}

class Compiler {
  readonly #parsed: ParsedPattern;
  readonly #code: number[] = [];
  readonly #tables: ByteSet[] = [];
  readonly #tableAt = new Map<string, number>();
  readonly #text: number[] = [];
  #slots: number;
  #steps = 0;

  constructor(parsed: ParsedPattern) {
    this.#parsed = parsed;
    this.#slots = parsed.groups.length * 2;
  }

  compile(): Program {
    const { root, groups } = this.#parsed;
    this.#emit(root, ANYTHING);
    this.#push(Op.MATCH);
    const first = this.#table(firstOf(root, ANYTHING));
    const tables = new Uint8Array(this.#tables.length * SET_SIZE);
    for (const [i, table] of this.#tables.entries()) tables.set(table, i * SET_SIZE);
    return {
      code: Int32Array.from(this.#code),
      tables,
      text: Uint8Array.from(this.#text),
      groups,
      slots: this.#slots,
      first,
      anchored: isAnchored(root),
    };
  }

  #push(...numbers: number[]): number {
    const at = this.#code.length;
    if (at + numbers.length > MAX_CODE) throw new PatternError('too many repetitions', 0);
    this.#code.push(...numbers);
    return at;
  }

  #table(set: ByteSet): number {
    const key = set.join('');
    let at = this.#tableAt.get(key);
    if (at === undefined) {
      at = (this.#tables.push(set) - 1) * SET_SIZE;
      this.#tableAt.set(key, at);
    }
    return at;
  }

  /** `follow`: what may come after the node. */
  #emit(node: PatternNode, follow: ByteSet): void {
    if (++this.#steps > MAX_STEPS) throw new PatternError('too many repetitions', 0);
    switch (node.kind) {
      case 'set':
        this.#set(node.set, 1);
        break;
      case 'sequence':
        this.#sequence(node.items, follow);
        break;
      case 'choice':
        this.#choice(node.options, follow);
        break;
      case 'repeat':
        this.#repeat(node, follow);
        break;
      case 'group':
        this.#group(node, follow);
        break;
      case 'ahead': {
        const { firstGroup, groups } = node;
        const at = this.#push(Op.AHEAD, node.negative ? 1 : 0, 0, firstGroup * 2, (firstGroup + groups) * 2);
        this.#emit(node.body, ANYTHING);
        this.#push(Op.MATCH);
        this.#code[at + 2] = this.#code.length;
        break;
      }
      case 'start':
        this.#push(Op.START);
        break;
      case 'end':
        this.#push(Op.END);
        break;
      case 'time':
        this.#push(Op.TIME);
        break;
      default:
        this.#push(Op.BOUNDARY, node.kind === 'boundary' ? 1 : 0);
    }
  }

  #group({ body, index }: PatternNode & { kind: 'group' }, follow: ByteSet): void {
    const run = body.kind === 'repeat' && body.greedy && body.body.kind === 'set' && disjoint(body.body.set, follow);
    if (run && body.body.kind === 'set') {
      this.#push(Op.FIELD, index * 2, this.#table(body.body.set), body.min, mostOf(body.max));
      return;
    }
    this.#push(Op.SAVE, index * 2);
    this.#emit(body, follow);
    this.#push(Op.SAVE, index * 2 + 1);
  }

  #set(set: ByteSet, count: number): void {
    const single = singleOf(set);
    if (count === 1) this.#push(single >= 0 ? Op.CHAR : Op.SET, single >= 0 ? single : this.#table(set));
    else this.#push(Op.SETS, this.#table(set), count);
  }

  #sequence(items: PatternNode[], follow: ByteSet): void {
    const after: ByteSet[] = new Array(items.length);
    let next = follow;
    for (let i = items.length - 1; i >= 0; i--) {
      after[i] = next;
      next = firstOf(items[i], next);
    }
    for (let i = 0; i < items.length; ) {
      const text = literalAt(items, i);
      if (text.length > 1) {
        const offset = this.#text.push(...text) - text.length;
        this.#push(Op.TEXT, offset, text.length);
        i += text.length;
      } else this.#emit(items[i], after[i++]);
    }
  }

  #choice(options: PatternNode[], follow: ByteSet): void {
    const firsts = options.map((option) => firstOf(option, follow));
    const jumps: number[] = [];
    for (const [i, option] of options.entries()) {
      if (i === options.length - 1) {
        this.#emit(option, follow);
        break;
      }
      const rest = union(...firsts.slice(i + 1));
      const split = this.#push(Op.SPLIT, 0, this.#table(firsts[i]), this.#table(rest));
      this.#emit(option, follow);
      jumps.push(this.#push(Op.JUMP, 0));
      this.#code[split + 1] = this.#code.length;
    }
    for (const jump of jumps) this.#code[jump + 1] = this.#code.length;
  }

  #repeat(node: PatternNode & { kind: 'repeat' }, follow: ByteSet): void {
    const { body, min, max, greedy } = node;
    if (max === 0) return;
    if (body.kind === 'set') this.#loop(body.set, min, max, greedy, follow);
    else this.#unrolled(body, min, max, greedy, follow);
  }

  /** A loop over one set needs no program of its own. */
  #loop(set: ByteSet, min: number, max: number, greedy: boolean, follow: ByteSet): void {
    if (min === max) {
      this.#set(set, min);
      return;
    }
    const most = mostOf(max);
    const endOnly = follow[END_OF_TEXT] !== 0 && disjoint(follow, ANYTHING);
    if (greedy && endOnly && min === 0 && most === UNLIMITED && isAnyByte(set)) this.#push(Op.REST);
    else if (greedy && disjoint(set, follow)) this.#push(Op.RUN, this.#table(set), min, most);
    else this.#push(greedy ? Op.GREEDY : Op.LAZY, this.#table(set), min, most, this.#table(follow));
  }

  /** `body{2,4}` is body body (body (body)?)?, and `body*` a true loop. */
  #unrolled(body: PatternNode, min: number, max: number, greedy: boolean, follow: ByteSet): void {
    const groups = groupsOf(body);
    const first = firstOf(body, follow);
    const again = union(first, follow);
    for (let i = 0; i < min; i++) {
      if (i > 0) this.#clear(groups);
      const before = this.#code.length;
      this.#emit(body, i < min - 1 ? first : again);
      if (this.#code.length === before) break;
    }
    const endless = max === Number.POSITIVE_INFINITY;
    const nullable = isNullable(body);
    const start = nullable ? this.#slots++ : -1;
    const splits: number[] = [];
    for (let i = min; endless ? i === min : i < max; i++) {
      const split = this.#push(Op.SPLIT, 0, this.#table(greedy ? first : follow), this.#table(greedy ? follow : first));
      splits.push(split);
      if (!greedy) this.#code[split + 1] = this.#push(Op.JUMP, 0) + 2;
      if (i > 0 || endless) this.#clear(groups);
      if (nullable) this.#push(Op.SAVE, start);
      this.#emit(body, again);
      if (nullable) this.#push(Op.MOVED, start);
      if (endless) this.#push(Op.JUMP, split);
    }
    const end = this.#code.length;
    for (const split of splits) {
      // Greedy: on failure leave. Lazy: leave first (the jump behind the split), on failure go in.
      if (greedy) this.#code[split + 1] = end;
      else this.#code[split + 5] = end;
    }
  }

  #clear(groups: readonly number[]): void {
    if (groups.length > 0) this.#push(Op.CLEAR, Math.min(...groups) * 2, Math.max(...groups) * 2 + 2);
  }
}

function mostOf(max: number): number {
  return max === Number.POSITIVE_INFINITY ? UNLIMITED : max;
}

/** The bytes of the literal text that begins at an item. */
function literalAt(items: readonly PatternNode[], from: number): number[] {
  const text: number[] = [];
  for (let i = from; i < items.length; i++) {
    const item = items[i];
    const single = item.kind === 'set' ? singleOf(item.set) : -1;
    if (single < 0) break;
    text.push(single);
  }
  return text;
}

/** What a match of the node, and of what follows it, may begin with. Never too small a set. */
function firstOf(node: PatternNode, follow: ByteSet): ByteSet {
  switch (node.kind) {
    case 'set':
      return node.set;
    case 'sequence': {
      let next = follow;
      for (let i = node.items.length - 1; i >= 0; i--) next = firstOf(node.items[i], next);
      return next;
    }
    case 'choice':
      return union(...node.options.map((option) => firstOf(option, follow)));
    case 'repeat': {
      if (node.max === 0) return follow;
      const first = firstOf(node.body, follow);
      return node.min === 0 ? union(first, follow) : first;
    }
    case 'group':
      return firstOf(node.body, follow);
    case 'end':
      return setOf(END_OF_TEXT);
    case 'time':
      return TIME_START;
    default:
      return follow;
  }
}

function isNullable(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
    case 'time':
      return false;
    case 'sequence':
      return node.items.every(isNullable);
    case 'choice':
      return node.options.some(isNullable);
    case 'repeat':
      return node.min === 0 || isNullable(node.body);
    case 'group':
      return isNullable(node.body);
    default:
      return true;
  }
}

function groupsOf(node: PatternNode): number[] {
  switch (node.kind) {
    case 'group':
      return [node.index, ...groupsOf(node.body)];
    case 'sequence':
      return node.items.flatMap(groupsOf);
    case 'choice':
      return node.options.flatMap(groupsOf);
    case 'repeat':
    case 'ahead':
      return groupsOf(node.body);
    default:
      return [];
  }
}

function isAnchored(node: PatternNode): boolean {
  if (node.kind === 'start') return true;
  if (node.kind === 'sequence') return node.items.length > 0 && isAnchored(node.items[0]);
  if (node.kind === 'group') return isAnchored(node.body);
  return node.kind === 'choice' && node.options.every(isAnchored);
}
