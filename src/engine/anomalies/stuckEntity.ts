/**
 * Something paid or confirmed, and what ends its like never came, although the log goes on. Where like ones are too
 * few to tell what is usual, one that ended well is a model, but only for one in which something went wrong.
 */
import type { Message, StuckEntities } from '../../incident.ts';
import { evidence } from '../incident/evidence.ts';
import type { Log } from '../index/log.ts';
import { type Gap, type Lack, MOST_LACKS, missingSteps } from './gaps.ts';
import { journeysOf, type Kind } from './journeys.ts';
import { isSteady, type KindModel, KindReader, LIKE_JOURNEYS, lateFrom, mayGoOnUntil, quantile } from './kindModel.ts';
import { amountsOf, worthOf } from './money.ts';
import { isHeard, stepService, stepText } from './steps.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';
import { isLoud } from './survey.ts';
import { plain } from './words.ts';

const NEARLY_ALL = 0.95;

/** Somebody paid; or was promised something; or, in the words of payments alone, a payment went well. */
const PAID = /\b(paid|charged|captured|debited|settled|purchased)\b/;
const CONFIRMED = /\b(confirmed|approved|authori[sz]ed|accepted|booked|reserved)\b/;
const PAYMENT_WENT_WELL = /\bpayment\b.*\b(processed|succeeded|successful|successfully|completed)\b/;
/** What is asked for, refused or awaited is no promise. */
const NO_PROMISE =
  /\b(not|no|never|cannot|un\w+|fail\w*|declin\w*|reject\w*|refus\w*|denied|pending|await\w*|wait\w*|request\w*|start\w*|initiat\w*|connection)\b/;
/** Given back: it went no further, and rightly so. */
const UNDONE =
  /\b(refund\w*|cancel\w*|void\w*|revers\w*|roll(ed|ing)? ?back|rollback|compensat\w*|releas\w*|abort\w*)\b/;

/** How clear a promise a step is. */
const NOTHING = 0;
const WENT_WELL = 1;
const PROMISE = 2;
const PAYMENT = 3;

/** So many are read of each kind, and entries of each. */
const MOST_READ = 200;
const MOST_SHOWN = 32;
const MOST_ENTRIES = 40;

interface Stuck {
  id: number;
  confirmed: number;
  last: number;
  entries: Uint32Array;
  deadline: number;
  lacks: Lack[];
  /** Its place among its kind. */
  place: number;
  isPaid: boolean;
}

interface Group {
  key: string;
  /** The step that ends the like. */
  end: number;
  like: number;
  stuck: Stuck[];
  example: number;
}

export const stuckEntity: LogRule = {
  name: 'stuck-entity',
  async run(study: Study): Promise<LogVerdict> {
    const journeys = journeysOf(study.survey);
    const promises = journeys.steps.all.map((step) => promiseOf(stepText(study.log, step)));
    const reader = new KindReader(journeys);
    const told = new Set<number>();
    const verdicts: LogVerdict[] = [];
    for (const kind of journeys.entities) {
      if (!mayBeStuck(kind)) continue;
      const group = reader.withModel(kind, (model) => stuckOf(reader, model, promises), 1);
      const stuck = group?.stuck.filter(({ confirmed }) => !told.has(confirmed)) ?? [];
      for (const { confirmed } of stuck) told.add(confirmed);
      if (group && stuck.length > 0) verdicts.push(await tell(study.log, reader, { ...group, stuck }));
    }
    return {
      findings: verdicts.flatMap(({ findings }) => findings),
      stuck: verdicts.flatMap(({ stuck }) => stuck ?? []),
      missing: verdicts.flatMap(({ missing }) => missing ?? []),
      notRun: null,
    };
  },
};

export function promiseOf(template: string): number {
  const text = plain(template);
  if (NO_PROMISE.test(text)) return NOTHING;
  if (PAID.test(text)) return PAYMENT;
  if (CONFIRMED.test(text)) return PROMISE;
  return PAYMENT_WENT_WELL.test(text) ? WENT_WELL : NOTHING;
}

/** A model needs one that ended without an error, and one beside it. */
function mayBeStuck({ journeys, failed }: Kind): boolean {
  return journeys.length > 1 && failed.includes(0);
}

function stuckOf(reader: KindReader, model: KindModel, promises: readonly number[]): Group | null {
  const { kind, base, passed, passedOfAll, steps } = model;
  const { survey, log } = reader.journeys;
  const usual = [...steps.keys()].filter((place) => passed[place] >= NEARLY_ALL * base);
  const promising = [...steps.keys()].filter((place) => promises[steps[place]] !== NOTHING);
  if (promising.length === 0) return null;
  const medians = reader.lags(model).map((lags) => quantile(lags, 0.5));
  const end = usual.reduce((latest, place) => (medians[place] > medians[latest] ? place : latest), usual[0]);
  if (passedOfAll[end] === kind.journeys.length) return null;
  const waits = new Map(promising.map((place) => [place, quantile(reader.lags(model, place)[end], 0.99)]));
  const stuck: Stuck[] = [];
  let example = -1;
  for (const [number, id] of kind.journeys.entries()) {
    const { first, entries } = reader.passage(model, id);
    if (first[end] >= 0) {
      if (example < 0 && kind.failed[number] === 0) example = id;
      continue;
    }
    const place = clearest(promising, first, steps, promises, log);
    const wait = waits.get(place) ?? Number.NaN;
    const confirmed = first[place];
    // What the end never follows elsewhere (a wait that is no number) is not waited for.
    if (place < 0 || !(wait > 0)) continue;
    const deadline = lateFrom(log.time[confirmed], wait);
    const waited = Math.max(deadline, mayGoOnUntil(survey, model, log.time[entries[0]]));
    if (!isHeard(survey, reader.journeys.steps.all[steps[end]], log.time[confirmed], waited)) continue;
    const later = entries.filter((entry) => log.time[entry] > log.time[confirmed]);
    if (base < LIKE_JOURNEYS && !later.some((entry) => isLoud(log.level[entry]))) continue;
    if (later.some((entry) => UNDONE.test(plain(log.templates[log.template[entry]].text)))) continue;
    const last = entries[entries.length - 1];
    const isPaid = promises[steps[place]] !== PROMISE;
    const lacks = usual
      .filter((step) => first[step] < 0 && medians[step] > medians[place])
      .sort((one, other) => medians[one] - medians[other] || one - other)
      .slice(0, MOST_LACKS)
      .map((step): Lack => {
        const expected = log.time[confirmed] + medians[step] - medians[place];
        return { step: steps[step], expected, passed: passed[step] };
      });
    stuck.push({ id, confirmed, last, entries, deadline, lacks, place: number, isPaid });
  }
  if (example < 0 || stuck.length === 0) return null;
  const places = stuck.map(({ place }) => place);
  if (isSteady(places, kind.journeys.length)) return null;
  stuck.sort((one, other) => log.time[one.confirmed] - log.time[other.confirmed] || one.confirmed - other.confirmed);
  return { key: log.ids.key(stuck[0].id), end: steps[end], like: base, stuck, example };
}

/** Of the promises of a journey the clearest, and of equally clear ones the first. */
function clearest(
  promising: readonly number[],
  first: Int32Array,
  steps: readonly number[],
  promises: readonly number[],
  log: Log,
): number {
  let best = -1;
  for (const place of promising) {
    if (first[place] < 0) continue;
    const clearer = best < 0 ? 1 : promises[steps[place]] - promises[steps[best]];
    if (clearer > 0 || (clearer === 0 && log.time[first[place]] < log.time[first[best]])) best = place;
  }
  return best;
}

async function tell(log: Log, reader: KindReader, { key, end, like, stuck, example }: Group): Promise<LogVerdict> {
  const { journeys } = reader;
  const step = stepText(log, journeys.steps.all[end]);
  const service = stepService(log, journeys.steps.all[end]);
  const entities: StuckEntities['entities'] = [];
  const findings: Finding[] = [];
  const gaps: Gap[] = [];
  for (const { id, confirmed, last, entries, deadline, lacks, isPaid } of stuck.slice(0, MOST_READ)) {
    const [first, final, ...others] = await log.read([confirmed, last, ...entries.subarray(0, MOST_ENTRIES)]);
    const { amount, currency } = worthOf([first, ...others]) ?? { amount: null, currency: null };
    const name = log.ids.text(id);
    entities.push({ id: name, amount, currency, confirmed: evidence(first), last: evidence(final) });
    if (findings.length === MOST_SHOWN) continue;
    gaps.push({ id, lacks, after: final });
    const args = { id: name, step, service: service ?? '', like, text: first.message };
    const message: Message =
      amount === null
        ? { key: 'stuck-entity.waits', args }
        : { key: 'stuck-entity.worth', args: { ...args, amount, currency: currency ?? '' } };
    findings.push({
      rule: stuckEntity.name,
      severity: isPaid || amount !== null ? 'warning' : 'information',
      entry: first,
      time: deadline,
      count: 1,
      badness: amount ?? 0,
      effect: final,
      isOutcome: true,
      message,
    });
  }
  findings[0].count += stuck.length - findings.length;
  const missing = await missingSteps(journeys, 'stuck-entity', gaps, example, like);
  const told = { key, step, service, like, count: stuck.length, amounts: amountsOf(entities), entities };
  return { findings, missing, stuck: [told], notRun: null };
}
