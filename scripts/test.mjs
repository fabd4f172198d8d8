/**
 * `npm test [-- STAGE...]`: installs what is missing, then runs all stages, or the named ones, and ends with one line
 * over everything: `N passed, N failed`.
 */
import process from 'node:process';
import { ensure } from './ensure.mjs';

await ensure(import.meta.url);
const { runStages } = await import('../test/host/stages.ts');
process.exit(await runStages(process.argv.slice(2)));
