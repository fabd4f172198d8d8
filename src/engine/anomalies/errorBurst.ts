/** More errors of one kind than the time before would make one expect, the buckets of other bursts left out. */
import { preceding, usualBelow } from './baseline.ts';
import { type Buckets, bucketAt } from './buckets.ts';
import { type Onset, onsetsOf } from './errorOnset.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';
import type { Thresholds } from './thresholds.ts';

type Least = Thresholds['error-burst'];

/** Wider buckets blur when it began, and must show so many times the errors to be worth it. */
const LEAST_GAIN = 2;

interface Burst {
  entries: number[];
  buckets: number;
  usual: number;
  peak: number;
  /** Microseconds of a bucket. */
  width: number;
}

export const errorBurst: LogRule = {
  name: 'error-burst',
  async run(study: Study): Promise<LogVerdict> {
    const { log, survey, timetable } = study;
    const least = study.thresholds['error-burst'];
    const { dense, entries, services } = timetable;
    const kinds = byKind(study, least.count);
    const bursts = kinds.map((alike) => (dense.length === 0 ? [] : clearestBursts(alike, log.time, dense, least)));
    const onsets = onsetsOf(
      log,
      kinds.filter((_, kind) => bursts[kind].length === 0),
    );
    const found = bursts
      .flat()
      .map((burst) => ({ ...burst, entries: burst.entries.filter(survey.includes) }))
      .filter((burst) => burst.entries.length > 0);
    const shown = await log.read(found.map((burst) => burst.entries[0]));
    const findings = found.map(
      (burst, index): Finding => ({
        rule: errorBurst.name,
        severity: burst.buckets > 1 ? 'warning' : 'information',
        entry: shown[index],
        time: shown[index].timestamp,
        until: log.time[burst.entries[burst.entries.length - 1]],
        lone: burst.buckets === 1,
        count: burst.entries.length,
        badness: burst.peak,
        effect: null,
        message: {
          key: 'error-burst.count',
          args: {
            count: burst.entries.length,
            peak: burst.peak,
            usual: burst.usual,
            bucketMs: burst.width / 1000,
            text: shown[index].message,
          },
        },
      }),
    );
    findings.push(...(await onsetFindings(study, onsets)));
    const notRun = dense.length === 0 ? { key: 'not-run.sparse', args: { entries, services } } : null;
    return { findings, notRun };
  },
};

async function onsetFindings({ log, survey }: Study, onsets: readonly Onset[]): Promise<Finding[]> {
  const told = onsets
    .map((onset) => ({ ...onset, errors: onset.errors.filter(survey.includes) }))
    .filter(({ errors }) => errors.length > 0);
  const shown = await log.read(told.map(({ errors }) => errors[0]));
  return told.map(({ errors, before, among, isSure }, index): Finding => {
    const entry = shown[index];
    return {
      rule: errorBurst.name,
      severity: isSure ? 'warning' : 'information',
      entry,
      time: entry.timestamp,
      until: log.time[errors[errors.length - 1]],
      lone: !isSure,
      count: errors.length,
      badness: errors.length,
      effect: null,
      message: { key: 'error-burst.onset', args: { count: errors.length, among, before, text: entry.message } },
    };
  });
}

/** Timed entries at ERROR and above, by service and template, in order of time. */
function byKind({ survey, log }: Study, fewest: number): number[][] {
  const kinds = new Map<string, number[]>();
  for (const entry of survey.errors) {
    if (Number.isNaN(log.time[entry])) continue;
    const key = `${log.service[entry]} ${log.template[entry]}`;
    const entries = kinds.get(key);
    if (entries) entries.push(entry);
    else kinds.set(key, [entry]);
  }
  return [...kinds.values()].filter((entries) => entries.length >= fewest);
}

/** A kind that is too rare for the narrow buckets of the log as a whole may still rise in wider ones. */
function clearestBursts(
  entries: readonly number[],
  time: Float64Array,
  widths: readonly Buckets[],
  least: Least,
): Burst[] {
  const errorsIn = (bursts: readonly Burst[]): number => bursts.reduce((sum, burst) => sum + burst.entries.length, 0);
  return widths
    .map((buckets) => burstsOf(entries, time, buckets, least))
    .reduce((clearest, wider) => (errorsIn(wider) > LEAST_GAIN * errorsIn(clearest) ? wider : clearest));
}

function burstsOf(entries: readonly number[], time: Float64Array, buckets: Buckets, least: Least): Burst[] {
  const { width, active } = buckets;
  const counted = new Map<number, number[]>();
  for (const entry of entries) {
    const bucket = bucketAt(buckets, time[entry]);
    const inside = counted.get(bucket);
    if (inside) inside.push(entry);
    else counted.set(bucket, [entry]);
  }
  const bursts: Burst[] = [];
  const loud = new Set<number>();
  let last = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < active.length; at++) {
    const inside = counted.get(active[at]);
    if (!inside || inside.length < least.count) continue;
    const before = preceding(at, (place) => loud.has(place)).map((place) => counted.get(active[place])?.length ?? 0);
    const usual = usualBelow(inside.length, before, least);
    if (usual === null) continue;
    loud.add(at);
    const burst = bursts[bursts.length - 1];
    if (burst && at === last + 1) {
      burst.entries.push(...inside);
      burst.buckets++;
      burst.peak = Math.max(burst.peak, inside.length);
    } else bursts.push({ entries: [...inside], buckets: 1, usual, peak: inside.length, width });
    last = at;
  }
  return bursts;
}
