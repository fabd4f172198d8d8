/** Who indexes: the engine's own thread, or several. */
import { dropSpareColumns } from './columns.ts';
import { FileParsers } from './fileParser.ts';
import {
  type Examined,
  type ExamineTask,
  examineFile,
  type FileTools,
  indexSegments,
  type LogRules,
  type SegmentsTask,
} from './fileTasks.ts';
import type { IndexedFile } from './mergedLog.ts';
import type { SegmentIndex } from './segment.ts';

export interface Indexing {
  /** How many tasks at a time are of use. */
  readonly width: number;
  examine(task: ExamineTask): Promise<Examined | string>;
  index(file: IndexedFile, task: SegmentsTask, onBytes: (bytes: number) => void): Promise<SegmentIndex[] | string>;
  /** Lets go of what it holds; nothing is under way any more. */
  dispose(): Promise<void>;
}

/** Threads for one reading of a log. They read plain files only: what was unpacked is the engine's. */
export interface IndexThreads {
  readonly width: number;
  /** Null for a file that is not plain. */
  examine(task: ExamineTask): Promise<Examined | string | null>;
  index(task: SegmentsTask, onBytes: (bytes: number) => void): Promise<SegmentIndex[] | string>;
  dispose(): Promise<void>;
}

export interface ThreadStarter {
  readonly width: number;
  /** Whether a log of so many bytes is not read before threads have started. */
  isWorth(bytes: number): boolean;
  /** Null where none can be started. */
  start(rules: LogRules, signal: AbortSignal): Promise<IndexThreads | null>;
}

/** Indexes in this thread. */
export function indexHere(rules: LogRules, { source, signal }: Pick<FileTools, 'source' | 'signal'>): Indexing {
  const tools = { source, signal, parsers: new FileParsers(rules) };
  return {
    width: 1,
    examine: (task) => examineFile(task, rules, { ...tools, onBytes: () => {} }),
    index: (_, task, onBytes) => indexSegments(task, { ...tools, onBytes }),
    dispose: async () => dropSpareColumns(),
  };
}

/** Indexes in threads what they can read, and the rest here. They start with the first task: all may be known already. */
export function indexInThreads(
  { width, start }: ThreadStarter,
  rules: LogRules,
  signal: AbortSignal,
  here: Indexing,
): Indexing {
  let started: Promise<IndexThreads | null> | undefined;
  let areReady = false;
  const running = () => {
    signal.throwIfAborted();
    if (!started) {
      started = start(rules, signal).finally(() => {
        areReady = true;
      });
      // Whoever waits for them hears of a failure; the others must not bring the process down.
      started.catch(() => {});
    }
    return started;
  };
  return {
    width,
    async examine(task) {
      const threads = running();
      // While they start, this thread has nothing else to do.
      return (areReady ? await (await threads)?.examine(task) : null) ?? here.examine(task);
    },
    async index(file, task, onBytes) {
      const threads = isPlain(file) ? await running() : null;
      return threads ? threads.index(task, onBytes) : here.index(file, task, onBytes);
    },
    async dispose() {
      await (await started?.catch(() => null))?.dispose();
      await here.dispose();
    },
  };
}

export function isPlain({ content }: IndexedFile): boolean {
  return content.layers.length === 0 && content.encoding === 'utf-8' && !content.unpacked;
}
