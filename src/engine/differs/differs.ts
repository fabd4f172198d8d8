/**
 * What differs: which services, levels, messages and values of fields are more frequent in a part of a log than in the
 * rest. Columns are counted whole; values are counted in a sample of both sides, which is read back.
 */
import { type Entry, LEVELS, type TimeRange } from '../../model.ts';
import type { Difference, Differences } from '../../protocol.ts';
import { stepService, stepsOf, stepText } from '../anomalies/steps.ts';
import { idKeyRank, REQUEST_RANK } from '../correlation/idKeys.ts';
import { evidence } from '../incident/evidence.ts';
import { type Log, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import type { BoundQuery } from '../query/bind.ts';
import { NO, YES } from '../query/verdict.ts';

const MOST_FOUND = 5;
/** Fewer tell nothing, nor does what is in a small part of the selection only, or hardly more frequent. */
const FEWEST = 5;
const LEAST_SHARE = 0.05;
const LEAST_LIFT = 1.5;
/** Entries read of each side for the values of their fields. */
const READ_EACH = 1500;
/** Entries whose text is read because columns leave open whether they are selected; of more, some. */
const MOST_OPEN = 20_000;
const LONGEST_VALUE = 100;

const OUTSIDE = 0;
const INSIDE = 1;
const UNKNOWN = 2;

/** The query's and the range's entries against all others; null lets every entry pass. */
export async function differences(log: Log, query: BoundQuery | null, range: TimeRange): Promise<Differences> {
  const side = await sidesOf(log, query, range);
  const sizes = [0, 0, 0];
  for (const one of side) sizes[one]++;
  const found = [...inColumns(log, side, sizes), ...(await inFields(log, side, sizes))];
  found.sort((one, other) => other.lift - one.lift || other.inside - one.inside || one.example - other.example);
  const shown = found.slice(0, MOST_FOUND);
  const lines = await log.read(shown.map(({ example }) => example));
  return {
    selected: sizes[INSIDE],
    rest: sizes[OUTSIDE],
    unread: sizes[UNKNOWN],
    found: shown.map((each, index) => ({ ...each, example: evidence(lines[index]) })),
  };
}

type Found = Omit<Difference, 'example'> & { example: number };

async function sidesOf(log: Log, query: BoundQuery | null, { from, to }: TimeRange): Promise<Uint8Array> {
  const side = new Uint8Array(log.count);
  const open: number[] = [];
  for (let entry = 0; entry < log.count; entry++) {
    const time = log.time[entry];
    const isInRange = (from === null || time >= from) && (to === null || time <= to);
    if (!isInRange) continue;
    const verdict = query === null ? YES : query.verdict(entry);
    if (verdict === YES) side[entry] = INSIDE;
    else if (verdict !== NO) open.push(entry);
  }
  for (const entry of open) side[entry] = UNKNOWN;
  const read = evenly(open, MOST_OPEN);
  for (const entry of await log.read(read)) side[entry.entry] = query?.matches(entry) ? INSIDE : OUTSIDE;
  return side;
}

function inColumns(log: Log, side: Uint8Array, sizes: readonly number[]): Found[] {
  const steps = stepsOf(log);
  const services = new Tally(NO_SERVICE + 1);
  const levels = new Tally(NO_LEVEL + 1);
  const messages = new Tally(steps.all.length);
  for (const entry of log.order) {
    const one = side[entry];
    if (one === UNKNOWN) continue;
    services.add(log.service[entry], one, entry);
    levels.add(log.level[entry], one, entry);
    messages.add(steps.of[entry], one, entry);
  }
  const told = (
    kind: Difference['kind'],
    values: readonly number[],
    tally: Tally,
    name: (value: number) => [string | null, string],
  ): Found[] =>
    values.flatMap((value): Found[] => {
      const [key, text] = name(value);
      const counts = { inside: tally.counts[INSIDE][value], outside: tally.counts[OUTSIDE][value] };
      const weighed = weigh(counts, sizes[INSIDE], sizes[OUTSIDE]);
      return weighed === null ? [] : [{ kind, key, value: text, ...weighed, example: tally.first[value] }];
    });
  return [
    ...told('service', services.dividing(), services, (value) => [null, log.services[value] ?? '']),
    ...told('level', levels.dividing(), levels, (value) => [null, LEVELS[value] ?? '']),
    ...told('message', messages.values(), messages, (value) => [
      stepService(log, steps.all[value]),
      stepText(log, steps.all[value]),
    ]),
  ].filter(({ value }) => value !== '');
}

/** What all of the selection has and nothing else is what was asked for. */
function isSelection({ inside, outside, ofInside }: Found): boolean {
  return outside === 0 && inside === ofInside;
}

async function inFields(log: Log, side: Uint8Array, sizes: readonly number[]): Promise<Found[]> {
  const sampleOf = async (wanted: number): Promise<Entry[]> =>
    log.read(
      evenly(
        log.order.filter((entry) => side[entry] === wanted),
        READ_EACH,
      ),
    );
  const inside = await sampleOf(INSIDE);
  const outside = await sampleOf(OUTSIDE);
  const counts = new Map<string, { key: string; value: string; inside: number; outside: number; example: number }>();
  for (const [which, entries] of [
    ['inside', inside],
    ['outside', outside],
  ] as const) {
    for (const entry of entries) {
      for (const [name, key, value] of valuesOf(entry)) {
        const known = counts.get(name);
        if (known) known[which]++;
        else if (which === 'inside') counts.set(name, { key, value, inside: 1, outside: 0, example: entry.entry });
      }
    }
  }
  const isSampled = inside.length < sizes[INSIDE] || outside.length < sizes[OUTSIDE];
  return [...counts.values()].flatMap(({ key, value, example, ...count }): Found[] => {
    const weighed = weigh(count, inside.length, outside.length);
    if (weighed === null) return [];
    const found: Found = { kind: 'field', key, value, ...weighed, isSampled, example };
    return isSelection(found) ? [] : [found];
  });
}

/** Each value of an entry once; what columns tell is left to them, and long texts are no values. */
function valuesOf(entry: Entry): [name: string, key: string, value: string][] {
  const told = new Map<string, [string, string, string]>();
  for (const { key, value } of entry.fields) {
    if (value === null || typeof value === 'object') continue;
    const text = String(value);
    const isTold = text === entry.message || text === entry.service || text.toLowerCase() === entry.level;
    // A trace is no trait of its entries; a customer or a host may be.
    if (isTold || text.length > LONGEST_VALUE || idKeyRank(key) >= REQUEST_RANK) continue;
    const name = `${key}\n${text}`;
    told.set(name, [name, key, text]);
  }
  return [...told.values()];
}

/** How many times as frequent inside as outside, where nothing outside counts as half an entry; null where that tells nothing. */
function weigh(
  { inside, outside }: { inside: number; outside: number },
  ofInside: number,
  ofOutside: number,
): Omit<Difference, 'kind' | 'key' | 'value' | 'example'> | null {
  if (inside < FEWEST || inside < LEAST_SHARE * ofInside || ofOutside === 0) return null;
  const lift = inside / ofInside / (Math.max(0.5, outside) / ofOutside);
  return lift < LEAST_LIFT ? null : { inside, outside, ofInside, ofOutside, lift, isSampled: false };
}

/** By value: how often it occurs on each side, and where inside first. */
class Tally {
  readonly counts: readonly [Uint32Array, Uint32Array];
  readonly first: Uint32Array;

  constructor(size: number) {
    this.counts = [new Uint32Array(size), new Uint32Array(size)];
    this.first = new Uint32Array(size);
  }

  add(value: number, side: number, entry: number): void {
    if (this.counts[side][value]++ === 0 && side === INSIDE) this.first[value] = entry;
  }

  /** None where no value is on both sides: the selection was made by it then. */
  dividing(): number[] {
    const values = this.values();
    return values.some((value) => this.counts[OUTSIDE][value] > 0) ? values : [];
  }

  /** Those inside. */
  values(): number[] {
    const values: number[] = [];
    for (const [value, count] of this.counts[INSIDE].entries()) if (count > 0) values.push(value);
    return values;
  }
}

function evenly(entries: ArrayLike<number>, most: number): number[] {
  const step = Math.max(1, entries.length / most);
  return Array.from({ length: Math.min(most, entries.length) }, (_, at) => entries[Math.floor(at * step)]);
}
