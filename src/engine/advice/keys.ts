/** Keys that an entry has twice, and durations and sizes that are told in several units by keys that differ in nothing else. */
import { plain } from '../anomalies/words.ts';
import type { Log } from '../index/log.ts';
import type { Advisor, Draft } from './advice.ts';

const SHOWN = 3;
const UNITS = new Map(
  Object.entries({
    ns: 'time',
    us: 'time',
    micros: 'time',
    ms: 'time',
    millis: 'time',
    msec: 'time',
    milliseconds: 'time',
    s: 'time',
    sec: 'time',
    secs: 'time',
    seconds: 'time',
    min: 'time',
    minutes: 'time',
    bytes: 'size',
    kb: 'size',
    kib: 'size',
    mb: 'size',
    mib: 'size',
    gb: 'size',
    gib: 'size',
  }),
);

export function keyAdvisor(log: Log): Advisor {
  const counts = new Uint32Array(log.layouts.length);
  const first = new Uint32Array(log.layouts.length);
  return {
    see(entry) {
      const layout = log.layout[entry];
      if (counts[layout]++ === 0) first[layout] = entry;
    },
    drafts: (sample) => {
      const filled = new Set(sample.flatMap(({ fields }) => fields.map(({ key }) => key)));
      return [...repeated(log, counts, first), ...unitsInKeys(log, counts, first, filled)];
    },
  };
}

/** What several layouts have in common. */
interface Use {
  count: number;
  examples: number[];
}

function repeated(log: Log, counts: Uint32Array, first: Uint32Array): Draft[] {
  const uses = new Map<string, Use>();
  for (const [layout, keys] of log.layouts.entries()) {
    if (counts[layout] === 0) continue;
    for (const key of new Set(keys.filter((key, at) => keys.indexOf(key) !== at)))
      addUse(uses, key, counts[layout], first[layout]);
  }
  return [...uses].map(([key, { count, examples }]) => ({
    key: 'advice.repeated-key',
    args: { key, count },
    count,
    examples: examples.slice(0, SHOWN),
  }));
}

/** Only of keys that are `filled` anywhere: a format of text has names for what few logs of it hold. */
function unitsInKeys(log: Log, counts: Uint32Array, first: Uint32Array, filled: ReadonlySet<string>): Draft[] {
  const stems = new Map<string, Map<string, Use>>();
  for (const [layout, keys] of log.layouts.entries()) {
    if (counts[layout] === 0) continue;
    for (const key of new Set(keys)) {
      const words = plain(key).split(/[^\p{L}\p{N}]+/u);
      const dimension = words.length > 1 ? UNITS.get(words[words.length - 1]) : undefined;
      if (dimension === undefined || !filled.has(key)) continue;
      const stem = `${words.slice(0, -1).join(' ')} ${dimension}`;
      const uses = stems.get(stem) ?? new Map<string, Use>();
      addUse(uses, key, counts[layout], first[layout]);
      stems.set(stem, uses);
    }
  }
  return [...stems.values()]
    .filter((uses) => new Set([...uses.keys()].map((key) => plain(key))).size > 1)
    .map((uses): Draft => {
      const count = [...uses.values()].reduce((sum, use) => sum + use.count, 0);
      const keys = [...uses.keys()].sort();
      const examples = [...uses.values()].map((use) => use.examples[0]).slice(0, SHOWN);
      return {
        key: 'advice.units-in-keys',
        args: { ways: keys.length, keys: keys.join(', '), count },
        count,
        examples,
      };
    });
}

function addUse(uses: Map<string, Use>, key: string, count: number, first: number): void {
  const use = uses.get(key) ?? { count: 0, examples: [] };
  use.count += count;
  use.examples.push(first);
  uses.set(key, use);
}
