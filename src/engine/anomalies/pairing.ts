/**
 * Finds, among the fields of one entry, values that stand beside their own limit:
 * `duration_ms: 1500, threshold_ms: 1000` or `connections_active: 45, connections_max: 50`.
 *
 * A limit with a stem (`max_connections`) belongs to a value whose words contain the stem; a bare
 * limit (`threshold`) to the nearest preceding field of the same dimension. Where the fields are
 * rather statistics (`min`, `avg`, `max`) or a page (`offset`, `limit`), nothing is paired.
 */
import type { Field } from '../../model.ts';
import { type Dimension, isWindow, type Quantity, quantityOf, unitOf } from './quantity.ts';
import { stem, wordsOf } from './words.ts';

export interface LimitPair {
  value: Field;
  limit: Field;
  /** `capacity` fills up to its limit, `ceiling` must not be passed, `floor` not be fallen below. */
  sort: 'capacity' | 'ceiling' | 'floor';
  /** How far the limit is used up; above 1 it is passed. */
  ratio: number;
  /** The limit names no stem and the value no use: only a reader of the whole line can be sure. */
  loose: boolean;
  /** The limit is a threshold, or the value says that it is in use: sure even where nobody complains. */
  sure: boolean;
}

const LIMIT_WORDS = new Set(['threshold', 'limit', 'max', 'maximum', 'capacity', 'quota', 'min', 'minimum']);
const FLOOR_WORDS = new Set(['min', 'minimum', 'lower']);
const CAPACITY_WORDS = new Set(['max', 'maximum', 'capacity', 'quota', 'size']);
/** Words of a limit's key that say nothing about what is limited. */
const IDLE_LIMIT_WORDS = new Set(
  'warn warning critical alert alarm soft hard upper lower allowed configured value'.split(' '),
);
/** Words that mark a value as the used part of a capacity. */
const BUSY_WORDS = new Set('used active current usage busy use open utilization utilisation'.split(' '));
/** Words of things that are kept in use, so that their number is that of the used ones. */
const KEPT_WORDS = new Set('connection connections conns pool'.split(' '));
/** What is cut to its limit by design, as a page or a batch is: reaching the limit is the rule, passing it is news. */
const CUT_WORDS = new Set(
  'page pages batch item items result results row rows record records chunk file upload payload body request message'.split(
    ' ',
  ),
);
/** Words of a duration, whose greatest is a statistic or a bound, and never a capacity. */
const DURATION_WORDS = new Set('latency duration elapsed took time response'.split(' '));
/** Words that mark a value as the part still there. */
const SPARE_WORDS = new Set('free available remaining left'.split(' '));
/** Words of a value that is better when it is high. */
const GOOD_WORDS = new Set('success successful availability uptime hit healthy'.split(' '));
/** What turns a key with a limit word into a value after all: `limit_remaining`, `limit_exceeded`. */
const NO_LIMIT_WORDS = new Set([...BUSY_WORDS, ...SPARE_WORDS, 'exceeded', 'reached', 'timeout']);
/** Numbers that are names, places or settings, and never measured against a limit. */
const NO_VALUE_WORDS = new Set(
  'id status code port line pid tid thread version page offset skip index year ts timestamp seq sequence timeout'.split(
    ' ',
  ),
);
/** Words that make a value another matter than the stem it shares: `connections_idle` does not fill `connections_max`. */
const ASIDE_WORDS = new Set([...NO_VALUE_WORDS, ...'idle waiting wait queue pending peak backlog size'.split(' ')]);
/** Tries, and the places of a loop, are counted up to their limit by design, so that only going past it is news. */
const COUNTED_WORDS = new Set(
  'retry retries attempt attempts segment segments step steps part parts block blocks iteration epoch stage round'.split(
    ' ',
  ),
);
const SIZE_WORDS = new Set(['size', 'total']);
/** What has a total that can be used up; of requests or users, a total is a sum. */
const FILLED_WORDS = new Set(
  'connection connections conns pool memory mem heap disk slot slots thread threads worker workers'.split(' '),
);
const THRESHOLD_WORD = new Set(['threshold']);
const STATISTIC = /^(avg|average|mean|median|stddev|p\d{2,3})$/;
const RATE_WORDS = new Set('rate ratio usage percent fraction utilization utilisation'.split(' '));

interface Part {
  field: Field;
  index: number;
  words: string[];
  /** What is measured or limited: stemmed words without limit, unit and window. */
  about: string[];
  quantity: Quantity;
}

/** Whether fields with these keys can hold a pair at all; decided once a layout. */
export function mayHoldLimit(keys: readonly string[]): boolean {
  return keys.length > 1 && keys.some((key) => isLimit(wordsOf(key)) || isSize(wordsOf(key)));
}

export function limitPairs(fields: readonly Field[]): LimitPair[] {
  const limits: Part[] = [];
  const values: Part[] = [];
  const sizes: Part[] = [];
  for (let index = 0; index < fields.length; index++) {
    const part = partOf(fields[index], index);
    if (!part) continue;
    if (isLimit(part.words)) limits.push(part);
    else values.push(part);
    if (isSize(part.words)) sizes.push(part);
  }
  const pairs: LimitPair[] = [];
  for (const limit of limits) {
    if (isStatistic(limit, limits, values)) continue;
    const value = limit.about.length > 0 ? withStem(limit, values) : precedingLike(limit, values);
    if (value) pairs.push(...judged(value, limit));
  }
  for (const size of sizes) {
    const used = values.find(
      (value) => has(value, BUSY_WORDS) && sameWords(without(value, BUSY_WORDS), without(size, SIZE_WORDS)),
    );
    if (used) pairs.push(...judged(used, size));
  }
  return pairs;
}

function partOf(field: Field, index: number): Part | null {
  const words = wordsOf(field.key);
  const quantity = quantityOf(field.value, words);
  if (!quantity || quantity.amount < 0) return null;
  const measured = unitOf(words) === null ? words : words.slice(0, -1);
  const about = measured.filter((word) => !isWindow(word) && !LIMIT_WORDS.has(word) && !IDLE_LIMIT_WORDS.has(word));
  return { field, index, words, about: about.map(stem), quantity };
}

function isLimit(words: readonly string[]): boolean {
  if (!words.some((word) => LIMIT_WORDS.has(word))) return false;
  const isFloor = words.some((word) => FLOOR_WORDS.has(word));
  return !words.some((word) => NO_LIMIT_WORDS.has(word) && !(isFloor && SPARE_WORDS.has(word)));
}

function isSize(words: readonly string[]): boolean {
  const last = words[unitOf(words) === null ? words.length - 1 : words.length - 2];
  return last === 'size' || (last === 'total' && words.some((word) => FILLED_WORDS.has(word)));
}

/** `min` beside `max`, or either beside a mean or a percentile, of one thing: measured, not set. */
function isStatistic(limit: Part, limits: readonly Part[], values: readonly Part[]): boolean {
  const floor = has(limit, FLOOR_WORDS);
  if (!floor && !has(limit, CAPACITY_WORDS)) return false;
  const otherEnd = (part: Part) =>
    part !== limit &&
    sameWords(part.about, limit.about) &&
    has(part, FLOOR_WORDS) !== floor &&
    (has(part, FLOOR_WORDS) || has(part, CAPACITY_WORDS));
  return limits.some(otherEnd) || values.some((value) => value.words.some((word) => STATISTIC.test(word)));
}

function withStem(limit: Part, values: readonly Part[]): Part | null {
  let best: Part | null = null;
  let bestRank = 0;
  for (const value of values) {
    if (!limit.about.every((word) => value.about.includes(word))) continue;
    if (!comparable(value, limit) && value.quantity.dimension !== 'none' && limit.quantity.dimension !== 'none')
      continue;
    const extra = value.about.filter((word) => !limit.about.includes(word));
    const exact = extra.length === 0;
    if (extra.some((word) => ASIDE_WORDS.has(word) || COUNTED_WORDS.has(word))) continue;
    const rank = (has(value, BUSY_WORDS) ? 8 : exact ? 4 : 2) + (value.index < limit.index ? 1 : 0);
    if (rank > bestRank) [best, bestRank] = [value, rank];
  }
  return best;
}

function precedingLike(limit: Part, values: readonly Part[]): Part | null {
  let nearest: Part | null = null;
  for (const value of values) {
    if (value.index > limit.index || !comparable(value, limit)) continue;
    if (has(value, NO_VALUE_WORDS)) continue;
    nearest = value;
  }
  return nearest;
}

/** Equal dimensions compare; a share compares with a rate that is written without its `%`. */
function comparable(value: Part, limit: Part): boolean {
  const [one, other] = [value.quantity.dimension, limit.quantity.dimension];
  if (one === other) return true;
  const isShare = (dimension: Dimension) => dimension === 'percent' || dimension === 'none';
  return isShare(one) && isShare(other) && has(value, RATE_WORDS);
}

function judged(value: Part, limit: Part): LimitPair[] {
  const [amount, bound] = inOneScale(value.quantity, limit.quantity);
  if (bound <= 0) return [];
  const sort = sortOf(value, limit);
  const spare = has(value, SPARE_WORDS);
  const ratio = sort === 'floor' ? bound / Math.max(amount, bound / 1e3) : spare ? 1 - amount / bound : amount / bound;
  const loose = limit.about.length === 0 && !has(limit, THRESHOLD_WORD) && !has(value, BUSY_WORDS);
  const isUsed = has(value, BUSY_WORDS) || (has(value, KEPT_WORDS) && !isSize(value.words));
  const sure = has(limit, THRESHOLD_WORD) || spare || (isUsed && !has(value, CUT_WORDS));
  return [{ value: value.field, limit: limit.field, sort, ratio, loose, sure }];
}

function sortOf(value: Part, limit: Part): LimitPair['sort'] {
  if (has(limit, FLOOR_WORDS) || has(value, GOOD_WORDS)) return 'floor';
  const isTime = limit.quantity.dimension === 'time' || has(value, DURATION_WORDS);
  const isCut = has(value, CUT_WORDS) || has(value, COUNTED_WORDS);
  const capacity =
    has(limit, CAPACITY_WORDS) || isSize(limit.words) || (limit.words.includes('limit') && has(value, BUSY_WORDS));
  if (!isTime && !isCut && capacity && !has(limit, THRESHOLD_WORD)) return 'capacity';
  return has(value, SPARE_WORDS) ? 'floor' : 'ceiling';
}

/** `0.27` against `25%` and `12` against `5%`: up to 1 a bare rate is a fraction, above it percent. */
function inOneScale(value: Quantity, limit: Quantity): [number, number] {
  const asPercent = (amount: number) => (amount <= 1 ? amount * 100 : amount);
  if (value.dimension === 'percent' && limit.dimension === 'none') return [value.amount, asPercent(limit.amount)];
  if (value.dimension === 'none' && limit.dimension === 'percent') return [asPercent(value.amount), limit.amount];
  return [value.amount, limit.amount];
}

function has(part: Part, words: ReadonlySet<string>): boolean {
  return part.words.some((word) => words.has(word));
}

function without(part: Part, words: ReadonlySet<string>): string[] {
  return part.about.filter((word) => !words.has(word));
}

function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word) => other.includes(word));
}
