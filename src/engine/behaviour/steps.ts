/**
 * What happens during a visit: which messages are written, which inner work is done, who is called and whether it
 * answers. Visits of one kind usually do the same; what nearly all of them did and now do not, or none did and now many
 * do, tells of a fault that no level and no duration shows.
 */
import { LEVELS } from '../../model.ts';
import { type Log, NO_LEVEL, NO_SPAN } from '../index/log.ts';
import { callsOf } from './calls.ts';
import type { Periods } from './periods.ts';
import type { Visits } from './visits.ts';

const ERROR = LEVELS.indexOf('error');
/** Of a kind with fewer visits nothing is usual. */
const FEWEST_VISITS = 12;
/** So many words of a message are its begin. */
const BEGIN_WORDS = 6;
const WORD = /\p{L}+/gu;

/**
 * `said`: a message; `began`: a message that begins like this, for one statement may make several templates; `spoke`: any
 * message; `did`: a span within the visit; `called`: a visit elsewhere; `unanswered`: a span that usually leads to a
 * visit elsewhere and here does not.
 */
const WHATS = ['said', 'began', 'spoke', 'did', 'called', 'unanswered'] as const;
const [SAID, BEGAN, SPOKE, DID, CALLED, UNANSWERED] = WHATS.keys();

export interface Step {
  /** Number of the kind of visit. */
  kind: number;
  what: (typeof WHATS)[number];
  /** The template, or the number of a begin; of a call, the kind of the visit that is called. */
  which: number;
  /** Written at ERROR or above. */
  isError: boolean;
  /** By period, in how many visits. */
  visits: Uint32Array;
  /** By period, an entry that shows it; -1 where none does. */
  example: Int32Array;
  /** How long after the beginning of the visit it comes, on average. Microseconds. */
  after: number;
}

export interface Steps {
  all: Step[];
  /** By kind, then by period: how many visits there are. */
  visits: Uint32Array[];
  /** The first entry of a visit in a period that went without the step; -1 where there is none. */
  without(step: Step, isNow: (period: number) => boolean): number;
}

/** `what` as a place in WHATS. */
type See = (what: number, which: number, isError: boolean, entry: number) => void;

export function stepsOf(log: Log, visits: Visits, periods: Periods): Steps {
  const perKind = visits.services.map(() => new Uint32Array(periods.count));
  const period = visits.first.map((entry) => periods.of[entry]);
  for (let visit = 0; visit < visits.count; visit++) {
    if (period[visit] < 0) continue;
    for (const kind of kindsOf(visits, visit)) perKind[kind][period[visit]]++;
  }
  const isCommon = perKind.map((counts) => counts.reduce((sum, count) => sum + count, 0) >= FEWEST_VISITS);
  const look = looker(log, visits);
  const keyOf = keys(log, visits);
  const steps = new Map<number, Step & { last: number; seen: number }>();
  const count = (visit: number, kind: number): void =>
    look(visit, (what, which, isError, entry) => {
      const key = keyOf(kind, what, which, isError);
      let step = steps.get(key);
      if (!step) {
        const example = new Int32Array(periods.count).fill(-1);
        const counts = new Uint32Array(periods.count);
        step = { kind, what: WHATS[what], which, isError, visits: counts, example, after: 0, last: -1, seen: 0 };
        steps.set(key, step);
      }
      if (step.last === visit) return;
      step.last = visit;
      step.seen++;
      step.after += (log.time[entry] - log.time[visits.first[visit]] - step.after) / step.seen;
      step.visits[period[visit]]++;
      if (step.example[period[visit]] < 0) step.example[period[visit]] = entry;
    });
  for (let visit = 0; visit < visits.count; visit++) {
    if (period[visit] < 0) continue;
    for (const kind of kindsOf(visits, visit)) if (isCommon[kind]) count(visit, kind);
  }
  return {
    all: [...steps.values()],
    visits: perKind,
    without(step, isNow) {
      const wanted = keyOf(step.kind, WHATS.indexOf(step.what), step.which, step.isError);
      let earliest = -1;
      for (let visit = 0; visit < visits.count; visit++) {
        const entry = visits.first[visit];
        if (!kindsOf(visits, visit).includes(step.kind) || period[visit] < 0 || !isNow(period[visit])) continue;
        if (earliest >= 0 && log.time[entry] >= log.time[earliest]) continue;
        let has = false;
        look(visit, (what, which, isError) => {
          has ||= keyOf(step.kind, what, which, isError) === wanted;
        });
        if (!has) earliest = entry;
      }
      return earliest;
    },
  };
}

function kindsOf({ kind, narrower }: Visits, visit: number): number[] {
  return narrower[visit] < 0 ? [kind[visit]] : [kind[visit], narrower[visit]];
}

function keys({ templates }: Log, { services }: Visits) {
  const range = Math.max(templates.length, services.length) + 1;
  return (kind: number, what: number, which: number, isError: boolean): number =>
    ((kind * WHATS.length + what) * 2 + Number(isError)) * range + which;
}

/** Tells the steps of a visit, some of them several times. */
function looker(log: Log, visits: Visits): (visit: number, see: See) => void {
  const { spanParent, level, template } = log;
  const calls = callsOf(log);
  const begins = beginsOf(log);
  const called = calledBy(visits);
  return (visit, see) => {
    for (const entry of visits.entries(visit)) {
      const isError = level[entry] !== NO_LEVEL && level[entry] >= ERROR;
      if (spanParent === null || spanParent[entry] === NO_SPAN) {
        see(SAID, template[entry], isError, entry);
        see(BEGAN, begins[template[entry]], isError, entry);
        see(SPOKE, 0, false, entry);
      } else {
        if (entry !== visits.first[visit] || isError) see(DID, template[entry], isError, entry);
        if (calls.isUnanswered(entry)) see(UNANSWERED, template[entry], isError, entry);
      }
    }
    for (let callee = called.first[visit]; callee >= 0; callee = called.next[callee]) {
      see(CALLED, visits.kind[callee], false, visits.first[callee]);
    }
  };
}

/** By template, the number of how it begins. */
function beginsOf({ templates }: Log): number[] {
  const numbers = new Map<string, number>();
  return templates.map(({ text }) => {
    const begin = (text.match(WORD) ?? []).slice(0, BEGIN_WORDS).join(' ');
    const number = numbers.get(begin) ?? numbers.size;
    numbers.set(begin, number);
    return number;
  });
}

/** The visits that each calls, as lists linked through their next. */
function calledBy({ count, caller }: Visits): { first: Int32Array; next: Int32Array } {
  const [first, next] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
  for (let visit = count - 1; visit >= 0; visit--) {
    if (caller[visit] < 0) continue;
    next[visit] = first[caller[visit]];
    first[caller[visit]] = visit;
  }
  return { first, next };
}
