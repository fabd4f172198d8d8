/**
 * Journeys: what the log says of one trace, or of one order, in order of time. Like journeys begin with the
 * same step; what the healthy ones of them have in common is the model that others are held against.
 *
 * Columns only, and of an id nothing but its entries: millions of entries are gone through in well under a second.
 */
import { idKeyRank, REQUEST_RANK, TRACE_RANK } from '../correlation/idKeys.ts';
import { type Log, NO_ID, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import { type Steps, stepsOf } from './steps.ts';
import { ERROR, type Survey } from './survey.ts';

/** Longer than this is a session or a customer's life, and no journey with an end. */
const MOST_ENTRIES = 1000;
/** Words of keys that name one step of a trace, and of those that name who travels and not what. */
const SPAN_KEY = /span|parent|^@(?:sp|ps)$/i;
const PERSON_KEY = /user|customer|client|account|session|tenant|device|visitor|member|employee/i;

/** Journeys that begin alike. */
export interface Kind {
  /** The step that all of them begin with. */
  first: number;
  /** The key of its ids in lower case; empty for traces, which each service may name in its own way. */
  key: string;
  /** Ids of the journeys, ascending. */
  journeys: number[];
  /** By place in `journeys`: 1 where something in it is at ERROR or above. */
  failed: number[];
}

export interface Journeys {
  log: Log;
  steps: Steps;
  survey: Survey;
  /** By the first step, and again by the first step of the second service: fewer, but more alike. */
  traces: Kind[];
  /** Of ids that lead no trace: orders, payments, reservations. */
  entities: Kind[];
  /** Entries of a journey within the range that have a time, in order of time. Do not keep or change. */
  entriesOf(id: number): Uint32Array;
}

const known = new WeakMap<Survey, Journeys>();

/** Made once for a survey, for several rules look at them. */
export function journeysOf(survey: Survey, signal?: AbortSignal): Journeys {
  let journeys = known.get(survey);
  if (!journeys) {
    journeys = collect(survey, signal);
    known.set(survey, journeys);
  }
  return journeys;
}

function collect(survey: Survey, signal?: AbortSignal): Journeys {
  const { log } = survey;
  const steps = stepsOf(log);
  const traces = new KindTable(steps.all.length);
  const entities = new KindTable(steps.all.length);
  const roles = new Map<string, Role>();
  const isWhole = holdsAll(survey);
  const entriesOf = (id: number): Uint32Array => {
    const entries = log.ids.entries(id);
    return isWhole ? entries : entries.filter((entry) => survey.includes(entry) && !Number.isNaN(log.time[entry]));
  };
  for (let id = 1; id <= log.ids.count; id++) {
    if ((id & 0xfff) === 0) signal?.throwIfAborted();
    const key = log.ids.key(id);
    const role = roleOf(roles, key);
    if (role === 'other' || (role === 'trace' && !log.ids.isTrace(id))) continue;
    const postings = log.ids.entries(id);
    if (postings.length < 2 || postings.length > MOST_ENTRIES) continue;
    const entries = entriesOf(id);
    if (entries.length < 2) continue;
    const failed = entries.some((entry) => log.level[entry] >= ERROR && log.level[entry] !== NO_LEVEL);
    const first = steps.of[entries[0]];
    if (role === 'entity') {
      entities.add(id, key.toLowerCase(), first, -1, failed);
      continue;
    }
    // Services name the same id each in its own way.
    traces.add(id, '', first, -1, failed);
    const second = secondService(log, entries);
    if (second >= 0) traces.add(id, '', first, steps.of[second], failed);
  }
  return { log, steps, survey, traces: traces.kinds(), entities: entities.kinds(), entriesOf };
}

/** Whether the range is the whole log, and all of it has times: nothing needs to be left out then. */
function holdsAll({ log, entries }: Survey): boolean {
  return entries === log.count && !log.time.some(Number.isNaN);
}

type Role = 'trace' | 'entity' | 'other';

function roleOf(roles: Map<string, Role>, key: string): Role {
  let role = roles.get(key);
  if (role === undefined) {
    const rank = idKeyRank(key);
    const isOther = SPAN_KEY.test(key) || PERSON_KEY.test(key);
    role = rank >= REQUEST_RANK && rank <= TRACE_RANK ? 'trace' : isOther ? 'other' : 'entity';
    roles.set(key, role);
  }
  return role;
}

function secondService(log: Log, entries: Uint32Array): number {
  const first = log.service[entries[0]];
  return entries.find((entry) => log.service[entry] !== first && log.service[entry] !== NO_SERVICE) ?? -1;
}

class KindTable {
  readonly #steps: number;
  readonly #byKey = new Map<string, Map<number, Kind>>();

  constructor(steps: number) {
    this.#steps = steps + 1;
  }

  add(id: number, key: string, first: number, second: number, failed: boolean): void {
    let ofKey = this.#byKey.get(key);
    if (!ofKey) {
      ofKey = new Map();
      this.#byKey.set(key, ofKey);
    }
    const number = first * this.#steps + second + 1;
    let kind = ofKey.get(number);
    if (!kind) {
      kind = { first, key, journeys: [], failed: [] };
      ofKey.set(number, kind);
    }
    kind.journeys.push(id);
    kind.failed.push(failed ? 1 : 0);
  }

  /** The largest first; of equal ones the first met. */
  kinds(): Kind[] {
    return [...this.#byKey.values()]
      .flatMap((ofKey) => [...ofKey.values()])
      .sort((one, other) => other.journeys.length - one.journeys.length || one.journeys[0] - other.journeys[0]);
  }
}

/** Whether an entity stands in traces, which then tell more of how it went. */
export function isInTraces(log: Log, id: number): boolean {
  return log.ids.entries(id).some((entry) => log.trace[entry] !== NO_ID && log.trace[entry] !== id);
}
