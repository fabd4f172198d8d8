/** What failed, by name, and what it was worth: the only part of an explanation's numbers for which lines are read. */
import type { EntityImpact, FailedEntity } from '../../explanation.ts';
import type { Entry } from '../../model.ts';
import { amountsOf, isAmountKey, worthOf } from '../anomalies/money.ts';
import { ERROR } from '../anomalies/survey.ts';
import { evidence } from '../incident/evidence.ts';
import { type Log, NO_ID, NO_LEVEL } from '../index/log.ts';

/** So many are read, and of each so many lines: an amount stands on the first lines, or nowhere. */
const MOST_LOOKED = 2000;
const MOST_LINES = 2;
/** Lines without fields may tell an amount in words; whether they do is tried on a few. */
const TRIED = 3;
const LINES_TRIED = 12;
const MOST_EXAMPLES = 20;

export async function readWorth(
  log: Log,
  failed: readonly number[],
  includes: (entry: number) => boolean,
): Promise<Pick<EntityImpact, 'looked' | 'amounts' | 'examples'>> {
  const inTime = failed
    .map((id) => ({ id, failure: failureOf(log, id, includes) }))
    .sort((a, b) => (log.time[a.failure] || 0) - (log.time[b.failure] || 0) || a.id - b.id)
    .slice(0, MOST_LOOKED);
  const tells = log.layouts.map((keys) => keys.some(isAmountKey));
  const telling = (id: number): number[] => {
    const found: number[] = [];
    for (const entry of log.ids.entries(id)) {
      if (tells[log.layout[entry]]) found.push(entry);
      if (found.length === MOST_LINES) break;
    }
    return found;
  };
  let lines = inTime.map(({ id }) => telling(id));
  if (lines.every(({ length }) => length === 0))
    lines = await inWords(
      log,
      inTime.map(({ id }) => id),
    );
  const told = await readEach(log, lines);
  const money = told.map(worthOf);
  const examples = inTime.slice(0, MOST_EXAMPLES);
  const failures = await log.read(examples.map(({ failure }) => failure));
  return {
    looked: inTime.length,
    amounts: amountsOf(money.map((each) => each ?? { amount: null, currency: null })),
    examples: examples.map(
      ({ id }, i): FailedEntity => ({
        id: log.ids.text(id),
        amount: money[i]?.amount ?? null,
        currency: money[i]?.currency ?? null,
        failure: evidence(failures[i]),
      }),
    ),
  };
}

/** The first lines of each, where those of a few of them tell an amount. */
async function inWords(log: Log, ids: readonly number[]): Promise<number[][]> {
  const first = (id: number, most: number): number[] => [...log.ids.entries(id).slice(0, most)];
  const tried = await readEach(
    log,
    ids.slice(0, TRIED).map((id) => first(id, LINES_TRIED)),
  );
  const at = tried.map((entries) => entries.findIndex((entry) => worthOf([entry]) !== null));
  const deepest = Math.max(-1, ...at);
  return ids.map((id) => (deepest < 0 ? [] : first(id, deepest + 1)));
}

/** One batch, for the disk is asked the fewest times so. */
async function readEach(log: Log, lines: readonly (readonly number[])[]): Promise<Entry[][]> {
  const all = await log.read(lines.flat());
  let at = 0;
  return lines.map(({ length }) => {
    at += length;
    return all.slice(at - length, at);
  });
}

/** Its own first line at ERROR or above within the range; else the first such line of a trace that it is part of. */
function failureOf(log: Log, id: number, includes: (entry: number) => boolean): number {
  const fails = (entry: number): boolean =>
    includes(entry) && log.level[entry] >= ERROR && log.level[entry] !== NO_LEVEL;
  const entries = log.ids.entries(id);
  const own = entries.find(fails);
  if (own !== undefined) return own;
  for (const entry of entries) {
    const trace = log.trace[entry];
    const found = trace === NO_ID ? undefined : log.ids.entries(trace).find(fails);
    if (found !== undefined) return found;
  }
  return entries[0];
}
