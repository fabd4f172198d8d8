/**
 * A service that stops logging while the others go on. Each gap is held against those before it; silent gaps
 * are left out of what is usual. A request leaves many lines in a moment, so that seconds in which a service
 * logs are counted, and not its lines. What ends with its file is no silence, for a file ends somewhere; where the
 * file goes on with the lines of others it is one.
 */
import { type Log, NO_SERVICE } from '../index/log.ts';
import type { Finding, LogRule, LogVerdict, Study } from './study.ts';
import { thinnings } from './thinning.ts';

/** Seconds in which it logged. */
const FEWEST_BEFORE = 20;
/** A silence is longer than so many times the gap that one in a hundred exceeds. */
const TIMES_LONGEST = 5;
const LONGEST_SHARE = 0.99;
/**
 * While it lasts, the service should have logged in so many of the seconds in which others did: as much as three
 * buckets hold that are dense enough for statistics. At night everybody is silent.
 */
const FEWEST_EXPECTED = 15;
/** A service that was there for less than this share of a silence comes and goes, as a nightly job does. */
const PRESENCE = 1 / 3;
/** Silent so often, and as long within a factor of two, it is a habit. */
const HABIT = 4;
/** After logging in so many seconds a service is back, and its next silence is another. */
const BACK = 20;

/** Gaps are counted by their logarithm, so many bins for each doubling; the quantile is the upper end of its bin. */
const BINS = 4;
const MOST_BINS = 50 * BINS;
/** How often the quantile is looked up anew. */
const RENEW = 64;

const SECOND = 1e6;

interface Voice {
  last: number;
  /** The second of its last entry, counted among those in which anybody logs. */
  second: number;
  /** In how many seconds it logged. */
  seconds: number;
  /** In how many others did and it did not, its silences left out. */
  quiet: number;
  /** Microseconds in which it was there, without its silences. */
  present: number;
  gaps: Uint32Array;
  counted: number;
  longest: number;
  renewed: number;
}

/** The last entry of a file, and its second. */
interface FileEnd {
  entry: number;
  second: number;
}

interface Silence {
  service: number;
  last: number;
  /** -1 where none follows. */
  next: number;
  /** Microseconds. */
  from: number;
  to: number;
  expected: number;
  /** In how many seconds the service had logged before. */
  before: number;
}

export const silence: LogRule = {
  name: 'silence',
  async run(study: Study): Promise<LogVerdict> {
    const { log, survey } = study;
    const { found, most } = silences(log);
    const told = withoutHabits(joined(found)).filter(
      ({ last, next }) => survey.includes(last) || (next >= 0 && survey.includes(next)),
    );
    const lines = await log.read(told.flatMap(({ last, next }) => [last, Math.max(0, next)]));
    const findings = told.map(({ service, from, to, next, expected }, index): Finding => {
      const [last, back] = [lines[2 * index], lines[2 * index + 1]];
      const args = {
        service: log.services[service],
        gapMs: (to - from) / 1000,
        expected: Math.round(expected),
        text: last.message,
      };
      return {
        rule: silence.name,
        severity: 'information',
        entry: last,
        time: last.timestamp,
        until: to,
        lone: true,
        count: 1,
        badness: expected,
        effect: null,
        shown: next < 0 ? [] : [{ entry: back, why: 'last' }],
        message: { key: next < 0 ? 'silence.end' : 'silence.gap', args },
      };
    });
    const args = { seconds: most, needed: FEWEST_BEFORE };
    findings.push(...(await thinFindings(study, told)));
    return { findings, notRun: most <= FEWEST_BEFORE ? { key: 'not-run.few-seconds', args } : null };
  },
};

/** Those that no gap explains. */
async function thinFindings({ log, survey, requests, timetable }: Study, gaps: readonly Silence[]): Promise<Finding[]> {
  const found = thinnings(requests, timetable.dense).filter(
    ({ entry, service, from, to }) =>
      survey.includes(entry) && !gaps.some((gap) => gap.service === service && gap.from <= to && gap.to >= from),
  );
  const lines = await log.read(found.map(({ entry }) => entry));
  return found.map(({ service, from, to, buckets, requests: asked, expected }, index): Finding => {
    const args = { service: log.services[service], requests: asked, expected, gapMs: (to - from) / 1000 };
    return {
      rule: silence.name,
      severity: buckets > 1 ? 'warning' : 'information',
      entry: lines[index],
      time: lines[index].timestamp,
      until: to,
      lone: buckets === 1,
      count: 1,
      badness: expected - asked,
      effect: null,
      message: { key: 'silence.thin', args: { ...args, text: lines[index].message } },
    };
  });
}

/** `most`: in how many seconds the service logs that logs the most. */
function silences(log: Log): { found: Silence[]; most: number } {
  const voices = new Map<number, Voice>();
  const ends: FileEnd[] = log.files.map(() => ({ entry: -1, second: 0 }));
  const found: Silence[] = [];
  let [second, nextSecond] = [0, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < log.order.length; at++) {
    const entry = log.order[at];
    const service = log.service[entry];
    const time = log.time[entry];
    if (service === NO_SERVICE || Number.isNaN(time)) continue;
    if (time >= nextSecond) {
      second++;
      nextSecond = Math.floor(time / SECOND + 1) * SECOND;
    }
    const end = ends[log.file[entry]];
    end.entry = entry;
    end.second = second;
    const voice = voices.get(service);
    if (!voice) voices.set(service, newVoice(entry, second));
    else {
      if (second > voice.second) hear(log, voice, entry, second, found);
      voice.last = entry;
    }
  }
  for (const [service, voice] of voices) found.push(...ending(log, service, voice, ends));
  const most = [...voices.values()].reduce((sum, { seconds }) => Math.max(sum, seconds), 0);
  return { found, most };
}

function newVoice(last: number, second: number): Voice {
  const gaps = new Uint32Array(MOST_BINS);
  return { last, second, seconds: 1, quiet: 0, present: 0, gaps, counted: 0, longest: 0, renewed: 0 };
}

/** The service logs again, in another second than last. */
function hear(log: Log, voice: Voice, entry: number, second: number, found: Silence[]): void {
  const [from, to] = [log.time[voice.last], log.time[entry]];
  const quiet = second - voice.second - 1;
  const expected = missing(voice, to - from, quiet);
  if (expected > 0) {
    found.push({
      service: log.service[entry],
      last: voice.last,
      next: entry,
      from,
      to,
      expected,
      before: voice.seconds,
    });
  } else {
    voice.gaps[binOf(to - from)]++;
    voice.counted++;
    voice.present += to - from;
    voice.quiet += quiet;
  }
  voice.seconds++;
  voice.second = second;
}

/** In how many seconds of a gap that is a silence the service should have logged; 0 where it is none. */
function missing(voice: Voice, gap: number, quiet: number): number {
  if (voice.seconds < FEWEST_BEFORE || voice.present < PRESENCE * gap) return 0;
  const expected = (quiet * voice.seconds) / (voice.seconds + voice.quiet);
  if (expected < FEWEST_EXPECTED) return 0;
  if (voice.counted >= voice.renewed + RENEW) renew(voice);
  if (gap <= TIMES_LONGEST * voice.longest) return 0;
  renew(voice);
  return gap > TIMES_LONGEST * voice.longest ? expected : 0;
}

function renew(voice: Voice): void {
  let left = Math.ceil(LONGEST_SHARE * voice.counted);
  let bin = 0;
  while (bin < MOST_BINS - 1 && left > voice.gaps[bin]) left -= voice.gaps[bin++];
  voice.longest = 2 ** ((bin + 1) / BINS);
  voice.renewed = voice.counted;
}

function binOf(gap: number): number {
  return Math.min(MOST_BINS - 1, Math.floor(Math.log2(Math.max(1, gap)) * BINS));
}

/** The silence of a service up to the end of the file that it last logged to, where others filled that. */
function ending(log: Log, service: number, voice: Voice, ends: readonly FileEnd[]): Silence[] {
  const end = ends[log.file[voice.last]];
  const [from, to] = [log.time[voice.last], log.time[end.entry]];
  const expected = missing(voice, to - from, end.second - voice.second);
  return expected > 0 ? [{ service, last: voice.last, next: -1, from, to, expected, before: voice.seconds }] : [];
}

/** Silences between which the service said next to nothing are one. */
function joined(silences: readonly Silence[]): Silence[] {
  const all: Silence[] = [];
  const open = new Map<number, { silence: Silence; before: number }>();
  for (const one of silences) {
    const known = open.get(one.service);
    if (known && one.before - known.before < BACK) {
      known.silence.to = one.to;
      known.silence.next = one.next;
      known.silence.expected += one.expected;
      known.before = one.before;
      continue;
    }
    const silence = { ...one };
    open.set(one.service, { silence, before: one.before });
    all.push(silence);
  }
  return all;
}

function withoutHabits(silences: readonly Silence[]): Silence[] {
  const length = ({ from, to }: Silence): number => to - from;
  return silences.filter((one) => {
    const alike = silences.filter(
      (other) => other.service === one.service && length(other) * 2 >= length(one) && length(other) <= length(one) * 2,
    );
    return alike.length < HABIT;
  });
}
