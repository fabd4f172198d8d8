/** The engine in this very process, so that its columns can be seen: what an entry costs, and how fast ids are found. */
import process from 'node:process';
import { createEngine } from '../../../src/engine/engine.ts';
import type { Log } from '../../../src/engine/index/log.ts';
import type { MergedLog } from '../../../src/engine/index/mergedLog.ts';
import { createFileSource } from '../../../src/worker/fileByteSource.ts';
import { Random } from '../random.ts';
import { type Measure, perform, timed } from './answer.ts';
import { digestOf } from './digest.ts';

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
  for (const [name, bytes] of columnBytes(log as Log & MergedLog)) {
    measure[`column ${name}`] = bytes;
    measure.columnBytes += bytes;
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

/** What each column takes of an entry: those of the log, and those that its segments are views of. Memory counts once. */
function columnBytes(log: Log & MergedLog): Map<string, number> {
  const bytes = new Map<string, number>();
  const seen = new Set<ArrayBufferLike>();
  const segments = log.indexed.flatMap((_, file) => log.segmentsOf(file).map(({ entries }) => entries));
  for (const [name, column] of [log, ...segments].flatMap((columns) => Object.entries(columns))) {
    if (!ArrayBuffer.isView(column) || name === 'order' || seen.has(column.buffer)) continue;
    seen.add(column.buffer);
    bytes.set(name, (bytes.get(name) ?? 0) + (column as Uint8Array).BYTES_PER_ELEMENT);
  }
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
