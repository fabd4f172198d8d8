/** What is measured inside the editor, and how it is left to those outside. */

/** How the script in the editor is told where to leave its answer. */
export const ANSWER_VARIABLE = 'CAUSEWAY_BENCH_ANSWER';

export interface Task {
  /** So many times each gesture is made that costs little. */
  runs: number;
}

export const TASK_VARIABLE = 'CAUSEWAY_BENCH_TASK';

export interface EditorAnswer {
  /** `web, VS Code 1.101.0` */
  host: string;
  entries: number;
  /** What could not be measured, and why. */
  failures: string[];
  loop: { idle: Delay; indexing: Delay; seconds: number } | null;
  memory: { beforeMb: number; peakMb: number; afterMb: number } | null;
  gestures: Timing[];
}

/** How late a timer of the extension host came, in milliseconds. */
export interface Delay {
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

export interface Timing {
  name: string;
  /** What the median must stay below; null where the figure is only of interest. */
  mostMs: number | null;
  runs: number;
  /** The first time, when much is made that later answers use. */
  firstMs: number;
  leastMs: number;
  p50Ms: number;
  p99Ms: number;
  /** Half of the runs kept the processors busy for less; others on the machine change it less. */
  busyMs: number;
  /** How many runs were answered with something, and whether all must be. */
  answered: number;
  isAlwaysAnswered: boolean;
}
