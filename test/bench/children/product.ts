/** Causeway as users run it: the shipped worker, asked to open a folder, until it says what it holds. */
import { startEngine } from '../../../src/worker/client.ts';
import { perform, timed } from './answer.ts';

await perform(async ({ folder, workerScript }) => {
  const { engine } = startEngine(workerScript, { async progress() {} }, (error) => {
    throw error;
  });
  // The thread is there before a user opens a log.
  await engine.files('nothing').catch(() => {});
  let entries = 0;
  const measure = await timed(async () => {
    ({ entries } = await engine.open({ root: folder }));
  });
  return { measure, found: { entries } };
});
