/**
 * Records of one logger are written by one program: between the values stand the same bytes each time. What
 * stands there is learned once, as a tree of steps (that text, then a value), and from then on a record costs
 * a comparison of those bytes and a walk over its values. A record that takes another way is left to the
 * scanner, which knows the whole grammar, and is learned from it.
 */
import { ARRAY, EMPTY_OBJECT, type FieldList, NUMBER, STRING, WORD } from './fieldList.ts';
import { closingQuote, numberEnd, stringStop, valueEnd, wordEnd } from './jsonText.ts';

/** Past this the keys of the records are data themselves, and learning them would never end. */
const MOST_STEPS = 8192;
/** Of one step; trying more of them in turn costs more than scanning. */
const MOST_BRANCHES = 48;

const QUOTE = 0x22;

/** The text before a value, and what may come after the value. The last step of a record has no value: `key` is 0. */
class Step {
  /** The text as whole words of four bytes; where the length is no multiple of four, the last one overlaps. */
  readonly words: Int32Array;
  readonly wordCount: number;
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly key: number;
  readonly isString: boolean;
  /** For the last step: the layout of the record it ends. */
  readonly layout: number;
  /** The steps after this one, the last taken first. */
  first: Step | null = null;
  next: Step | null = null;

  constructor(bytes: Uint8Array, key: number, layout: number) {
    this.bytes = bytes;
    this.length = bytes.length;
    this.key = key;
    this.layout = layout;
    this.isString = key !== 0 && bytes[bytes.length - 1] === QUOTE;
    this.wordCount = bytes.length < 4 ? 0 : Math.ceil(bytes.length / 4);
    this.words = new Int32Array(this.wordCount);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = 0; i < this.wordCount; i++) this.words[i] = view.getInt32(Math.min(i * 4, bytes.length - 4), true);
  }
}

export class LearnedLayouts {
  #root = new Step(new Uint8Array(1), 0, 0);
  #steps = 0;
  /** The layout of the record just read. */
  layout = 0;

  /**
   * Lists the fields of the record in buffer[start, end); false where it is none of those learned, and then
   * says nothing about it. `view` is over the same bytes as `buffer`; `arrayEnd` knows the grammar of arrays.
   */
  read(fields: FieldList, buffer: Uint8Array, view: DataView, start: number, end: number): boolean {
    let at = start;
    let from = this.#root;
    fields.count = 0;
    for (;;) {
      let before: Step | null = null;
      let step = from.first;
      while (step !== null && !(matches(step, buffer, view, at, end) && accepts(step, buffer, at + step.length, end))) {
        before = step;
        step = step.next;
      }
      if (step === null) return false;
      if (before !== null) {
        before.next = step.next;
        step.next = from.first;
        from.first = step;
      }
      at += step.length;
      if (step.key === 0) {
        this.layout = step.layout;
        return true;
      }
      const valueAt = at;
      if (step.isString) {
        at = stringStop(view, at, end);
        let escaped = 0;
        if (at === end || buffer[at] !== QUOTE) {
          at = closingQuote(buffer, view, at, end);
          if (at < 0) return false;
          escaped = 1;
        }
        fields.add(step.key, STRING, valueAt, at, escaped);
      } else {
        const c = buffer[at];
        let type = NUMBER;
        if (c < 0x3a) at = numberEnd(buffer, at, end);
        else if (c === 0x5b) {
          type = ARRAY;
          at = valueEnd(buffer, view, at, end, 0);
        } else if (c === 0x7b) {
          type = EMPTY_OBJECT;
          at += 2;
        } else {
          type = WORD;
          at = wordEnd(buffer, at, end);
        }
        if (at < 0) return false;
        fields.add(step.key, type, valueAt, at, 0);
      }
      from = step;
    }
  }

  /** Learns from a record that a scanner has just listed. */
  learn(fields: FieldList, buffer: Uint8Array, start: number, end: number, layout: number): void {
    if (fields.count === 0 || this.#steps + fields.count > MOST_STEPS) return;
    let from = this.#root;
    let at = start;
    for (let i = 0; i <= fields.count; i++) {
      const last = i === fields.count;
      const stop = last ? end : fields.start[i];
      const next = this.#branch(from, buffer.slice(at, stop), last ? 0 : fields.key[i], last ? layout : 0);
      if (next === null) return;
      from = next;
      if (!last) at = fields.end[i];
    }
  }

  #branch(from: Step, bytes: Uint8Array, key: number, layout: number): Step | null {
    let branches = 0;
    for (let step = from.first; step !== null; step = step.next, branches++) {
      if (step.key === key && Buffer.compare(step.bytes, bytes) === 0) return step;
    }
    if (branches >= MOST_BRANCHES) return null;
    const step = new Step(bytes, key, layout);
    step.next = from.first;
    from.first = step;
    this.#steps++;
    return step;
  }
}

function matches(step: Step, buffer: Uint8Array, view: DataView, at: number, end: number): boolean {
  const length = step.length;
  if (at + length > end) return false;
  if (length < 4) {
    const bytes = step.bytes;
    for (let i = 0; i < length; i++) if (bytes[i] !== buffer[at + i]) return false;
    return true;
  }
  const words = step.words;
  const last = step.wordCount - 1;
  for (let i = 0; i < last; i++) if (words[i] !== view.getInt32(at + i * 4, true)) return false;
  return words[last] === view.getInt32(at + length - 4, true);
}

/** Whether what stands at `at` is what comes after the step: its value, of which the first byte tells enough, or the end. */
function accepts(step: Step, buffer: Uint8Array, at: number, end: number): boolean {
  if (step.isString) return true;
  if (step.key === 0) return at === end;
  if (at >= end) return false;
  const c = buffer[at];
  if (c === 0x7b) return at + 1 < end && buffer[at + 1] === 0x7d;
  return c !== QUOTE;
}
