/**
 * A larger share of a service's requests fails than before, of whatever kind the errors are. A burst of one kind
 * among few requests is told by `error-burst`.
 */
import { countZ, FEWEST_BASELINE, preceding } from './baseline.ts';
import { type Buckets, bucketAt } from './buckets.ts';
import type { Requests } from './requests.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';

const FEWEST_REQUESTS = 20;
const FEWEST_FAILED = 5;
const LEAST_Z = 3.5;
/** Requests in the buckets before that tell how many usually fail. */
const FEWEST_BEFORE = 100;
/** Wider buckets blur when it began, and must show so many times the failures to be worth it. */
const LEAST_GAIN = 2;
const MOST_APART = 2;

interface Slot {
  requests: number;
  failures: number[];
}

interface Rise {
  failures: number[];
  requests: number;
  buckets: number;
  /** The share that failed before. */
  usual: number;
  z: number;
}

export const errorRate: LogRule = {
  name: 'error-rate',
  async run({ log, survey, timetable, requests: all, thresholds }: Study): Promise<LogVerdict> {
    const { dense, entries, services } = timetable;
    if (dense.length === 0) return { findings: [], notRun: { key: 'not-run.sparse', args: { entries, services } } };
    const most = all.reduce((sum, { begins }) => Math.max(sum, begins.length), 0);
    const found = all
      .filter(({ failed }) => failed >= FEWEST_FAILED)
      .flatMap((requests) => clearestRises(requests, dense, thresholds['error-rate'].times))
      .map((rise) => ({ ...rise, failures: rise.failures.filter(survey.includes) }))
      .filter(({ failures }) => failures.length > 0);
    const lines = await log.read(found.flatMap(({ failures }) => [failures[0], failures[failures.length - 1]]));
    const findings = found.map(({ failures, requests, buckets, usual, z }, index): Finding => {
      const [first, last] = [lines[2 * index], lines[2 * index + 1]];
      return {
        rule: errorRate.name,
        severity: buckets > 1 ? 'warning' : 'information',
        entry: first,
        time: first.timestamp,
        until: log.time[last.entry],
        lone: buckets === 1,
        count: failures.length,
        badness: z,
        effect: null,
        shown: [{ entry: last, why: 'last' }],
        message: {
          key: 'error-rate.share',
          args: { failed: failures.length, requests, share: failures.length / requests, usual, text: first.message },
        },
      };
    });
    const args = { most, needed: FEWEST_BEFORE };
    return { findings, notRun: most < FEWEST_BEFORE ? { key: 'not-run.few-requests', args } : null };
  },
};

function clearestRises(requests: Requests, widths: readonly Buckets[], times: number): Rise[] {
  const failedIn = (rises: readonly Rise[]): number => rises.reduce((sum, { failures }) => sum + failures.length, 0);
  return widths
    .map((buckets) => risesOf(slotsOf(requests, buckets), times))
    .reduce((clearest, wider) => (failedIn(wider) > LEAST_GAIN * failedIn(clearest) ? wider : clearest));
}

function slotsOf({ begins, failures }: Requests, buckets: Buckets): Slot[] {
  const slots: Slot[] = [];
  let last = -1;
  for (let at = 0; at < begins.length; at++) {
    const bucket = bucketAt(buckets, begins[at]);
    if (bucket !== last) slots.push({ requests: 0, failures: [] });
    last = bucket;
    const slot = slots[slots.length - 1];
    slot.requests++;
    if (failures[at] >= 0) slot.failures.push(failures[at]);
  }
  return slots;
}

function risesOf(slots: readonly Slot[], times: number): Rise[] {
  const high = new Set<number>();
  const rises: Rise[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let at = FEWEST_BASELINE; at < slots.length; at++) {
    const { requests, failures } = slots[at];
    if (requests < FEWEST_REQUESTS || failures.length < FEWEST_FAILED) continue;
    const before = preceding(at, (place) => high.has(place)).map((place) => slots[place]);
    const usual = usualShare(before);
    if (usual === null || failures.length < times * usual * requests) continue;
    const z = countZ(failures.length, usual * requests, dispersion(before, usual));
    if (z <= LEAST_Z) continue;
    high.add(at);
    const rise = rises[rises.length - 1];
    if (rise && at - last <= MOST_APART) {
      rise.failures.push(...failures);
      rise.requests += requests;
      rise.buckets++;
      rise.z = Math.max(rise.z, z);
    } else rises.push({ failures: [...failures], requests, buckets: 1, usual, z });
    last = at;
  }
  return rises;
}

/** The share that failed before, never quite none: of a hundred without a failure, the next may be one. */
function usualShare(before: readonly Slot[]): number | null {
  const requests = before.reduce((sum, slot) => sum + slot.requests, 0);
  const failed = before.reduce((sum, slot) => sum + slot.failures.length, 0);
  return before.length < FEWEST_BASELINE || requests < FEWEST_BEFORE ? null : (failed + 0.5) / (requests + 1);
}

/** How many times as much as by chance alone the buckets before differ; of what is too rare to expect one, chance is all. */
function dispersion(before: readonly Slot[], usual: number): number {
  const deviations = before.map(
    ({ requests, failures }) => (failures.length - usual * requests) ** 2 / Math.max(1, usual * requests),
  );
  return deviations.reduce((sum, one) => sum + one, 0) / deviations.length;
}
