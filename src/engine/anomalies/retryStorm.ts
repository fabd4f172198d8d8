/**
 * More attempts for each request than before: lines that speak of another attempt, or an operation that is
 * repeated within its trace. Retries multiply the load on whoever is already failing.
 */
import type { Log } from '../index/log.ts';
import { NO_ID, NO_SERVICE } from '../index/log.ts';
import { countZ, FEWEST_BASELINE, preceding } from './baseline.ts';
import { type Buckets, bucketAt } from './buckets.ts';
import type { Operation } from './durations.ts';
import type { Requests } from './requests.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';
import type { Thresholds } from './thresholds.ts';
import { plain } from './words.ts';

const RETRY =
  /\b(retry(ing)?|retries|retried|re-?attempt(s|ing|ed)?|reconnect(ing)?|trying again|try again)\b|\battempt (\d|<|#)/;
/** Settings, and what is said when it is over. */
const NO_RETRY =
  /\b(max(imum)? (retries|attempts)|retry (policy|config|after|count|limit)|no retr(y|ies)|without retr(y|ies)|not retrying)\b/;

const LEAST_Z = 5;
const FEWEST_REQUESTS = 10;
const FEWEST_EXTRA = 5;
const MOST_APART = 2;

interface Slot {
  requests: number;
  /** Entries that tell of further attempts. */
  extra: number[];
}

interface Storm {
  requests: number;
  extra: number[];
  buckets: number;
  /** Attempts for each request before. */
  usual: number;
  z: number;
}

export const retryStorm: LogRule = {
  name: 'retry-storm',
  async run({ log, survey, timetable, requests, operations, thresholds }: Study): Promise<LogVerdict> {
    const [buckets] = timetable.dense;
    const { entries, services } = timetable;
    if (!buckets) return { findings: [], notRun: { key: 'not-run.sparse', args: { entries, services } } };
    const spoken = spokenRetries(log);
    const series = [
      ...requests.map((of) => slotsOfRequests(log, of, spoken.get(of.service) ?? [], buckets)),
      ...operations.map((operation) => slotsOfOperation(log, operation, buckets)),
    ];
    const found = series
      .flatMap((slots) => stormsOf(slots, thresholds['retry-storm']))
      .map((storm) => ({ ...storm, extra: storm.extra.filter(survey.includes) }))
      .filter(({ extra }) => extra.length > 0);
    const lines = await log.read(found.flatMap(({ extra }) => [extra[0], extra[extra.length - 1]]));
    const findings = found.map(({ extra, requests: asked, buckets: lasted, usual, z }, index): Finding => {
      const [first, last] = [lines[2 * index], lines[2 * index + 1]];
      const args = { attempts: 1 + extra.length / asked, usual, requests: asked, text: first.message };
      return {
        rule: retryStorm.name,
        severity: lasted > 1 ? 'warning' : 'information',
        entry: first,
        time: first.timestamp,
        until: log.time[last.entry],
        lone: lasted === 1,
        count: extra.length,
        badness: z,
        effect: null,
        shown: [{ entry: last, why: 'last' }],
        message: { key: 'retry-storm.attempts', args },
      };
    });
    return { findings, notRun: null };
  },
};

/** By service, in order of time. */
function spokenRetries(log: Log): Map<number, number[]> {
  const speaks = log.templates.map(({ text }) => {
    const words = plain(text);
    return RETRY.test(words) && !NO_RETRY.test(words);
  });
  const found = new Map<number, number[]>();
  if (!speaks.includes(true)) return found;
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    if (!speaks[log.template[entry]] || log.service[entry] === NO_SERVICE || Number.isNaN(log.time[entry])) continue;
    const known = found.get(log.service[entry]);
    if (known) known.push(entry);
    else found.set(log.service[entry], [entry]);
  }
  return found;
}

/** Where a service has no traces, its lines without another attempt stand for the requests. */
function slotsOfRequests(log: Log, { begins, traced }: Requests, retries: readonly number[], buckets: Buckets): Slot[] {
  if (retries.length < FEWEST_EXTRA) return [];
  const slots: Slot[] = [];
  let next = 0;
  for (let from = 0, to = 0; from < begins.length; from = to) {
    const bucket = bucketAt(buckets, begins[from]);
    while (to < begins.length && bucketAt(buckets, begins[to]) === bucket) to++;
    const extra: number[] = [];
    for (; next < retries.length && bucketAt(buckets, log.time[retries[next]]) <= bucket; next++)
      extra.push(retries[next]);
    slots.push({ requests: Math.max(1, to - from - (traced ? 0 : extra.length)), extra });
  }
  return slots;
}

function slotsOfOperation(log: Log, { entries }: Operation, buckets: Buckets): Slot[] {
  const slots: Slot[] = [];
  const seen = new Set<number>();
  let last = -1;
  for (const entry of entries) {
    const trace = log.trace[entry];
    if (trace === NO_ID) continue;
    const bucket = bucketAt(buckets, log.time[entry]);
    if (bucket !== last) {
      slots.push({ requests: 0, extra: [] });
      seen.clear();
      last = bucket;
    }
    const slot = slots[slots.length - 1];
    if (seen.has(trace)) slot.extra.push(entry);
    else {
      seen.add(trace);
      slot.requests++;
    }
  }
  return slots;
}

function stormsOf(slots: readonly Slot[], { attempts, times }: Thresholds['retry-storm']): Storm[] {
  const loud = new Set<number>();
  const storms: Storm[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let at = FEWEST_BASELINE; at < slots.length; at++) {
    const { requests, extra } = slots[at];
    if (requests < FEWEST_REQUESTS || extra.length < Math.max(FEWEST_EXTRA, (attempts - 1) * requests)) continue;
    const before = preceding(at, (place) => loud.has(place)).map((place) => slots[place]);
    if (before.length < FEWEST_BASELINE) continue;
    const asked = before.reduce((sum, slot) => sum + slot.requests, 0);
    const usual = before.reduce((sum, slot) => sum + slot.extra.length, 0) / asked;
    if (extra.length < times * usual * requests) continue;
    const spread = before.map(
      (slot) => (slot.extra.length - usual * slot.requests) ** 2 / Math.max(1, usual * slot.requests),
    );
    const z = countZ(extra.length, usual * requests, spread.reduce((sum, one) => sum + one, 0) / spread.length);
    if (z <= LEAST_Z) continue;
    loud.add(at);
    const storm = storms[storms.length - 1];
    if (storm && at - last <= MOST_APART) {
      storm.extra.push(...extra);
      storm.requests += requests;
      storm.buckets++;
      storm.z = Math.max(storm.z, z);
    } else storms.push({ requests, extra: [...extra], buckets: 1, usual: 1 + usual, z });
    last = at;
  }
  return storms;
}
