/** One trace beside another, service by service: which steps are missing, which are extra, and which took longer. */
import { LEVELS } from '../../model.ts';
import type { ComparedService, ComparedStep, ComparedTrace, Comparison } from '../../overview.ts';
import { joinsOf } from '../correlation/joins.ts';
import { summarise } from '../correlation/lookup.ts';
import { type Log, NO_ID, NO_SERVICE } from '../index/log.ts';
import { isRecordedSpan } from '../timeline/recordedSpan.ts';
import { align, type Pair } from './align.ts';
import { nearestHealthy } from './nearest.ts';

/** Nobody reads more steps of a trace side by side. */
const MOST_STEPS = 2000;
/** Below either, what took longer is no news. */
const SLOWER_FACTOR = 1.5;
const SLOWER_MS = 20;
const LEVELS_AND_NONE = LEVELS.length + 1;

interface Side {
  id: number;
  entries: number[];
  /** In all; of very many only the first are compared. */
  total: number;
}

/**
 * An id's trace (right) and another's (left); without one, the nearest healthy trace of its kind. Null where an id is
 * unknown, or where there is no such trace. Of two that are given, the one without errors is on the left.
 */
export async function compareTraces(log: Log, id: number, other: number | null): Promise<Comparison | null> {
  if (id === NO_ID || log.ids.entries(id).length === 0) return null;
  const reference = other ?? nearestHealthy(log, id);
  if (reference === NO_ID || reference === id || log.ids.entries(reference).length === 0) return null;
  const swaps = other !== null && hasErrors(log, reference) && !hasErrors(log, id);
  const left = sideOf(log, swaps ? id : reference);
  const right = sideOf(log, swaps ? reference : id);
  const services = servicesOf(log, [...left.entries, ...right.entries]).map((service): ComparedService => {
    const isOf = (entry: number) => log.service[entry] === service;
    const name = service === NO_SERVICE ? null : log.services[service];
    return { name, steps: stepsOf(log, left.entries.filter(isOf), right.entries.filter(isOf)) };
  });
  await readMessages(log, services);
  return { left: traceOf(log, left), right: traceOf(log, right), services };
}

function hasErrors(log: Log, id: number): boolean {
  return log.ids
    .entries(id)
    .some((entry) => LEVELS[log.level[entry]] === 'error' || LEVELS[log.level[entry]] === 'fatal');
}

function sideOf(log: Log, id: number): Side {
  const joined = joinsOf(log, id).joined.map(({ entry }) => entry);
  const all = inOrderOfTime(log, [...log.ids.entries(id)], joined);
  return { id, entries: all.slice(0, MOST_STEPS), total: all.length };
}

/** Both are in order of time; an entry without one stays behind the one it follows. */
function inOrderOfTime(log: Log, recorded: readonly number[], joined: readonly number[]): number[] {
  const all: number[] = [];
  let next = 0;
  for (const entry of recorded) {
    while (next < joined.length && log.time[joined[next]] < log.time[entry]) all.push(joined[next++]);
    all.push(entry);
  }
  return [...all, ...joined.slice(next)];
}

/** In order of their first entries; those of the left before what only the right has. */
function servicesOf(log: Log, entries: readonly number[]): number[] {
  return [...new Set(entries.map((entry) => log.service[entry]))];
}

function stepsOf(log: Log, left: readonly number[], right: readonly number[]): ComparedStep[] {
  // What is said of a failure in the words of a success is another step.
  const kindOf = (entry: number) => log.template[entry] * LEVELS_AND_NONE + Math.min(log.level[entry], LEVELS.length);
  let last: Pair | null = null;
  return align(left.map(kindOf), right.map(kindOf)).map((pair): ComparedStep => {
    const [l, r] = pair;
    const text = log.templates[log.template[l < 0 ? right[r] : left[l]]].text;
    if (l < 0 || r < 0) {
      const row = (entries: readonly number[], at: number) => (at < 0 ? null : log.row(entries[at]));
      return { text, left: row(left, l), right: row(right, r), took: null, isSlower: false };
    }
    const took = tookOf(log, left, right, pair, last);
    last = pair;
    const isSlower = took !== null && took.right >= took.left * SLOWER_FACTOR && took.right - took.left >= SLOWER_MS;
    return { text, left: log.row(left[l]), right: log.row(right[r]), took, isSlower };
  });
}

/** What both say that their work took; else the time since the last step that both have. */
function tookOf(
  log: Log,
  left: readonly number[],
  right: readonly number[],
  [l, r]: Pair,
  last: Pair | null,
): ComparedStep['took'] {
  const [one, other] = [left[l], right[r]];
  const said = { left: log.durationMs[one], right: log.durationMs[other] };
  if (said.left >= 0 && said.right >= 0) return { ...said, isSaid: true };
  // A span begins at its time: what passed before it is no work of its own.
  if (last === null || isRecordedSpan(log, one) || isRecordedSpan(log, other)) return null;
  const since = {
    left: (log.time[one] - log.time[left[last[0]]]) / 1000,
    right: (log.time[other] - log.time[right[last[1]]]) / 1000,
  };
  return since.left >= 0 && since.right >= 0 ? { ...since, isSaid: false } : null;
}

/** What only one side has is told in its own words. */
async function readMessages(log: Log, services: readonly ComparedService[]): Promise<void> {
  const lone = services.flatMap(({ steps }) => steps.filter((step) => step.left === null || step.right === null));
  const read = await log.read(lone.map((step) => (step.left ?? step.right)?.entry ?? 0));
  for (const [i, step] of lone.entries()) step.text = read[i].message || step.text;
}

function traceOf(log: Log, { id, entries, total }: Side): ComparedTrace {
  const { id: text, key, worstLevel } = summarise(log, id);
  const services = servicesOf(log, entries).filter((service) => service !== NO_SERVICE).length;
  const leftOut = total - entries.length;
  return { id: text, key, entries: total, leftOut, services, durationMs: durationOf(log, entries), worstLevel };
}

/** A span is logged by its start, and the trace lasts until the last of them ends. */
function durationOf(log: Log, entries: readonly number[]): number | null {
  let [from, to] = [Infinity, -Infinity];
  for (const entry of entries) {
    const at = log.time[entry];
    const work = log.durationMs[entry] > 0 && isRecordedSpan(log, entry) ? log.durationMs[entry] * 1000 : 0;
    if (at < from) from = at;
    if (at + work > to) to = at + work;
  }
  return to < from ? null : (to - from) / 1000;
}
