/** What an indexing thread and the engine's thread say to each other. */
import type { Examined, ExamineTask, LogRules, SegmentsTask } from '../engine/index/fileTasks.ts';
import type { SegmentIndex } from '../engine/index/segment.ts';

/** The role of a thread, as its `workerData`. */
export const INDEXING = 'indexing';

export interface IndexThreadApi {
  /** The rules for all that follows. */
  begin(rules: LogRules): void;
  /** Null for a file that is not plain. */
  examine(task: ExamineTask): Promise<Examined | string | null>;
  index(task: SegmentsTask): Promise<SegmentIndex[] | string>;
  /** Gives up what is under way; when it answers, every file is closed. */
  stop(): Promise<void>;
}

export interface IndexThreadEvents {
  bytes(bytes: number): void;
}
