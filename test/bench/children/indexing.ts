/** The engine with a given number of threads to index in; one is its own. */
import { createEngine } from '../../../src/engine/engine.ts';
import { createFileSource } from '../../../src/worker/fileByteSource.ts';
import { openIndexCache } from '../../../src/worker/indexCache.ts';
import { indexThreads } from '../../../src/worker/indexThreads.ts';
import { perform, timed } from './answer.ts';

await perform(async ({ folder, workerScript, threads, cache }) => {
  const source = createFileSource();
  const engine = createEngine({
    source,
    sentence: () => '',
    threads: indexThreads(workerScript, threads),
    cache: openIndexCache(workerScript),
  });
  const request = cache === undefined ? { root: folder } : { root: folder, cache: { folder: cache, maxBytes: 1e10 } };
  let entries = 0;
  const measure = await timed(async () => {
    ({ entries } = await engine.open(request));
  });
  return { measure, found: { entries } };
});
