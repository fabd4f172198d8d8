/**
 * What to log better: ids and services that are missing, levels that contradict messages, keys that occur twice, one
 * field in several units, times that cannot be read. Each with its count and example lines; the most frequent first.
 */
import type { Advice } from '../../incident.ts';
import type { Study } from '../anomalies/study.ts';
import { evidence } from '../incident/evidence.ts';
import type { Draft } from './advice.ts';
import { gapAdvisor } from './gaps.ts';
import { idDrafts } from './ids.ts';
import { keyAdvisor } from './keys.ts';
import { levelAdvisor } from './levels.ts';
import { unitDrafts } from './values.ts';

/** Of one kind: who has a hundred services without ids knows by then. */
const MOST_OF_KIND = 5;
const MOST_EXAMPLES = 3;
/** Entries of a layout that are read for their values, and of all layouts. */
const READ_OF_LAYOUT = 12;
const READ_AT_MOST = 600;

/** The order in which kinds are told: what hinders most comes first. */
const KEYS = [
  'advice.no-ids',
  'advice.some-ids',
  'advice.never-ids',
  'advice.no-service',
  'advice.no-time',
  'advice.level-too-low',
  'advice.level-too-high',
  'advice.units',
  'advice.units-in-keys',
  'advice.repeated-key',
];

export async function advise(study: Study, signal?: AbortSignal): Promise<Advice[]> {
  const { log, survey } = study;
  const advisors = [gapAdvisor(log), levelAdvisor(log), keyAdvisor(log)];
  const layouts = layoutSample(log.layouts.length);
  for (let at = 0; at < log.order.length; at++) {
    if ((at & 0xffff) === 0) signal?.throwIfAborted();
    const entry = log.order[at];
    if (!survey.includes(entry)) continue;
    for (const advisor of advisors) advisor.see(entry);
    layouts.see(entry, log.layout[entry]);
  }
  const read = await log.read(layouts.chosen());
  const sample = [...study.loud.map(({ entry }) => entry), ...study.quiet.map(({ entry }) => entry), ...read];
  const drafts = [
    ...idDrafts(survey),
    ...advisors.flatMap((advisor) => advisor.drafts(sample)),
    ...unitDrafts(log, sample, layouts.counts),
  ];
  const told = KEYS.flatMap((key) => mostFrequent(drafts.filter((draft) => draft.key === key)));
  const lines = await log.read(told.flatMap(({ examples }) => examples.slice(0, MOST_EXAMPLES)));
  let next = 0;
  return told.map(({ key, args, count, examples }) => {
    const shown = lines.slice(next, next + Math.min(MOST_EXAMPLES, examples.length));
    next += shown.length;
    return { kind: key.slice(key.indexOf('.') + 1), message: { key, args }, count, examples: shown.map(evidence) };
  });
}

function mostFrequent(drafts: readonly Draft[]): Draft[] {
  const order = (one: Draft, other: Draft): number => other.count - one.count || one.examples[0] - other.examples[0];
  return [...drafts].sort(order).slice(0, MOST_OF_KIND);
}

/** The first four entries of each layout, its eighth, sixteenth and so on: few of many, from early and late. */
function layoutSample(size: number): {
  counts: Uint32Array;
  see(entry: number, layout: number): void;
  chosen(): number[];
} {
  const counts = new Uint32Array(size);
  const kept = Array.from({ length: size }, (): number[] => []);
  return {
    counts,
    see(entry, layout) {
      const count = ++counts[layout];
      if ((count <= 4 || (count & (count - 1)) === 0) && kept[layout].length < READ_OF_LAYOUT) kept[layout].push(entry);
    },
    chosen() {
      const byCount = [...kept.keys()].sort((one, other) => counts[other] - counts[one] || one - other);
      return byCount.flatMap((layout) => kept[layout]).slice(0, READ_AT_MOST);
    },
  };
}
