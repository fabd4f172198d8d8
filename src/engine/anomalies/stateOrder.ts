/**
 * Two steps in the wrong order: one comes before the other in nearly all journeys, and behind it here. Equal times
 * prove no order, and between services a little is left to their clocks.
 */
import { journeysOf, type Kind } from './journeys.ts';
import { isSteady, type KindModel, KindReader } from './kindModel.ts';
import { stepText } from './steps.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';

const LIKE_JOURNEYS = 30;
const NEARLY_ALL = 0.99;
/** Microseconds by which the order must be wrong: within a service, and between two. */
const LEAST_WITHIN = 1000;
const LEAST_BETWEEN = 50_000;

/** So many of a kind are read; more would say nothing new. */
const MOST_SHOWN = 32;

/** `early` came before `late`, which it follows elsewhere. */
interface Reversal {
  place: number;
  early: number;
  late: number;
  usual: number;
  of: number;
}

export const stateOrder: LogRule = {
  name: 'state-order',
  async run(study: Study): Promise<LogVerdict> {
    const journeys = journeysOf(study.survey);
    const kinds = [...journeys.traces, ...journeys.entities];
    const reader = new KindReader(journeys);
    const told = new Set<number>();
    const groups: Reversal[][] = [];
    for (const kind of kinds) {
      if (kind.journeys.length < LIKE_JOURNEYS) continue;
      for (const reversals of reader.withModel(kind, (model) => reversalsOf(reader, model))) {
        const fresh = reversals.filter(({ early }) => !told.has(early));
        for (const { early } of fresh) told.add(early);
        if (fresh.length > 0) groups.push(fresh);
      }
    }
    const findings = await Promise.all(groups.map((group) => tell(study, group)));
    const most = kinds.reduce((found, { journeys: alike }: Kind) => Math.max(found, alike.length), 0);
    const args = { journeys: most, needed: LIKE_JOURNEYS };
    return {
      findings: findings.flat(),
      notRun: most < LIKE_JOURNEYS ? { key: 'not-run.few-journeys', args } : null,
    };
  },
};

/** By pair of steps; pairs that are often in the wrong order are in none. */
function reversalsOf(reader: KindReader, model: KindModel): Reversal[][] {
  const { kind, steps } = model;
  const { log } = reader.journeys;
  const size = steps.length;
  const before = new Uint32Array(size * size);
  for (const id of kind.journeys) {
    const { first, passed } = reader.passage(model, id);
    for (let at = 0; at < passed.length; at++) {
      const row = passed[at] * size;
      const time = log.time[first[passed[at]]];
      for (let later = at + 1; later < passed.length; later++) {
        if (log.time[first[passed[later]]] > time) before[row + passed[later]]++;
      }
    }
  }
  /** By place: pairs of early and late, of which the late one usually comes first. */
  const usual = new Map<number, number>();
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      const [right, wrong] = [before[a * size + b], before[b * size + a]];
      if (wrong > 0 && right + wrong >= LIKE_JOURNEYS && right >= NEARLY_ALL * (right + wrong))
        usual.set(b * size + a, right);
    }
  }
  if (usual.size === 0) return [];
  const began = Float64Array.from(kind.journeys, (id) => log.time[reader.journeys.entriesOf(id)[0]]);
  const inTime = [...kind.journeys.keys()].sort((a, b) => began[a] - began[b] || a - b);
  const byPair = new Map<number, Reversal[]>();
  for (const [place, number] of inTime.entries()) {
    const { first } = reader.passage(model, kind.journeys[number]);
    const pair = worstPair(reader, first, usual, size);
    if (pair < 0) continue;
    const [early, late] = [first[Math.floor(pair / size)], first[pair % size]];
    const right = usual.get(pair) ?? 0;
    const reversal = { place, early, late, usual: right, of: right + before[pair] };
    const known = byPair.get(pair);
    if (known) known.push(reversal);
    else byPair.set(pair, [reversal]);
  }
  return [...byPair.values()].filter(
    (found) =>
      !isSteady(
        found.map(({ place }) => place),
        kind.journeys.length,
      ),
  );
}

/** A step out of place is before (or behind) several others: the pair of the step that is so most often, and of its nearest. */
function worstPair(reader: KindReader, first: Int32Array, usual: ReadonlyMap<number, number>, size: number): number {
  const { log } = reader.journeys;
  const wrong: number[] = [];
  const times = new Uint32Array(size);
  for (const pair of usual.keys()) {
    const [early, late] = [first[Math.floor(pair / size)], first[pair % size]];
    if (early < 0 || late < 0) continue;
    const least = log.service[early] === log.service[late] ? LEAST_WITHIN : LEAST_BETWEEN;
    if (!(log.time[late] - log.time[early] >= least)) continue;
    wrong.push(pair);
    times[Math.floor(pair / size)]++;
    times[pair % size]++;
  }
  const weight = (pair: number): number => times[Math.floor(pair / size)] + times[pair % size];
  const gap = (pair: number): number => log.time[first[pair % size]] - log.time[first[Math.floor(pair / size)]];
  wrong.sort((one, other) => weight(other) - weight(one) || gap(one) - gap(other) || one - other);
  return wrong[0] ?? -1;
}

async function tell({ log }: Study, reversals: readonly Reversal[]): Promise<Finding[]> {
  const shown = reversals.slice(0, MOST_SHOWN);
  const entries = await log.read(shown.flatMap(({ early, late }) => [early, late]));
  return shown.map(({ usual, of }, index): Finding => {
    const [early, late] = [entries[2 * index], entries[2 * index + 1]];
    return {
      rule: stateOrder.name,
      severity: 'information',
      entry: early,
      time: early.timestamp,
      count: index === 0 ? reversals.length - shown.length + 1 : 1,
      badness: 0,
      effect: late,
      isOutcome: true,
      message: {
        key: 'state-order.reversed',
        args: {
          step: stepText(log, { service: 0, template: log.template[late.entry] }),
          afterMs: ((late.timestamp ?? 0) - (early.timestamp ?? 0)) / 1000,
          share: usual / of,
          like: of,
          text: early.message,
        },
      },
    };
  });
}
