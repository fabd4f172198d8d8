/** What the rules look at: the survey's clusters, and their sampled entries taken apart. */
import type { Message, MissingStep, StuckEntities } from '../../incident.ts';
import type { Entry, Severity } from '../../model.ts';
import type { Log } from '../index/log.ts';
import { type Timetable, timetableOf } from './buckets.ts';
import { type Operation, operationsOf } from './durations.ts';
import type { SymptomFinder } from './ownSymptoms.ts';
import { type Requests, requestsOf } from './requests.ts';
import { type LatencyShifts, latencyShifts } from './shifts.ts';
import type { Cluster, Survey } from './survey.ts';
import type { Thresholds } from './thresholds.ts';
import { plain, saidIn } from './words.ts';

/**
 * So many entries are read at most; clusters share them where they are many. In a big log they lie far
 * apart, and each costs an access to the disk.
 */
const READ_AT_MOST = 30_000;
const READ_AT_MOST_OF_BIG = 6000;
const BIG = 200_000;
const READ_AT_LEAST_EACH = 4;

/** An entry worth judging. */
export interface Line {
  entry: Entry;
  cluster: Cluster;
  service: number;
  /** Message and error and reason fields, plain and in lower case. */
  spoken: string[];
  /** How many entries of its cluster this one stands for, itself included. */
  stands: number;
}

/** What a rule found at one line (or, for rules over series and traces, at the line to show). */
export interface Finding {
  rule: string;
  severity: Severity;
  entry: Entry;
  /** When it became visible; of most lines, their own time. */
  time: number | null;
  message: Message;
  /** How many entries it stands for. */
  count: number;
  /** Orders findings of one rule: the worst of a group is shown. */
  badness: number;
  /** A line that shows the consequence, where the rule saw one. */
  effect: Entry | null;
  /** Other lines to show with it, before those that grouping finds. */
  shown?: ShownLine[];
  /** How long it lasted, where it is of a stretch of time. */
  until?: number;
  /** A lone statistical signal: it becomes a warning where another rule bears it out. */
  lone?: boolean;
  /** Its severity is the user's wish: nothing else decides on it. */
  isSet?: true;
  /** It tells how a journey ended, not who is to blame: its line is no testimony against the service that wrote it. */
  isOutcome?: true;
}

/** Another line, and why it is shown. */
export interface ShownLine {
  entry: Entry;
  why: 'first' | 'worst' | 'last' | 'cause';
}

/** What a rule over single lines says of one; the line gives the rest. */
export type Verdict = Pick<Finding, 'severity' | 'message' | 'badness'>;

/** Judges each line at WARN or above (and, where `quiet`, those below whose layout may hold a limit). */
export interface LineRule {
  name: string;
  quiet: boolean;
  /** A line that is one of a steady stream of its like all through the log is only a hint. */
  habitual: boolean;
  judge(line: Line, tuning: Tuning): Verdict | null;
  /** Other lines to show with what it found. */
  evidence?(finding: Finding, study: Study): ShownLine[];
}

/** What users may set about the judging itself. */
export interface Tuning {
  thresholds: Thresholds;
  /** Looks for symptoms of the user's own, before those of the catalogue. */
  ownSymptom: SymptomFinder;
}

export interface Study extends Tuning {
  survey: Survey;
  log: Log;
  loud: Line[];
  quiet: Line[];
  /** Of the whole log, whatever part of it is asked about: the rest tells what is usual. */
  timetable: Timetable;
  requests: Requests[];
  operations: Operation[];
  shifts: LatencyShifts;
}

/** Judges the log as a whole. */
export interface LogRule {
  name: string;
  run(study: Study): Promise<LogVerdict>;
}

export interface LogVerdict {
  findings: Finding[];
  /** Why the rule could say nothing, or not all it is made for. */
  notRun: Message | null;
  /** Findings about how the log is written: they belong to no incident and weigh nothing. */
  remarks?: Finding[];
  missing?: MissingStep[];
  stuck?: StuckEntities[];
}

export async function readStudy(survey: Survey, tuning: Tuning, signal?: AbortSignal): Promise<Study> {
  const loud = await readLines(survey.log, survey.loud, signal);
  const quiet = await readLines(survey.log, survey.quiet, signal);
  const { log } = survey;
  const timetable = timetableOf(log);
  const requests = requestsOf(log, signal);
  const operations = operationsOf(log);
  signal?.throwIfAborted();
  const shifts = latencyShifts(log, operations, timetable, tuning.thresholds['latency-shift']);
  const { thresholds, ownSymptom } = tuning;
  return { thresholds, ownSymptom, survey, log, loud, quiet, timetable, requests, operations, shifts };
}

async function readLines(log: Log, all: readonly Cluster[], signal?: AbortSignal): Promise<Line[]> {
  const most = log.count > BIG ? READ_AT_MOST_OF_BIG : READ_AT_MOST;
  const clusters = weightiest(all, most / READ_AT_LEAST_EACH);
  const share = Math.max(READ_AT_LEAST_EACH, Math.floor(most / Math.max(1, clusters.length)));
  const samples = clusters.map((cluster) => sample(cluster, share));
  const entries = await log.read(samples.flat());
  signal?.throwIfAborted();
  const lines: Line[] = [];
  let next = 0;
  for (let index = 0; index < clusters.length; index++) {
    const cluster = clusters[index];
    const stands = cluster.count / samples[index].length;
    for (let left = samples[index].length; left > 0; left--) {
      const entry = entries[next++];
      lines.push({ entry, cluster, service: cluster.service, spoken: saidIn(entry).map(plain), stands });
    }
  }
  return lines;
}

/** Where templates are as many as lines, the worst levels go first, then what occurs most. */
function weightiest(clusters: readonly Cluster[], most: number): readonly Cluster[] {
  if (clusters.length <= most) return clusters;
  const sorted = [...clusters].sort((a, b) => b.level - a.level || b.count - a.count || a.first - b.first);
  return sorted.slice(0, most);
}

/** First, last and slowest always; between them as many as there is room for, evenly. */
function sample(cluster: Cluster, room: number): number[] {
  const step = Math.max(1, Math.ceil(cluster.kept.length / room));
  const chosen = new Set(cluster.kept.filter((_, index) => index % step === 0));
  chosen.add(cluster.first).add(cluster.last);
  if (cluster.slowest >= 0) chosen.add(cluster.slowest);
  return [...chosen];
}
