/**
 * Reads the regular expressions of formats into a tree: JavaScript's syntax, as far as a matcher that works
 * on bytes and never hangs can offer it. What is not offered is refused with its position.
 *
 * Different from JavaScript: `.` matches any byte; bytes of characters outside ASCII are word characters;
 * an empty group `(?<time>)` matches a time in any form that Causeway reads; `(?i:…)` ignores case.
 */
import { encodeUtf8 } from '../../../base/utf8.ts';
import {
  ANY,
  type ByteSet,
  complement,
  DIGITS,
  emptySet,
  foldCase,
  range,
  SPACES,
  setOf,
  union,
  WORD,
} from './byteSet.ts';

export type PatternNode =
  | { kind: 'set'; set: ByteSet }
  | { kind: 'sequence'; items: PatternNode[] }
  | { kind: 'choice'; options: PatternNode[] }
  | { kind: 'repeat'; body: PatternNode; min: number; max: number; greedy: boolean }
  | { kind: 'group'; body: PatternNode; index: number }
  | { kind: 'start' | 'end' | 'boundary' | 'noBoundary' | 'time' }
  | { kind: 'ahead'; body: PatternNode; negative: boolean; firstGroup: number; groups: number };

export interface ParsedPattern {
  root: PatternNode;
  /** Names of the capturing groups in order; empty where a group has none. Group 0 is the whole match. */
  groups: string[];
}

/** What is wrong with a pattern, and at which character (from 0). */
export class PatternError extends Error {
  readonly position: number;

  constructor(message: string, position: number) {
    super(`${message} at character ${position + 1} of the pattern`);
    this.position = position;
  }
}

/** Counts above this make programs too large to be of use. */
const MAX_COUNT = 1000;
/** Deeper nesting than any format needs; it bounds the recursion of all that walks the tree. */
const MAX_DEPTH = 50;

const SIMPLE_ESCAPES: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };
const CLASS_ESCAPES: Record<string, ByteSet> = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORD,
  W: complement(WORD),
  s: SPACES,
  S: complement(SPACES),
};

export function parsePattern(source: string): ParsedPattern {
  return new Parser(source).parse();
}

class Parser {
  readonly #source: string;
  #at = 0;
  #depth = 0;
  #ignoreCase = false;
  readonly #groups: string[] = [''];

  constructor(source: string) {
    this.#source = source;
  }

  parse(): ParsedPattern {
    if (this.#source.startsWith('(?i)')) {
      this.#ignoreCase = true;
      this.#at = 4;
    }
    const root = this.#choice();
    if (this.#at < this.#source.length) this.#fail('unmatched )');
    return { root, groups: this.#groups };
  }

  #fail(message: string, position = this.#at): never {
    throw new PatternError(message, position);
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #choice(): PatternNode {
    if (++this.#depth > MAX_DEPTH) this.#fail('nested too deeply');
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    this.#depth--;
    return options.length === 1 ? options[0] : { kind: 'choice', options };
  }

  #sequence(): PatternNode {
    const items: PatternNode[] = [];
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at])) items.push(this.#term());
    return items.length === 1 ? items[0] : { kind: 'sequence', items };
  }

  #term(): PatternNode {
    const from = this.#at;
    const atom = this.#atom();
    const counts = this.#quantifier();
    if (!counts) return atom;
    if (/^(?:[$^]|\\[bB]|\(\?[=!])/.test(this.#source.slice(from, from + 3))) this.#fail('nothing to repeat', from);
    return { kind: 'repeat', body: atom, ...counts, greedy: !this.#take('?') };
  }

  #quantifier(): { min: number; max: number } | null {
    if (this.#take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.#take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.#take('?')) return { min: 0, max: 1 };
    const braces = /^\{(\d+)(,(\d*))?\}/.exec(this.#source.slice(this.#at, this.#at + 30));
    if (!braces) return null;
    const min = Number(braces[1]);
    const max = braces[2] === undefined ? min : braces[3] === '' ? Number.POSITIVE_INFINITY : Number(braces[3]);
    if (max < min) this.#fail('numbers out of order in {}');
    if (min > MAX_COUNT || (max !== Number.POSITIVE_INFINITY && max > MAX_COUNT)) {
      this.#fail(`more than ${MAX_COUNT} repetitions`);
    }
    this.#at += braces[0].length;
    return { min, max };
  }

  #atom(): PatternNode {
    const at = this.#at;
    const char = String.fromCodePoint(this.#source.codePointAt(at) ?? 0);
    this.#at += char.length;
    switch (char) {
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '.':
        return { kind: 'set', set: ANY };
      case '[':
        return this.#class(at);
      case '(':
        return this.#group(at);
      case '\\':
        return this.#escape(at);
      case '*':
      case '+':
      case '?':
        return this.#fail('nothing to repeat', at);
      default:
        return this.#literal(char);
    }
  }

  #literal(char: string): PatternNode {
    const bytes = [...encodeUtf8(char)];
    if (bytes.length === 1) return { kind: 'set', set: this.#fold(setOf(bytes[0])) };
    return { kind: 'sequence', items: bytes.map((byte) => ({ kind: 'set', set: setOf(byte) })) };
  }

  #fold(set: ByteSet): ByteSet {
    return this.#ignoreCase ? foldCase(set) : set;
  }

  #group(open: number): PatternNode {
    if (this.#take('?')) {
      if (this.#take(':')) return this.#closed(open);
      if (this.#take('i:')) {
        const outside = this.#ignoreCase;
        this.#ignoreCase = true;
        const body = this.#closed(open);
        this.#ignoreCase = outside;
        return body;
      }
      if (this.#take('=')) return this.#ahead(open, false);
      if (this.#take('!')) return this.#ahead(open, true);
      if (this.#take('<=') || this.#take('<!')) this.#fail('lookbehind is not supported', open);
      const name = /^<([A-Za-z_]\w*)>/.exec(this.#source.slice(this.#at));
      if (!name) this.#fail('unknown kind of group', open);
      if (this.#groups.includes(name[1])) this.#fail(`group ${name[1]} stands twice; number the second`, open);
      this.#at += name[0].length;
      const index = this.#groups.push(name[1]) - 1;
      if (/^time\d*$/.test(name[1]) && this.#take(')')) return { kind: 'group', body: { kind: 'time' }, index };
      return { kind: 'group', body: this.#closed(open), index };
    }
    const index = this.#groups.push('') - 1;
    return { kind: 'group', body: this.#closed(open), index };
  }

  #ahead(open: number, negative: boolean): PatternNode {
    const firstGroup = this.#groups.length;
    const body = this.#closed(open);
    return { kind: 'ahead', body, negative, firstGroup, groups: this.#groups.length - firstGroup };
  }

  #closed(open: number): PatternNode {
    const body = this.#choice();
    if (!this.#take(')')) this.#fail('group without its )', open);
    return body;
  }

  #escape(at: number): PatternNode {
    const char = this.#source[this.#at] ?? '';
    if (char === 'b' || char === 'B') {
      this.#at++;
      return { kind: char === 'b' ? 'boundary' : 'noBoundary' };
    }
    const set = CLASS_ESCAPES[char];
    if (set) {
      this.#at++;
      return { kind: 'set', set };
    }
    return this.#literal(String.fromCodePoint(this.#escapedCharacter(at)));
  }

  /** The character that an escape stands for; `#at` is behind the backslash. */
  #escapedCharacter(at: number): number {
    const char = this.#source[this.#at] ?? '';
    if (char === '') this.#fail('backslash at the end', at);
    this.#at++;
    if (char in SIMPLE_ESCAPES) return SIMPLE_ESCAPES[char];
    if (char === 'x' || char === 'u') {
      const digits = char === 'x' ? 2 : 4;
      const hex = this.#source.slice(this.#at, this.#at + digits);
      if (!/^[0-9a-fA-F]+$/.test(hex) || hex.length < digits) this.#fail(`\\${char} needs ${digits} hex digits`, at);
      this.#at += digits;
      return Number.parseInt(hex, 16);
    }
    if (/[1-9k]/.test(char)) this.#fail('backreferences are not supported', at);
    if (char === 'p' || char === 'P') this.#fail('Unicode properties (\\p) are not supported', at);
    if (/[A-Za-z]/.test(char)) this.#fail(`unknown escape \\${char}`, at);
    this.#at--;
    const code = this.#source.codePointAt(this.#at) ?? 0;
    this.#at += code > 0xffff ? 2 : 1;
    return code;
  }

  #class(open: number): PatternNode {
    const negated = this.#take('^');
    let set = emptySet();
    const wide: PatternNode[] = [];
    while (!this.#take(']')) {
      if (this.#at >= this.#source.length) this.#fail('class without its ]', open);
      const from = this.#at;
      const first = this.#classAtom();
      const dash =
        this.#source[this.#at] === '-' && this.#source[this.#at + 1] !== ']' && this.#at + 1 < this.#source.length;
      if (typeof first !== 'number') {
        set = union(set, first);
        continue;
      }
      if (dash) {
        this.#at++;
        const last = this.#classAtom();
        if (typeof last !== 'number') this.#fail('a range ends with a character', from);
        if (last < first) this.#fail('range out of order', from);
        if (last > 0x7f) this.#fail('ranges of characters outside ASCII are not supported', from);
        set = union(set, range(first, last));
      } else if (first < 0x80) set[first] = 1;
      else if (negated) this.#fail('a negated class holds ASCII only', from);
      else wide.push(this.#literal(String.fromCodePoint(first)));
    }
    set = this.#fold(set);
    const node: PatternNode = { kind: 'set', set: negated ? complement(set) : set };
    return wide.length === 0 ? node : { kind: 'choice', options: [node, ...wide] };
  }

  /** A character of a class as its number, or a set. */
  #classAtom(): number | ByteSet {
    const at = this.#at;
    const code = this.#source.codePointAt(at) ?? 0;
    this.#at += code > 0xffff ? 2 : 1;
    if (code !== 0x5c) return code;
    const char = this.#source[this.#at] ?? '';
    const set = CLASS_ESCAPES[char];
    if (set || char === 'b') this.#at++;
    return set ?? (char === 'b' ? 8 : this.#escapedCharacter(at));
  }
}
