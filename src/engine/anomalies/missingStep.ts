/**
 * A step that like journeys pass, and this one never did. What is usual is told by at least twenty of them, those
 * without an error where they are enough; evidence is one of them. A journey that may still go on lacks nothing.
 */
import type { Message } from '../../incident.ts';
import type { Log } from '../index/log.ts';
import { type Lack, MOST_LACKS, missingSteps } from './gaps.ts';
import { isInTraces, type Journeys, journeysOf, type Kind } from './journeys.ts';
import { isSteady, type KindModel, KindReader, LIKE_JOURNEYS, lateFrom, mayGoOnUntil, quantile } from './kindModel.ts';
import { isHeard, stepService, stepText } from './steps.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';
import { isLoud } from './survey.ts';

const NEARLY_ALL = 0.95;
/** Most of those that lack it within this share of the like journeys, and so many at all, are no chance. */
const CLOSE = 0.2;
const MOSTLY = 0.6;
const SOME = 3;
/** Together with errors, so many are worth a warning; not where errors are an everyday matter. */
const MANY = 6;
const RARE = 0.2;

/** So many of a kind are read; more would say nothing new. */
const MOST_SHOWN = 32;
/** A journey that lacks something; the first step that it lacks is told. */
interface Gap {
  id: number;
  lacks: Lack[];
  /** The last entry before what is lacking. */
  after: number;
  deadline: number;
  hasFailed: boolean;
}

interface Group {
  gaps: Gap[];
  /** They come together, and with errors: two signals are a warning. */
  isTrouble: boolean;
  /** A journey that has it all, and how many tell what is usual. */
  example: number;
  base: number;
}

export const missingStep: LogRule = {
  name: 'missing-step',
  async run(study: Study): Promise<LogVerdict> {
    const journeys = journeysOf(study.survey);
    const kinds = [...distinct(journeys.traces), ...journeys.entities.filter((kind) => isApart(study.log, kind))];
    const reader = new KindReader(journeys);
    const told = new Set<number>();
    const groups: Group[] = [];
    for (const kind of kinds) {
      if (kind.journeys.length < LIKE_JOURNEYS) continue;
      for (const group of reader.withModel(kind, (model) => gapsOf(reader, model))) {
        const gaps = group.gaps.filter(({ id }) => !told.has(id));
        for (const { id } of gaps) told.add(id);
        if (gaps.length > 0) groups.push({ ...group, gaps });
      }
    }
    const verdicts = await Promise.all(groups.map((group) => tell(study.log, journeys, group)));
    return {
      findings: verdicts.flatMap(({ findings }) => findings),
      missing: verdicts.flatMap(({ missing }) => missing ?? []),
      notRun: tooFew(kinds),
    };
  },
};

function tooFew(kinds: readonly Kind[]): Message | null {
  const most = kinds.reduce((found, { journeys }) => Math.max(found, journeys.length), 0);
  return most < LIKE_JOURNEYS ? { key: 'not-run.few-journeys', args: { journeys: most, needed: LIKE_JOURNEYS } } : null;
}

/** Where all traces go on to the same second service, both ways to tell them apart are one. */
function distinct(kinds: readonly Kind[]): Kind[] {
  const seen = new Set<string>();
  return kinds.filter(({ first, journeys }) => {
    const name = `${first} ${journeys.length}`;
    return !seen.has(name) && seen.add(name);
  });
}

function isApart(log: Log, { journeys }: Kind): boolean {
  return !isInTraces(log, journeys[0]);
}

function gapsOf(reader: KindReader, model: KindModel): Group[] {
  const { kind, base, passed, passedOfAll, steps } = model;
  const { survey, log } = reader.journeys;
  const all = kind.journeys.length;
  const usual = [...steps.keys()].filter((place) => passed[place] >= NEARLY_ALL * base);
  const lacked = usual.filter((place) => passedOfAll[place] < all);
  if (lacked.length === 0) return [];
  const lags = reader.lags(model);
  const medians = lags.map((ofStep) => quantile(ofStep, 0.5));
  const longest = lags.map((ofStep) => quantile(ofStep, 0.99));
  lacked.sort((one, other) => medians[one] - medians[other] || one - other);
  const began = Float64Array.from(kind.journeys, (id) => log.time[reader.journeys.entriesOf(id)[0]]);
  const inTime = [...kind.journeys.keys()].sort((a, b) => began[a] - began[b] || a - b);
  let example = -1;
  /** By place of the first step that is lacking. */
  const found = new Map<number, { gaps: Gap[]; places: number[] }>();
  for (const [rank, number] of inTime.entries()) {
    const id = kind.journeys[number];
    const { first, entries } = reader.passage(model, id);
    const begin = began[number];
    const missing = lacked.filter((place) => first[place] < 0);
    if (missing.length === 0) {
      if (example < 0 && kind.failed[number] === 0) example = id;
      continue;
    }
    const [next] = missing;
    const deadline = lateFrom(begin, longest[next]);
    const waited = Math.max(deadline, mayGoOnUntil(survey, model, begin));
    const isDue = isHeard(survey, reader.journeys.steps.all[steps[next]], begin, waited);
    if (!isDue || saysItOtherwise(reader.journeys, steps[next], entries)) continue;
    const lacks = missing
      .slice(0, MOST_LACKS)
      .map((place): Lack => ({ step: steps[place], expected: begin + medians[place], passed: passed[place] }));
    const alike = found.get(next) ?? { gaps: [], places: [] };
    alike.gaps.push({ id, lacks, after: entries[0], deadline, hasFailed: kind.failed[number] === 1 });
    alike.places.push(rank);
    found.set(next, alike);
  }
  if (example < 0) return [];
  const usualFailures = kind.failed.reduce((sum, failed) => sum + failed, 0) / all;
  return [...found].flatMap(([next, { gaps, places }]): Group[] => {
    const together = mostTogether(places, CLOSE * all);
    const isClose = together >= SOME && together >= MOSTLY * places.length;
    // What often is not said, or is not said all the time, is how the system is, and not how it fails.
    if (!isClose && (gaps.length > (1 - NEARLY_ALL) * all || isSteady(places, all))) return [];
    const failures = gaps.filter(({ hasFailed }) => hasFailed).length / gaps.length;
    const isTrouble = isClose && together >= MANY && failures >= MOSTLY && usualFailures <= RARE;
    const before = placesBefore(reader, model, example, next);
    const told = gaps.map((gap) => ({ ...gap, after: lastOf(reader, model, gap, before) }));
    return [{ gaps: told, isTrouble, example, base }];
  });
}

/** The steps that a like journey passes before one. */
function placesBefore(reader: KindReader, model: KindModel, example: number, next: number): Set<number> {
  const { passed } = reader.passage(model, example);
  return new Set(passed.slice(0, passed.indexOf(next)));
}

/** The last of these steps that a journey passes; its first entry where it passes none. */
function lastOf(reader: KindReader, model: KindModel, { id, after }: Gap, before: ReadonlySet<number>): number {
  const { first, passed } = reader.passage(model, id);
  return passed.reduce((last, place) => (before.has(place) ? first[place] : last), after);
}

/** How many of the places (ascending) lie within `width` at most. */
function mostTogether(places: readonly number[], width: number): number {
  let [most, from] = [0, 0];
  for (let to = 0; to < places.length; to++) {
    while (places[to] - places[from] > width) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

/** Whether the service that lacks a step warns or errs in the journey: it then says itself what came instead. */
function saysItOtherwise({ log, steps }: Journeys, step: number, entries: Uint32Array): boolean {
  const { service } = steps.all[step];
  return entries.some((entry) => isLoud(log.level[entry]) && log.service[entry] === service);
}

async function tell(log: Log, journeys: Journeys, { gaps, isTrouble, example, base }: Group): Promise<LogVerdict> {
  const { all } = journeys.steps;
  const shown = gaps.slice(0, MOST_SHOWN);
  const entries = await log.read(shown.map(({ after }) => after));
  const findings = shown.map(
    ({ id, lacks: [next], deadline }, index): Finding => ({
      rule: missingStep.name,
      severity: isTrouble ? 'warning' : 'information',
      entry: entries[index],
      time: deadline,
      count: index === 0 ? gaps.length - shown.length + 1 : 1,
      badness: 0,
      effect: null,
      isOutcome: true,
      message: {
        key: 'missing-step.absent',
        args: {
          id: log.ids.text(id),
          step: stepText(log, all[next.step]),
          service: stepService(log, all[next.step]) ?? '',
          share: next.passed / base,
          like: base,
          example: log.ids.text(example),
          text: entries[index].message,
        },
      },
    }),
  );
  const told = shown.map(({ id, lacks }, index) => ({ id, lacks, after: entries[index] }));
  return { findings, missing: await missingSteps(journeys, 'missing-step', told, example, base), notRun: null };
}
