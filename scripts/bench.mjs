/** `npm run bench [-- --quick]`: installs what is missing, builds, and measures; see test/bench/bench.ts. */
import process from 'node:process';
import { ensure } from './ensure.mjs';

await ensure(import.meta.url);
const { bench } = await import('../test/bench/bench.ts');
process.exitCode = await bench(process.argv.slice(2));
