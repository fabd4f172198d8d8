/** Starts threads that index, as many as there are cores for, and gives them tasks. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { connect, type Remote, serve } from '../base/rpc.ts';
import type { ExamineTask, LogRules, SegmentsTask } from '../engine/index/fileTasks.ts';
import type { IndexThreads, ThreadStarter } from '../engine/index/indexing.ts';
import { INDEXING, type IndexThreadApi, type IndexThreadEvents } from './indexThreadApi.ts';
import { portOf } from './threadPort.ts';

/** Below this a log is read before a thread has started. */
const WORTH_THREADS = 1 << 24;
/** More would be waiting for the disk and for the merging, and each holds the indexes it works on. */
const MOST_THREADS = 4;

interface Thread {
  api: Remote<IndexThreadApi>;
  onBytes(bytes: number): void;
  end(): Promise<unknown>;
}

/** `script` is the bundle of worker/main. Where no thread can be started, the engine indexes in its own. */
export function indexThreads(
  script: string,
  width = Math.min(availableParallelism(), MOST_THREADS),
  leastBytes = WORTH_THREADS,
): ThreadStarter {
  return {
    width,
    isWorth: (bytes) => width > 1 && bytes >= leastBytes && existsSync(script),
    async start(rules, signal) {
      const pool = new ThreadPool(width, signal);
      try {
        await pool.begin(script, rules);
        signal.throwIfAborted();
        return pool;
      } catch {
        await pool.dispose();
        signal.throwIfAborted();
        return null;
      }
    },
  };
}

class ThreadPool implements IndexThreads {
  readonly width: number;
  readonly #signal: AbortSignal;
  readonly #threads: Thread[] = [];
  #idle: Thread[] = [];
  readonly #stop = () => Promise.all(this.#threads.map((thread) => thread.api.stop().catch(ignore)));
  #failed: Error | undefined;

  constructor(width: number, signal: AbortSignal) {
    this.width = width;
    this.#signal = signal;
    signal.addEventListener('abort', this.#stop, { once: true });
  }

  /** Rejects where one cannot be started, be it for want of memory; those that were are to be disposed of. */
  async begin(script: string, rules: LogRules): Promise<void> {
    const fail = (error: Error) => {
      this.#failed ??= error;
    };
    while (this.#threads.length < this.width) this.#threads.push(startThread(script, fail));
    this.#idle = [...this.#threads];
    await Promise.all(this.#threads.map((thread) => thread.api.begin(rules)));
  }

  examine(task: ExamineTask): ReturnType<IndexThreads['examine']> {
    return this.#run(ignore, (api) => api.examine(task));
  }

  index(task: SegmentsTask, onBytes: (bytes: number) => void): ReturnType<IndexThreads['index']> {
    return this.#run(onBytes, (api) => api.index(task));
  }

  async dispose(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#stop);
    await this.#stop();
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  async #run<T>(onBytes: (bytes: number) => void, work: (api: Remote<IndexThreadApi>) => Promise<T>): Promise<T> {
    const thread = this.#idle.pop();
    if (!thread) throw new Error('more indexing tasks than threads');
    thread.onBytes = onBytes;
    try {
      return await work(thread.api);
    } catch (error) {
      this.#signal.throwIfAborted();
      throw this.#failed ?? error;
    } finally {
      this.#idle.push(thread);
    }
  }
}

const ignore = () => {};

function startThread(script: string, onCrash: (error: Error) => void): Thread {
  // Indexing leaves next to no garbage; room for more of it would only be kept.
  const worker = new Worker(script, { workerData: INDEXING, resourceLimits: { maxYoungGenerationSizeMb: 2 } });
  const port = portOf(worker);
  const api = connect<IndexThreadApi>(port);
  const thread: Thread = { api, onBytes: ignore, end };
  const events = serve<IndexThreadEvents>(port, { bytes: (bytes) => thread.onBytes(bytes) });
  let ended: Promise<unknown> | undefined;
  function end(): Promise<unknown> {
    ended ??= worker.terminate();
    events.dispose();
    api.dispose();
    return ended;
  }
  const crash = (error: Error) => {
    if (ended) return;
    // First the reason, then the rejections that it explains.
    onCrash(error);
    void end();
  };
  worker.on('error', crash);
  worker.on('exit', (code) => crash(new Error(`An indexing thread ended with code ${code}.`)));
  return thread;
}
