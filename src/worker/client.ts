/** Starts the engine in a thread of its own and gives its methods as local ones. */
import { Worker } from 'node:worker_threads';
import { connect, type Remote, serve } from '../base/rpc.ts';
import type { EngineApi, EngineEventsApi } from '../protocol.ts';
import { portOf } from './threadPort.ts';

export interface EngineClient {
  readonly engine: Remote<EngineApi>;
  /** Ends the thread; whatever was asked and not yet answered is rejected. */
  dispose(): void;
}

/**
 * `onCrash` is called once, and only for an end nobody asked for. All that was pending has been
 * rejected by then, so a caller may start anew at once.
 */
export function startEngine(script: string, events: EngineEventsApi, onCrash: (error: Error) => void): EngineClient {
  const worker = new Worker(script);
  const port = portOf(worker);
  const engine = connect<EngineApi>(port);
  const served = serve(port, events);
  let ended = false;

  const end = (): boolean => {
    if (ended) return false;
    ended = true;
    served.dispose();
    engine.dispose();
    return true;
  };
  const crash = (error: Error): void => {
    if (end()) onCrash(error);
  };
  worker.on('error', crash);
  worker.on('exit', (code) => crash(new Error(`The engine's thread ended with code ${code}.`)));

  return {
    engine,
    dispose() {
      end();
      // The thread holds nothing that must be written, so nobody waits for its end.
      void worker.terminate();
    },
  };
}
