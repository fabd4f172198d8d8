/** Who indexes: the engine's own thread, or several. */
import {
  type Examined,
  type ExamineTask,
  examineFile,
  type FileTools,
  indexSegments,
  type LogRules,
  type SegmentsTask,
} from './fileTasks.ts';
import type { SegmentIndex } from './segment.ts';

export interface Indexing {
  /** How many tasks at a time are of use. */
  readonly width: number;
  examine(task: ExamineTask): Promise<Examined | string>;
  index(task: SegmentsTask, onBytes: (bytes: number) => void): Promise<SegmentIndex[] | string>;
}

/** Indexes in this thread. */
export function indexHere(rules: LogRules, tools: Omit<FileTools, 'onBytes'>): Indexing {
  return {
    width: 1,
    examine: (task) => examineFile(task, rules, { ...tools, onBytes: () => {} }),
    index: (task, onBytes) => indexSegments(task, rules, { ...tools, onBytes }),
  };
}
