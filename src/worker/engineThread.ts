/** The engine, reading from disk, behind a port. */
import { connect, type Port, serve } from '../base/rpc.ts';
import { createEngine } from '../engine/engine.ts';
import type { EngineEventsApi } from '../protocol.ts';
import { entryLines, isSameLine } from '../render/entryLines.ts';
import { sentence } from '../render/sentence.ts';
import { createFileSource } from './fileByteSource.ts';
import { openIndexCache } from './indexCache.ts';
import { indexThreads } from './indexThreads.ts';

const PROGRESS_EVERY_MS = 100;

/** `script` is the bundle this runs in; indexing threads run it too. */
export function serveEngine(port: Port, script: string): void {
  const events = connect<EngineEventsApi>(port);
  let lastProgress = 0;
  const engine = createEngine({
    source: createFileSource(),
    sentence,
    writer: { entryLines, isSameLine },
    threads: indexThreads(script),
    cache: openIndexCache(script),
    onProgress(root, progress) {
      const now = Date.now();
      if (now - lastProgress < PROGRESS_EVERY_MS) return;
      lastProgress = now;
      // Nobody may be listening any more; that is no reason to stop.
      events.progress(root, progress).catch(() => {});
    },
  });
  serve(port, engine);
}
