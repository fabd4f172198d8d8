/** The engine in this very process, so that its columns can be seen: what an entry costs, and how fast ids are found. */
import process from 'node:process';
import { createEngine } from '../../../src/engine/engine.ts';
import { createFileSource } from '../../../src/worker/fileByteSource.ts';
import { Random } from '../random.ts';
import { type Measure, perform, timed } from './answer.ts';
import { digestOf } from './digest.ts';

/** Of all that is kept of an entry, what is not a column: which entry has which id, and the order in time. */
const NO_COLUMN = /^(?:pair|order$|entries$|posting)/;

await perform(async ({ folder, lookUps }) => {
  const before = memory();
  const engine = createEngine({ source: createFileSource(), sentence: () => '' });
  const opening = await timed(async () => {
    await engine.open({ root: folder });
  });
  const after = memory();
  const log = engine.log(folder);
  const measure: Measure = { ...opening, ids: log.ids.count, templates: log.templates.length };
  measure.arrayBytes = (after.arrayBuffers - before.arrayBuffers) / log.count;
  measure.heapBytes = (after.heapUsed - before.heapUsed) / log.count;
  const found = digestOf(log);
  measure.columnBytes = 0;
  for (const [name, bytes] of columnBytes(log)) {
    if (NO_COLUMN.test(name)) continue;
    measure[`column ${name}`] = bytes / log.count;
    measure.columnBytes += bytes / log.count;
  }

  const random = new Random(1);
  const traces: string[] = [];
  while (traces.length < lookUps) {
    const id = random.between(1, log.ids.count);
    if (log.ids.isTrace(id)) traces.push(log.ids.text(id));
  }
  let entries = 0;
  const finding = await millisecondsOf(traces, (id) => {
    entries += log.ids.entries(log.ids.find(id)).length;
  });
  const showing = await millisecondsOf(traces.slice(0, lookUps / 5), async (id) => {
    entries += (await engine.occurrences(folder, id, 1000)).total;
  });
  if (entries < traces.length) throw new Error('ids of the log were not found in it');
  return { measure: { ...measure, ...percentiles('find', finding), ...percentiles('show', showing) }, found };
});

function memory(): { arrayBuffers: number; heapUsed: number } {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage();
}

/** The bytes of all typed arrays that can be reached, by the name they stand under; memory shared by views counts once. */
function columnBytes(root: object): Map<string, number> {
  const bytes = new Map<string, number>();
  const seen = new Set<unknown>();
  const visit = (value: unknown, name: string): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (ArrayBuffer.isView(value)) {
      const { buffer } = value;
      if (!seen.has(buffer)) bytes.set(name, (bytes.get(name) ?? 0) + buffer.byteLength);
      seen.add(buffer);
    } else if (Array.isArray(value)) for (const item of value) visit(item, name);
    else for (const [key, member] of Object.entries(value)) visit(member, key);
  };
  visit(root, '');
  return bytes;
}

async function millisecondsOf(ids: readonly string[], look: (id: string) => void | Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (const id of ids) {
    const started = performance.now();
    const looking = look(id);
    if (looking) await looking;
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}

function percentiles(name: string, sorted: readonly number[]): Measure {
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { [`${name}P50Ms`]: at(0.5), [`${name}P99Ms`]: at(0.99) };
}
