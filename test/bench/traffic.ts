/**
 * Records in the order in which they are written: traces overlap as in real traffic, and now and then a thread writes a
 * moment after it took the time.
 */
import { type Fields, journeys, type Level, type Step, vitals, WORDS } from './journeys.ts';
import { Random } from './random.ts';

export interface TrafficRecord {
  /** Milliseconds since 1970 UTC. */
  time: number;
  level: Level;
  service: string;
  /** Null where nobody asked for the work. */
  trace: string | null;
  message: string;
  fields: Fields;
}

export const FIRST_MOMENT = Date.UTC(2026, 7, 1, 10);

/** Records are put in order within spans of so many milliseconds. */
const SLOT = 250;
const BETWEEN_TRACES_MS = 6;
const LATE_SHARE = 0.005;

/** Endless; the caller stops when it has enough. */
export function* traffic(seed: number): Generator<TrafficRecord> {
  const random = new Random(seed);
  const slots = new Map<number, { written: number; record: TrafficRecord }[]>();
  const plan = (steps: Step[], start: number, trace: string | null): void => {
    const words = wordsOf(random, trace);
    let time = start;
    for (const step of steps) {
      time += random.between(step.least, step.most);
      const written = time + (random.chance(LATE_SHARE) ? random.between(1, 4) : 0);
      const message = filled(step.message, random, words);
      const fields = JSON.parse(filled(step.fields, random, words)) as Fields;
      const record = { time, level: step.level, service: step.service, trace, message, fields };
      const slot = Math.floor(written / SLOT);
      const planned = slots.get(slot);
      if (planned) planned.push({ written, record });
      else slots.set(slot, [{ written, record }]);
    }
  };
  let arrival = FIRST_MOMENT;
  for (let slot = Math.floor(FIRST_MOMENT / SLOT); ; slot++) {
    for (; arrival < (slot + 1) * SLOT; arrival += random.between(0, 2 * BETWEEN_TRACES_MS)) {
      plan(random.pick(journeys), arrival, random.hex(12));
    }
    if (slot % 4 === 0) plan(vitals, slot * SLOT, null);
    const due = slots.get(slot) ?? [];
    slots.delete(slot);
    due.sort((a, b) => a.written - b.written);
    for (const { record } of due) yield record;
  }
}

function wordsOf(random: Random, trace: string | null): Record<string, string> {
  const own = { trace: trace ?? '', user: `user_${random.between(10_000, 14_999)}` };
  const [path, agent] = [random.pick(WORDS.path), random.pick(WORDS.agent)];
  return { ...own, path, agent, order: `order_${random.hex(8)}`, payment: `pmt_${random.hex(8)}` };
}

function filled(template: string, random: Random, words: Record<string, string>): string {
  return template.replace(/<(?:(\d+)-(\d+)|([^>]+))>/g, (_, least, most, name) => {
    if (least !== undefined) return String(random.between(Number(least), Number(most)));
    return words[name] ?? random.pick(name.split('|'));
  });
}
