/**
 * More errors of one kind than the time before would make one expect. Counts are compared after a
 * square-root transform, which makes their spread independent of their size; baseline is the median
 * of the preceding buckets, those of a burst left out. Median, never mean: one late onset spoils a mean.
 */
import { type Buckets, bucketings } from './buckets.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';

const FEWEST_BASELINE = 10;
/** Old buckets say little about now, and fewer of them are faster. */
const MOST_BASELINE = 60;
const FEWEST_ERRORS = 5;
const LEAST_GROWTH = 3;
/** Wider buckets blur when it began, and must show so many times the errors to be worth it. */
const LEAST_GAIN = 2;
const LEAST_Z = 3.5;
/** A median absolute deviation times this estimates a standard deviation. */
const MAD_TO_SIGMA = 1.4826;

interface Burst {
  first: number;
  count: number;
  buckets: number;
  usual: number;
  peak: number;
  /** Microseconds of a bucket. */
  width: number;
}

export const errorBurst: LogRule = {
  name: 'error-burst',
  async run(study: Study): Promise<LogVerdict> {
    const widths = bucketings(study.survey);
    if (widths.length === 0) {
      const { entries, services } = study.survey;
      return { findings: [], notRun: { key: 'not-run.sparse', args: { entries, services: services.size } } };
    }
    const found = byKind(study).flatMap((entries) => clearestBursts(entries, study.log.time, widths));
    const shown = await study.log.read(found.map((burst) => burst.first));
    const findings = found.map(
      (burst, index): Finding => ({
        rule: errorBurst.name,
        severity: burst.buckets > 1 ? 'warning' : 'information',
        entry: shown[index],
        time: shown[index].timestamp,
        count: burst.count,
        badness: burst.peak,
        effect: null,
        message: {
          key: 'error-burst.count',
          args: {
            count: burst.count,
            peak: burst.peak,
            usual: burst.usual,
            bucketMs: burst.width / 1000,
            text: shown[index].message,
          },
        },
      }),
    );
    return { findings, notRun: null };
  },
};

/** Timed entries at ERROR and above, by service and template, in order of time. */
function byKind({ survey, log }: Study): number[][] {
  const kinds = new Map<string, number[]>();
  for (const entry of survey.errors) {
    if (Number.isNaN(log.time[entry])) continue;
    const key = `${log.service[entry]} ${log.template[entry]}`;
    const entries = kinds.get(key);
    if (entries) entries.push(entry);
    else kinds.set(key, [entry]);
  }
  return [...kinds.values()].filter((entries) => entries.length >= FEWEST_ERRORS);
}

/** A kind that is too rare for the narrow buckets of the log as a whole may still rise in wider ones. */
function clearestBursts(entries: readonly number[], time: Float64Array, widths: readonly Buckets[]): Burst[] {
  const errorsIn = (bursts: readonly Burst[]): number => bursts.reduce((sum, { count }) => sum + count, 0);
  return widths
    .map((buckets) => burstsOf(entries, time, buckets))
    .reduce((clearest, wider) => (errorsIn(wider) > LEAST_GAIN * errorsIn(clearest) ? wider : clearest));
}

function burstsOf(entries: readonly number[], time: Float64Array, { width, start, active }: Buckets): Burst[] {
  const counted = new Map<number, number[]>();
  for (const entry of entries) {
    const bucket = Math.floor((time[entry] - start) / width);
    const inside = counted.get(bucket);
    if (inside) inside.push(entry);
    else counted.set(bucket, [entry]);
  }
  const bursts: Burst[] = [];
  const loud = new Set<number>();
  let last = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < active.length; at++) {
    const inside = counted.get(active[at]);
    if (!inside || inside.length < FEWEST_ERRORS) continue;
    const usual = unusual(inside.length, precedingCounts(counted, active, at, loud));
    if (usual === null) continue;
    loud.add(active[at]);
    const burst = bursts[bursts.length - 1];
    if (burst && at === last + 1) {
      burst.count += inside.length;
      burst.buckets++;
      burst.peak = Math.max(burst.peak, inside.length);
    } else bursts.push({ first: inside[0], count: inside.length, buckets: 1, usual, peak: inside.length, width });
    last = at;
  }
  return bursts;
}

function precedingCounts(
  counted: ReadonlyMap<number, readonly number[]>,
  active: readonly number[],
  at: number,
  loud: ReadonlySet<number>,
): number[] {
  const counts: number[] = [];
  for (let before = at - 1; before >= 0 && counts.length < MOST_BASELINE; before--) {
    if (!loud.has(active[before])) counts.push(counted.get(active[before])?.length ?? 0);
  }
  return counts;
}

/** The usual count where `count` is far above it; null where it is not, or nothing usual is known. */
function unusual(count: number, baseline: readonly number[]): number | null {
  if (baseline.length < FEWEST_BASELINE) return null;
  const usual = median(baseline);
  const sigma = MAD_TO_SIGMA * median(baseline.map((value) => Math.abs(value - usual)));
  const spread = Math.sqrt(Math.max(1, usual > 0 ? sigma ** 2 / usual : 1));
  const z = (2 * (Math.sqrt(count + 0.375) - Math.sqrt(usual + 0.375))) / spread;
  return z > LEAST_Z && count >= LEAST_GROWTH * usual ? usual : null;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
