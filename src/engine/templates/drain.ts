/**
 * From shapes to templates. A shape is what is left of a message when its numbers are masked; shapes that
 * differ only in a name (a user, a class, a host) are one template. Lines are grouped by the hash of their shape
 * while they are indexed, so this runs once for each shape of a log, never for each line.
 *
 * The grouping is Drain's (He et al., ICWS 2017): by number of tokens, by first token, then by the share of
 * equal tokens. Drain masks whatever differs inside a group, and so joins `VM started` with `VM stopped`. Here a
 * group is parted again, as IPLoM does, where the differing words are too few to be values of a variable.
 *
 * Shapes are taken in order of their text: the result hangs on the set of shapes alone (where there are not far
 * too many), not on who found them first, how files were cut into segments or how many workers there were.
 */
import { core, MASK, NAME, type ShapeToken, shapeTokens, VARIABLE, WORD } from './shapeTokens.ts';

/** Drain's threshold is 0.4 over all tokens; here variables do not count as equal. */
const LEAST_SIMILARITY = 0.5;
/** Drain's bound on children: a group that is not among the last so many is not looked for. */
const MOST_COMPARED = 100;

/**
 * Where nearly every message has a shape of its own, the shapes past this many stay alone: joining them would take
 * seconds at every reading, and what has no pattern shows none.
 */
const MOST_SHAPES = 10_000;

/** So many different words at a place are values of a variable. */
const VALUES = 6;
/** Behind a preposition, names are likelier. */
const VALUES_BEHIND_PREPOSITION = 4;
/** Behind a key or a noun that announces a name, two are enough. */
const VALUES_BEHIND_KEY = 2;
/** Words in capitals are states, methods and codes rather than names, unless so many other words surround them. */
const VALUES_IN_CAPITALS = 10;
const MANY_WORDS = 8;
/** Where little else is said, the words are the message. */
const FEW_WORDS = 1;

const PREPOSITION = /^(?:for|from|to|by|at|of|on)$/i;
const ANNOUNCES =
  /^(?:user|username|uid|ruser|host|hostname|rhost|server|node|client|domain|class|package|file|path|directory|folder|queue|topic|table|key|id|name|device|interface|process|command|job|task|pod|container|image|service|account|tenant|customer|product|sku|tag)$/i;
const CAPITALS = /^[A-Z][A-Z_-]+$/;
/** Values that need no second sight. */
const LITERAL = /^(?:true|false|null|none|nil|undefined|unknown|yes|no|on|off|-)$/i;

/** Templates, numbered in order of their first shape. */
export interface Templates {
  /** Of each shape, the number of its template. */
  template: Uint32Array;
  /** Of each template, its text for people. */
  texts: string[];
}

interface Shape {
  number: number;
  tokens: readonly ShapeToken[];
}

type Group = Shape[];

/** Joins shapes into templates; `shapes` are different texts. */
export function mineTemplates(shapes: readonly string[]): Templates {
  const joined = Math.min(shapes.length, MOST_SHAPES);
  const sorted = Array.from({ length: joined }, (_, i) => i).sort((a, b) => (shapes[a] < shapes[b] ? -1 : 1));
  const groups = similarGroups(sorted.map((number) => ({ number, tokens: shapeTokens(shapes[number]) })));
  const parts = groups.flatMap(part);
  const partOf = Uint32Array.from(shapes, (_, number) => parts.length + number);
  for (const [index, group] of parts.entries()) for (const { number } of group) partOf[number] = index;
  const numberOf = new Map<number, number>();
  const texts: string[] = [];
  const template = partOf.map((index) => {
    let number = numberOf.get(index);
    if (number === undefined) {
      number = texts.length;
      numberOf.set(index, number);
      const group = parts[index];
      // A shape that stands alone is shown as it was met.
      texts.push(group?.length > 1 ? textOf(group) : shapes[group ? group[0].number : index - parts.length]);
    }
    return number;
  });
  return { template, texts };
}

function similarGroups(shapes: readonly Shape[]): Group[] {
  const buckets = new Map<string, Group[]>();
  const all: Group[] = [];
  for (const shape of shapes) {
    const first = shape.tokens[0];
    const key = `${shape.tokens.length} ${first && !hasForm(first) ? first.text : MASK}`;
    let bucket = buckets.get(key);
    if (!bucket) {
      bucket = [];
      buckets.set(key, bucket);
    }
    let best: Group | null = null;
    let most = LEAST_SIMILARITY;
    for (let at = Math.max(0, bucket.length - MOST_COMPARED); at < bucket.length; at++) {
      // The first of a group stands for it: a group that is compared by what is left of it drifts.
      const similarity = similarityOf(bucket[at][0].tokens, shape.tokens);
      if (similarity > most || (similarity === most && !best)) {
        best = bucket[at];
        most = similarity;
      }
    }
    if (best) best.push(shape);
    else {
      const group = [shape];
      bucket.push(group);
      all.push(group);
    }
  }
  return all;
}

/** The share of equal words among the places where not both hold a variable; 1 where nothing differs. */
function similarityOf(a: readonly ShapeToken[], b: readonly ShapeToken[]): number {
  let equal = 0;
  let places = 0;
  let differ = false;
  for (let at = 0; at < a.length; at++) {
    const same = a[at].text === b[at].text;
    if (!same) differ = true;
    // Two variables, or one and a bracket, say nothing about being alike.
    if (a[at].kind !== WORD && b[at].kind !== WORD) continue;
    places++;
    if (same) equal++;
  }
  if (!differ) return 1;
  return places === 0 ? 0 : equal / places;
}

/** Parts a group at the place where the fewest different words are no values of a variable, and so on. */
function part(group: Group): Group[] {
  if (group.length === 1) return [group];
  const count = group[0].tokens.length;
  const words: { at: number; values: Set<string> }[] = [];
  let equal = 0;
  for (let at = 0; at < count; at++) {
    const values = new Set(group.map(({ tokens }) => tokens[at].text));
    if (values.size === 1) equal += group[0].tokens[at].kind === WORD ? 1 : 0;
    else if (!group.every(({ tokens }) => hasForm(tokens[at]))) words.push({ at, values });
  }
  const byCount = words.filter(({ at }) => !varies(group, at));
  const constant = byCount.filter(({ at, values }) => values.size < valuesNeeded(group, at, equal));
  // Words that vary at many places at once are other messages, not one with many variables.
  const tooMany = byCount.length > Math.max(1, equal / 2);
  const splits = constant.length > 0 ? constant : tooMany ? byCount : [];
  if (splits.length === 0) return [group];
  const { at } = splits.reduce((fewest, one) => (one.values.size < fewest.values.size ? one : fewest));
  const parts = new Map<string, Group>();
  for (const shape of group) {
    const token = shape.tokens[at];
    const value = hasForm(token) ? MASK : token.text;
    const members = parts.get(value);
    if (members) members.push(shape);
    else parts.set(value, [shape]);
  }
  return parts.size === 1 ? [group] : [...parts.values()].flatMap(part);
}

const hasForm = ({ kind }: ShapeToken) => kind === VARIABLE || kind === NAME;

/** Whether what stands at a place is a variable by its form. */
function varies(group: Group, at: number): boolean {
  const words = wordsAt(group, at);
  if (words.length === 0) return true;
  if (words.every((word) => LITERAL.test(word))) return true;
  return words.length < group.length && !words.includes('') && !words.every((word) => CAPITALS.test(word));
}

/** The words at a place that have not the form of a variable; brackets alone are empty. */
function wordsAt(group: Group, at: number): string[] {
  return group.flatMap(({ tokens }) => (hasForm(tokens[at]) ? [] : [core(tokens[at].text)]));
}

function valuesNeeded(group: Group, at: number, equal: number): number {
  const words = wordsAt(group, at);
  if (words.includes('')) return Number.POSITIVE_INFINITY;
  if (words.every((word) => CAPITALS.test(word))) return equal < MANY_WORDS ? VALUES_IN_CAPITALS : VALUES_BEHIND_KEY;
  if (at > 0 && announced(group[0].tokens[at - 1].text, group[0].tokens[at])) return VALUES_BEHIND_KEY;
  const needed = at > 0 && PREPOSITION.test(group[0].tokens[at - 1].text) ? VALUES_BEHIND_PREPOSITION : VALUES;
  return equal <= FEW_WORDS ? needed * 2 : needed;
}

/** Whether a value is written behind its key (`key=value`, `key:value`) or behind a noun like `user`. */
function announced(before: string, { spaced }: ShapeToken): boolean {
  return before.endsWith('=') || (before.endsWith(':') && !spaced) || ANNOUNCES.test(core(before));
}

/** What all shapes of a group have in common, the rest masked. */
function textOf(group: Group): string {
  const [first, ...others] = group;
  return first.tokens
    .map(({ text, spaced }, at) => {
      const shown = others.every(({ tokens }) => tokens[at].text === text) ? text : masked(text);
      return spaced ? ` ${shown}` : shown;
    })
    .join('');
}

/** Punctuation around a value stays. */
function masked(text: string): string {
  const inner = core(text);
  return inner === '' ? MASK : text.replace(inner, () => MASK);
}
