/** Makes a gesture again and again, and says how long that took. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import type { Delay, Timing } from './answer.ts';

export interface Gesture {
  name: string;
  /** What the median must stay below. */
  mostMs?: number | null;
  /** Where it is made less often than others, for it takes long. */
  runs?: number;
  /** Where nothing is a right answer as well. */
  isSometimesEmpty?: boolean;
  /** Not measured: what must be there before the gesture of this run. Its answer is handed to the gesture. */
  before?(): unknown;
  /** How much was answered. */
  make(given: never): Promise<number>;
}

export async function measured(gesture: Gesture, usualRuns: number): Promise<Timing> {
  const { name, mostMs = null, runs = usualRuns } = gesture;
  const times: number[] = [];
  const busy: number[] = [];
  let answered = 0;
  for (let run = 0; run < runs; run++) {
    const given = (await gesture.before?.()) as never;
    const cpu = process.cpuUsage();
    const started = performance.now();
    const size = await gesture.make(given);
    times.push(performance.now() - started);
    const { user, system } = process.cpuUsage(cpu);
    busy.push((user + system) / 1000);
    if (size > 0) answered++;
  }
  const [firstMs] = times;
  const sorted = times.toSorted((a, b) => a - b);
  return {
    name,
    mostMs,
    runs,
    firstMs,
    leastMs: sorted[0],
    p50Ms: at(sorted, 0.5),
    p99Ms: at(sorted, 0.99),
    busyMs: at(
      busy.toSorted((a, b) => a - b),
      0.5,
    ),
    answered,
    isAlwaysAnswered: gesture.isSometimesEmpty !== true,
  };
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** How late timers are while something goes on; a resolution of 1 ms counts the timer's own millisecond as well. */
export async function delayWhile(run: () => PromiseLike<unknown>): Promise<Delay> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await run();
  histogram.disable();
  const ms = (nanoseconds: number): number => nanoseconds / 1e6;
  return { p50Ms: ms(histogram.percentile(50)), p99Ms: ms(histogram.percentile(99)), maxMs: ms(histogram.max) };
}
