/** How a contestant is told its task and gives its answer: each runs in a fresh process, so none profits from another. */
import process from 'node:process';

export type Measure = Record<string, number>;

export interface Task {
  folder: string;
  /** The only file of the folder, for those who read but one. */
  file: string;
  /** The product's own bundle. */
  workerScript: string;
  /** The folder of the index on disk; none is read or written where absent. */
  cache?: string;
  /** To index in. */
  threads: number;
  lookUps: number;
}

export interface Answer {
  measure: Measure;
  /** What was found in numbers: contestants must agree on what they both count. */
  found?: Record<string, number>;
}

/** Wall-clock seconds, and those that all threads of the process computed: others on the machine change them less. */
export async function timed(run: () => void | Promise<void>): Promise<{ seconds: number; cpuSeconds: number }> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await run();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1e6 };
}

export async function perform(run: (task: Task) => Promise<Answer>): Promise<void> {
  const { measure, found } = await run(JSON.parse(process.argv[2]) as Task);
  const peakMb = process.resourceUsage().maxRSS / 1000;
  const answer: Answer = { measure: { ...measure, peakMb }, found: found ?? {} };
  process.stdout.write(JSON.stringify(answer), () => process.exit(0));
}
