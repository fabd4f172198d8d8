/** How a contestant is told its task and gives its answer: each runs in a fresh process, so none profits from another. */
import process from 'node:process';

export type Measure = Record<string, number>;

export interface Task {
  folder: string;
  /** The only file of the folder, for those who read but one. */
  file: string;
  /** The product's own bundle. */
  workerScript: string;
  lookUps: number;
}

export interface Answer {
  measure: Measure;
  /** What was found in numbers: contestants must agree on what they both count. */
  found?: Record<string, number>;
}

export async function perform(run: (task: Task) => Promise<Answer>): Promise<void> {
  const { measure, found } = await run(JSON.parse(process.argv[2]) as Task);
  const peakMb = process.resourceUsage().maxRSS / 1000;
  const answer: Answer = { measure: { ...measure, peakMb }, found: found ?? {} };
  process.stdout.write(JSON.stringify(answer), () => process.exit(0));
}
