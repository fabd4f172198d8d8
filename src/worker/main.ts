/** Entry of the worker thread: the engine, reading from disk, behind a port. */
import { parentPort } from 'node:worker_threads';
import { connect, serve } from '../base/rpc.ts';
import { createEngine } from '../engine/engine.ts';
import type { EngineEventsApi } from '../protocol.ts';
import { sentence } from '../render/sentence.ts';
import { createFileSource } from './fileByteSource.ts';

if (!parentPort) throw new Error('this file runs in a worker thread');
const thread = parentPort;
const port = {
  post: (message: unknown) => thread.postMessage(message),
  onMessage(listener: (message: unknown) => void) {
    thread.on('message', listener);
    return () => thread.off('message', listener);
  },
};
const events = connect<EngineEventsApi>(port);
const PROGRESS_EVERY_MS = 100;
let lastProgress = 0;
const engine = createEngine({
  source: createFileSource(),
  sentence,
  onProgress(root, progress) {
    const now = Date.now();
    if (now - lastProgress < PROGRESS_EVERY_MS) return;
    lastProgress = now;
    // Nobody may be listening any more; that is no reason to stop.
    events.progress(root, progress).catch(() => {});
  },
});
serve(port, engine);
