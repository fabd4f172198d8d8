/**
 * One pass over the columns that decides which entries are worth reading: entries alike in service,
 * level, template and layout form a cluster, and a cluster is read by sample. Millions of entries
 * are thousands of clusters, so that the rules never decode the whole log.
 */
import { LEVELS, type Micros, type TimeRange } from '../../model.ts';
import { type Log, NO_LEVEL, NO_SERVICE } from '../index/log.ts';
import { mentionsBreaker } from './breakers.ts';
import { mayHoldLimit } from './pairing.ts';
import { mayNamePeer } from './peerFields.ts';

export const WARN = LEVELS.indexOf('warn');
export const ERROR = LEVELS.indexOf('error');
export const FATAL = LEVELS.indexOf('fatal');

/** A cluster keeps about this many entries, and at most twice as many. */
const KEPT_LOUD = 32;
const KEPT_QUIET = 16;

/** Entries of one service, level, template and layout. */
export interface Cluster {
  service: number;
  level: number;
  template: number;
  layout: number;
  count: number;
  first: number;
  last: number;
  /** The entry with the longest duration; -1 where none has one. */
  slowest: number;
  /** Entries in order of time, chosen by their scrambled number; all of them where they are few. */
  kept: number[];
  /** Kept are those whose scrambled number has these bits clear. */
  mask: number;
  /** How many of its entries lie in each tenth of the log, counted in entries, so that gaps do not matter. */
  tenths: number[];
}

/** So many alike entries may show a habit. */
const HABIT_ENTRIES = 20;
/** A habit fills this many tenths of the log and peaks at so many times its mean. */
const HABIT_TENTHS = 9;
const HABIT_PEAK = 3;

/**
 * What goes on through the whole log at an even rate is how the system talks, not how it fails. Where
 * a log begins after its incident did, this cannot be told from trouble; it is then weighed down too.
 */
export function isHabit({ count, tenths }: Cluster): boolean {
  const filled = tenths.filter((entries) => entries > 0).length;
  return count >= HABIT_ENTRIES && filled >= HABIT_TENTHS && Math.max(...tenths) * 10 <= HABIT_PEAK * count;
}

export interface ServiceTally {
  entries: number;
  errors: number;
  fatals: number;
  first: Micros | null;
  last: Micros | null;
  layouts: Set<number>;
}

export interface Survey {
  log: Log;
  from: Micros | null;
  to: Micros | null;
  /** All entries in the range. */
  entries: number;
  services: Map<number, ServiceTally>;
  /** Clusters at WARN and above. */
  loud: Cluster[];
  /** Clusters below WARN whose layout may hold a limit or a peer's name, or whose template names a circuit breaker. */
  quiet: Cluster[];
  /** Entries of the whole log at ERROR and above, in order of time. */
  errors: number[];
  includes(entry: number): boolean;
}

/** Unknown levels are quiet: without a level an entry claims nothing. */
export function isLoud(level: number): boolean {
  return level >= WARN && level !== NO_LEVEL;
}

/** Both ends of the range belong to it; an entry without time is in no range but the whole. */
export function surveyLog(log: Log, range: TimeRange | undefined, signal?: AbortSignal): Survey {
  const low = range?.from ?? Number.NEGATIVE_INFINITY;
  const high = range?.to ?? Number.POSITIVE_INFINITY;
  const bounded = low !== Number.NEGATIVE_INFINITY || high !== Number.POSITIVE_INFINITY;
  const includes = (entry: number): boolean => !bounded || (log.time[entry] >= low && log.time[entry] <= high);
  const telling = log.layouts.map((keys) => mayHoldLimit(keys) || mayNamePeer(keys));
  const speaking = log.templates.map(({ text }) => mentionsBreaker(text));
  const loud = new Map<number, Map<number, Cluster>>();
  const quiet = new Map<number, Map<number, Cluster>>();
  const services = new Map<number, ServiceTally>();
  const errors: number[] = [];
  let [from, to, entries] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  const total = bounded ? log.order.reduce((sum, entry) => sum + (includes(entry) ? 1 : 0), 0) : log.order.length;
  for (let at = 0; at < log.order.length; at++) {
    if ((at & 0xffff) === 0) signal?.throwIfAborted();
    const entry = log.order[at];
    const level = log.level[entry];
    if (isLoud(level) && level >= ERROR) errors.push(entry);
    if (!includes(entry)) continue;
    const tenth = Math.floor((10 * entries) / total);
    entries++;
    const time = log.time[entry];
    if (time < from) from = time;
    if (time > to) to = time;
    tally(services, log, entry);
    if (isLoud(level)) add(loud, log, entry, KEPT_LOUD, tenth);
    else if (telling[log.layout[entry]] || speaking[log.template[entry]]) add(quiet, log, entry, KEPT_QUIET, tenth);
  }
  return {
    log,
    from: Number.isFinite(from) ? from : null,
    to: Number.isFinite(to) ? to : null,
    entries,
    services,
    loud: flatten(loud),
    quiet: flatten(quiet),
    errors,
    includes,
  };
}

function tally(services: Map<number, ServiceTally>, log: Log, entry: number): void {
  const service = log.service[entry];
  if (service === NO_SERVICE) return;
  let sum = services.get(service);
  if (!sum) {
    sum = { entries: 0, errors: 0, fatals: 0, first: null, last: null, layouts: new Set() };
    services.set(service, sum);
  }
  const time = log.time[entry];
  const level = log.level[entry];
  sum.entries++;
  sum.layouts.add(log.layout[entry]);
  if (level !== NO_LEVEL && level >= ERROR) sum.errors++;
  if (level === FATAL) sum.fatals++;
  if (Number.isNaN(time)) return;
  if (sum.first === null || time < sum.first) sum.first = time;
  if (sum.last === null || time > sum.last) sum.last = time;
}

function add(clusters: Map<number, Map<number, Cluster>>, log: Log, entry: number, keep: number, tenth: number): void {
  const speaker = log.service[entry] * 256 + log.level[entry];
  let ofSpeaker = clusters.get(speaker);
  if (!ofSpeaker) {
    ofSpeaker = new Map();
    clusters.set(speaker, ofSpeaker);
  }
  const kind = log.template[entry] * 65536 + log.layout[entry];
  let cluster = ofSpeaker.get(kind);
  if (cluster) extend(cluster, log, entry, keep);
  else {
    cluster = {
      service: log.service[entry],
      level: log.level[entry],
      template: log.template[entry],
      layout: log.layout[entry],
      count: 1,
      first: entry,
      last: entry,
      slowest: Number.isNaN(log.durationMs[entry]) ? -1 : entry,
      kept: [entry],
      mask: 0,
      tenths: new Array(10).fill(0),
    };
    ofSpeaker.set(kind, cluster);
  }
  cluster.tenths[tenth]++;
}

/**
 * Keeps a sample that halves when it grows too big: bounded and repeatable. Every n-th entry would do
 * too, were there no logs in which every second line is another.
 */
function extend(cluster: Cluster, log: Log, entry: number, keep: number): void {
  const duration = log.durationMs[entry];
  if (!Number.isNaN(duration) && (cluster.slowest < 0 || duration > log.durationMs[cluster.slowest])) {
    cluster.slowest = entry;
  }
  cluster.count++;
  cluster.last = entry;
  if ((scrambled(entry) & cluster.mask) === 0) cluster.kept.push(entry);
  if (cluster.kept.length < 2 * keep) return;
  cluster.mask = cluster.mask * 2 + 1;
  cluster.kept = cluster.kept.filter((kept) => (scrambled(kept) & cluster.mask) === 0);
}

/** A fixed mixing of bits, so that no rhythm of a log meets the rhythm of its sample. */
function scrambled(number: number): number {
  const mixed = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function flatten(clusters: Map<number, Map<number, Cluster>>): Cluster[] {
  return [...clusters.values()].flatMap((ofSpeaker) => [...ofSpeaker.values()]);
}
